"""The names of keys in a configuration, and which of them a terminal can send."""

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

from later_tui.ui.key_names import is_typed, read_keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", ()),
        ("  ", ()),
        ("D", ("D",)),
        ("d,D,d", ("d", "D")),
        ("ctrl+d, ?", ("ctrl+d", "?")),
        ("question_mark,slash,minus,at", ("?", "/", "-", "@")),
        ("comma", (",",)),
        ("esc,Return,PgUp", ("escape", "enter", "pageup")),
        ("space,shift+tab,f12", ("space", "shift+tab", "f12")),
        ("ctrl+left,shift+ctrl+left", ("ctrl+left", "ctrl+shift+left")),
        ("alt+j,alt+J", ("alt+j", "alt+shift+j")),
        ("+", ("+",)),
        ("é,日", ("é", "日")),
    ],
)
def test_a_key_has_one_name(text: str, keys: tuple[str, ...]) -> None:
    assert read_keys(text) == keys


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ctrl+i", "terminals send the same as for tab; bind tab"),
        ("Ctrl+I", "terminals send the same as for tab; bind tab"),
        ("ctrl+m", "the same as for enter; bind enter"),
        ("ctrl+[", "the same as for escape; bind escape"),
        ("ctrl+h", "the same as for backspace; bind backspace"),
        ("ctrl+D", 'terminals send as ctrl+d; expected "ctrl+d"'),
        ("shift+a", 'a capital letter is written "A"'),
        ("ctrl+shift+a", 'most terminals cannot send; expected "ctrl+a", "alt+a" or'),
        ("super+a", "most terminals cannot send"),
        ("ctrl+/", 'no key; expected a key such as "D"'),
        ("alt+?", "no key"),
        ("escpe", 'no key; expected "escape"'),
        ("a,,b", "an empty place between commas"),
        (",", 'the key "," is called comma'),
        ("\x1b", "a character that is no key"),
        ("\x1b]0;x\x07" * 9, "no key"),
    ],
)
def test_what_no_terminal_sends_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        read_keys(text)
    assert said in str(refused.value)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("sent", "key"),
    [("\t", "tab"), ("\r", "enter"), ("\x08", "backspace"), ("\x1b[Z", "shift+tab"), ("D", "D")],
)
def test_the_names_are_those_by_which_the_terminals_keys_arrive(sent: str, key: str) -> None:
    arrived = [one for one in XTermParser(False).feed(sent) if isinstance(one, Key)]
    assert [one.key for one in arrived] == list(read_keys(key))


def test_a_letter_is_typed_and_a_control_key_is_not() -> None:
    assert all(is_typed(key) for key in ("a", "?", "space", "é"))
    assert not any(is_typed(key) for key in ("escape", "tab", "ctrl+a", "f2", "up"))
