import pytest
from hypothesis import given
from hypothesis import strategies as st

from later_tui.domain.ids import ID_LENGTH, is_id, is_prefix, new_id


@given(st.binary(min_size=8, max_size=8))
def test_every_new_id_is_an_id_and_each_of_its_beginnings_a_prefix(entropy):
    made = new_id(lambda size: entropy[:size])
    assert is_id(made)
    assert len(made) == ID_LENGTH == 12
    assert all(is_prefix(made[:length]) for length in range(1, 13))


@given(st.integers(0, 2**60 - 1), st.integers(0, 2**60 - 1))
def test_different_random_bits_give_different_ids(one, other):
    ids = [new_id(lambda size, n=n: (n << 4).to_bytes(size)) for n in (one, other)]
    assert (ids[0] == ids[1]) == (one == other)


def test_the_ids_of_given_bits_never_change():
    assert new_id(bytes) == "000000000000"
    assert new_id(lambda size: b"\xff" * size) == "zzzzzzzzzzzz"
    assert new_id(lambda size: bytes(range(1, size + 1))) == "041061050r3g"


def test_ids_of_the_system_do_not_repeat():
    assert len({new_id() for _ in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "../x",
        "{1}",
        "*",
        "abc def",
        "ABCDEF",
        "ilou",
        "0" * 13,
        "abc\n",
        "٣",
        "task:1",
        "a" * 99,
    ],
)
def test_what_could_mean_something_to_a_key_or_a_path_is_no_prefix(text):
    assert not is_prefix(text)
    assert not is_id(text)


def test_a_prefix_is_not_an_id():
    assert is_prefix("abc")
    assert not is_id("abc")
