"""A channel's options are read from its table; whatever is wrong is one sentence that helps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

import pytest

from later_tui.channels.options import Between, Check, read_options
from later_tui.channels.secret import Secret
from later_tui.domain.errors import ConfigError

WHERE = "/etc/later.toml: channel.post"
HIDDEN = "hunter2"


def upper(value: str) -> str:
    if not value.isalpha():
        raise ValueError("letters only,\nsuch as \x1b[2Jabc")
    return value.upper()


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    host: str
    port: Annotated[int, Between(1, 65535)] = 25
    patience: float = 5.0
    tls: Literal["off", "starttls", "tls"] = "starttls"
    verify: bool = True
    to: tuple[Annotated[str, Check(upper)], ...] = ()
    name: Annotated[str, Check(upper)] | None = None
    level: Literal[1, 2] = 1
    url: str = field(default="", repr=False)
    password: Secret | None = None


def read(**table: object) -> Options:
    return read_options(Options, table, WHERE)


def refused(**table: object) -> str:
    with pytest.raises(ConfigError) as raised:
        read(**{"host": "h", **table})
    said = str(raised.value)
    assert said.isprintable()
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
    return said


def test_a_full_table_is_read_by_the_fields_types() -> None:
    options = read(
        host="mail.example",
        port=465,
        patience=3,
        tls="tls",
        verify=False,
        to=["ada", "bob"],
        name="eve",
        level=2,
        url="https://example.org",
        password=HIDDEN,
    )
    assert (options.host, options.port, options.tls, options.verify) == (
        "mail.example",
        465,
        "tls",
        False,
    )
    assert options.patience == 3.0
    assert type(options.patience) is float
    assert (options.to, options.name, options.level) == (("ADA", "BOB"), "EVE", 2)
    assert isinstance(options.password, Secret)
    assert HIDDEN not in repr(options)


def test_what_is_left_out_has_its_default() -> None:
    assert read(host="h") == Options(host="h")


@pytest.mark.parametrize("port", [1, 65535])
def test_a_range_includes_both_its_ends(port: int) -> None:
    assert read(host="h", port=port).port == port


def test_a_list_of_one_needs_no_brackets() -> None:
    assert read(host="h", to="ada").to == ("ADA",)


def test_a_channel_without_options_reads_an_empty_table() -> None:
    @dataclass(frozen=True)
    class Nothing:
        pass

    assert read_options(Nothing, {}, WHERE) == Nothing()
    with pytest.raises(ConfigError, match='has no option "host"; expected none at all'):
        read_options(Nothing, {"host": "h"}, WHERE)


def test_a_missing_key_is_named_with_what_it_takes() -> None:
    with pytest.raises(ConfigError) as raised:
        read()
    assert str(raised.value) == f"{WHERE}.host is missing; expected a text of one line"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"hots": "h"}, ' has no option "hots"; expected "host"'),
        ({"pasword_command": "x"}, ' has no option "pasword_command"; expected "password_command"'),
        (
            {"zzz": 1},
            ' has no option "zzz"; expected one of host, level, name, password,',
        ),
        ({"\x1b]0;x\x07": 1}, ' has no option "]0;x"; expected one of'),
        ({"port": 0}, ".port is 0; expected a whole number from 1 to 65535"),
        ({"port": 65536}, ".port is 65536; expected a whole number from 1 to 65535"),
        ({"port": True}, ".port is true; expected a whole number from 1 to 65535"),
        ({"port": "25"}, '.port is "25"; expected a whole number'),
        ({"port": 25.0}, ".port is 25.0; expected a whole number"),
        ({"port": 10**30}, ".port is a number; expected a whole number"),
        ({"patience": float("nan")}, ".patience is nan; expected a number"),
        ({"patience": float("inf")}, ".patience is inf; expected a number"),
        ({"patience": True}, ".patience is true; expected a number"),
        ({"tls": "ssl"}, '.tls is "ssl"; expected one of "off", "starttls", "tls"'),
        ({"level": True}, ".level is true; expected one of 1, 2"),
        ({"level": [1]}, ".level is a list; expected one of 1, 2"),
        ({"verify": 1}, ".verify is 1; expected true or false"),
        ({"verify": "yes"}, '.verify is "yes"; expected true or false'),
        ({"host": 5}, ".host is 5; expected a text of one line"),
        ({"host": "a\r\nBcc: b"}, '.host is "a Bcc: b"; expected a text of one line'),
        ({"host": "\x00"}, '.host is ""; expected a text of one line'),
        ({"host": "x" * 9999}, None),
        ({"host": {"a": 1}}, ".host is a table; expected a text of one line"),
        ({"host": date(2026, 1, 1)}, ".host is a date or time; expected a text of one line"),
        ({"to": ["ada", 5]}, ".to is a list; expected letters only, such as [2Jabc"),
        ({"to": ["ada", ["b"]]}, ".to is a list; expected letters only, such as [2Jabc"),
        ({"to": {"a": "b"}}, ".to is a table; expected letters only, such as [2Jabc"),
        ({"to": ["4"]}, ".to is a list; expected letters only, such as [2Jabc"),
        ({"name": "4"}, '.name is "4"; expected letters only, such as [2Jabc'),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(table: dict[str, Any], said: str | None) -> None:
    if said is None:
        assert read(**table).host == table["host"]
    else:
        assert refused(**table).startswith(WHERE + said)


@pytest.mark.parametrize(
    "table",
    [
        {"password": [HIDDEN]},
        {"password": {"x": HIDDEN}},
        {"password": 5},
        {"password": ""},
        {"password_command": f'echo "{HIDDEN}'},
        {"password_command": [HIDDEN, 5]},
        {"password_command": []},
        {"password_command": " "},
        {"password_command": f"{HIDDEN}\0"},
        {"password_env": f"A={HIDDEN}"},
        {"password_env": ""},
        {"password_file": [HIDDEN]},
        {"password_file": HIDDEN},
        {"password_file": " "},
        {"password_keyring": HIDDEN},
        {"password_keyring": f"{HIDDEN}/"},
        {"password_keyring": f"/{HIDDEN}"},
        {"password": HIDDEN, "password_env": "A"},
        {"url": [HIDDEN]},
        {"url": f"{HIDDEN}\n"},
    ],
)
def test_no_secret_is_echoed(table: dict[str, Any]) -> None:
    said = refused(**table)
    assert HIDDEN not in said
    assert next(iter(table)) in said
    assert "expected" in said


def test_a_missing_text_is_asked_for_in_the_words_of_its_check() -> None:
    @dataclass(frozen=True)
    class Wants:
        name: Annotated[str, Check(upper)]

    with pytest.raises(ConfigError) as raised:
        read_options(Wants, {}, WHERE)
    assert str(raised.value) == f"{WHERE}.name is missing; expected letters only, such as [2Jabc"


def test_a_secret_given_twice_is_refused() -> None:
    said = refused(password=HIDDEN, password_file="/a")
    assert said == f"{WHERE} has password and password_file; expected only one of them"


def test_a_missing_secret_is_named_with_every_way_to_give_it() -> None:
    @dataclass(frozen=True)
    class Wants:
        token: Secret

    with pytest.raises(ConfigError) as raised:
        read_options(Wants, {}, WHERE)
    assert str(raised.value) == (
        f"{WHERE}.token is missing; expected one of token, token_command, token_env, token_file, "
        "token_keyring"
    )


@pytest.mark.parametrize("hint", [set, dict[str, str], int | str, tuple[int, int], list[str]])
def test_a_field_that_cannot_be_read_is_its_authors_fault(hint: Any) -> None:
    cls = type("Odd", (), {"__annotations__": {"odd": hint}})
    with pytest.raises(TypeError, match="an option cannot be of the type"):
        read_options(dataclass(cls), {}, WHERE)


def test_a_check_that_fails_otherwise_is_not_hidden() -> None:
    def broken(_: str) -> str:
        raise RuntimeError("a fault")

    read_it: Callable[[str], str] = broken

    @dataclass(frozen=True)
    class Odd:
        odd: str

    Odd.__annotations__["odd"] = Annotated[str, Check(read_it)]
    with pytest.raises(RuntimeError):
        read_options(Odd, {"odd": "x"}, WHERE)
