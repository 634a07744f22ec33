"""What is pasted is one text: no escape in it ends the paste or becomes a key."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.constants import ESCAPE_DELAY

from later_tui.ui.pasting import END, START, PasteParser, Pastes, without_sequences


def parsed(*pieces: str) -> list[str]:
    parser = PasteParser()
    found = [message for piece in pieces for message in parser.feed(piece)]
    return [
        f"paste {message.text}" if isinstance(message, events.Paste) else f"key {message.key}"
        for message in found
        if isinstance(message, events.Paste | events.Key)
    ]


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("hello \x1b[31mred\x1b[0m\tx", "hello red\tx"),
        ("plain\x1b[31mtail\n", "plaintail\n"),
        ("a\x1b]0;pwn\x07b\x1b]52;c;eA==\x1b\\c", "abc"),
        ("\x1bOAup \x1b[Aup \x1b\x1b[B", "Aup up "),
        ("an end \x1b", "an end "),
        ("an escape \x1b of its own", "an escape  of its own"),
    ],
)
def test_a_paste_with_escapes_is_one_text(pasted: str, text: str) -> None:
    assert parsed(f"a{START}{pasted}{END}b") == ["key a", f"paste {text}", "key b"]


@given(
    st.lists(
        st.tuples(st.text("ab\n", max_size=4), st.text("xy\x1b[m\t20~", max_size=9)), max_size=4
    ),
    st.lists(st.integers(0, 80), max_size=9),
)
def test_it_does_not_matter_in_which_pieces_it_comes(
    parts: list[tuple[str, str]], cuts: list[int]
) -> None:
    parts = [(keys, text) for keys, text in parts if "\x1b[20" not in text]
    data = "".join(f"{keys}{START}{text}{END}" for keys, text in parts) + "z"
    edges = sorted({0, len(data), *(cut % len(data) for cut in cuts)})
    pieces = [data[one:two] for one, two in pairwise(edges)]
    pastes = Pastes()
    assert "".join(pastes.through(piece) for piece in pieces) == Pastes().through(data)
    wanted = [f"paste {without_sequences(text)}" for _, text in parts]
    assert [one for one in parsed(*pieces) if one.startswith("paste")] == wanted


@pytest.mark.parametrize(
    ("pieces", "keys"),
    [
        # In one piece it is Alt, which `apart` takes for Escape where it means nothing.
        (["\x1b2"], "alt+2"),
        (["a\x1b?b"], "a alt+question_mark b"),
        (["\x1b*\x1b "], "alt+asterisk alt+space"),
        (["\x1b\x1b2"], "escape alt+2"),
        (["\x1b\x1b\x1b3"], "escape escape alt+3"),
        (["\x1b[A\x1b1\x1bOB"], "up alt+1 down"),
        (["\x1b\r"], "escape enter"),
        # In two pieces it is two keys, but for what goes on a sequence.
        (["\x1b", "2"], "escape 2"),
        (["\x1b", "\r"], "escape enter"),
        (["\x1b", "f"], "escape f"),
        (["\x1b", "\t", "\x7f"], "escape tab backspace"),
        (["x\x1b", "[A"], "x up"),
        (["\x1b", "OB", "\x1b[", "C"], "down right"),
        (["\x1b", "\x1b2"], "escape alt+2"),
        (["\x1b\x1b", "2"], "escape escape 2"),
        (["\x1b", f"[200~a{END}"], "a"),
    ],
)
def test_an_escape_is_a_key_and_so_is_what_follows(pieces: list[str], keys: str) -> None:
    found = [one.removeprefix("key ").removeprefix("paste ") for one in parsed(*pieces)]
    assert found == keys.split()


def test_an_escape_alone_is_a_key_once_nothing_followed() -> None:
    parser = PasteParser()
    assert list(parser.feed("\x1b")) == []
    assert list(parser.tick()) == []
    time.sleep(ESCAPE_DELAY + 0.01)
    assert [one.key for one in parser.tick() if isinstance(one, events.Key)] == ["escape"]
    assert list(parser.tick()) == []


def test_keys_are_not_held_back() -> None:
    pastes = Pastes()
    assert [pastes.through(piece) for piece in ("\x1b", "[", "A", "x")] == ["\x1b", "[", "A", "x"]
    assert pastes.through("\x1b[200") == "\x1b[200"
    assert pastes.through("~words") == "~"
    assert pastes.through("\x1b[201~") == f"words{END}"
