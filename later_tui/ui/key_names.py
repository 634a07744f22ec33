"""The names of keys as a configuration writes them, and which of them a terminal can send."""

import re
from difflib import get_close_matches

from textual.keys import REPLACED_KEYS, Keys, key_to_character

_SAME = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+[": "escape",
    "ctrl+left_square_bracket": "escape",
    "ctrl+h": "backspace",
}
"""Pairs for which a terminal sends one and the same byte (ASCII's control characters)."""
_ALIASES = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "backtab": "shift+tab",
    "ctrl+space": "ctrl+@",
}
_NAMED = frozenset(str(key.value) for key in Keys if not str(key.value).startswith("<")) - {
    *("return", "ctrl+i", "ctrl+m", "ctrl+h", "ctrl-at"),
} | {"shift+enter", "ctrl+enter"}
"""The keys with names; the last two are sent by terminals with the newer keyboard protocol only."""
_LETTER = re.compile(r"[A-Za-z]")


def read_keys(text: str) -> tuple[str, ...]:
    """Return the keys of "D" or "ctrl+d,?", each by the one name it has here; "" has none.

    The comma itself is called comma. Raises ValueError with a sentence: what is wrong and what
    would work.
    """
    if not text.strip():
        return ()
    return tuple(dict.fromkeys(_read(part.strip()) for part in text.split(",")))


def is_typed(key: str) -> bool:
    """Tell whether a key writes a character where one can write."""
    return bool(character_of(key))


def character_of(key: str) -> str:
    """Return the character that a key writes: "?" for question_mark, "" for escape."""
    found = key_to_character(REPLACED_KEYS.get(key, key))
    return found if found is not None and found.isprintable() else ""


def _read(name: str) -> str:
    if not name:
        raise ValueError('an empty place between commas; the key "," is called comma')
    name = _ALIASES.get(name.lower(), name)
    if len(name) == 1:
        if not name.isprintable() or name == " ":
            raise ValueError("a character that is no key; expected a name such as space or tab")
        return name
    before, plus, last = name.rpartition("+")
    if name.endswith("++"):
        before, plus, last = name[:-2], "+", "plus"
    modifiers = before.lower().split("+") if plus else []
    if not modifiers:
        return _unmodified(name)
    whole = "+".join((*sorted(modifiers), last.lower() if len(last) > 1 else last))
    if same := _SAME.get(whole.lower()):
        raise ValueError(f'"{name}", for which terminals send the same as for {same}; bind {same}')
    if _LETTER.fullmatch(last):
        return _letter(name, modifiers, last)
    if whole in _NAMED or (modifiers == ["alt"] and len(last) == 1 and last.isalnum()):
        return whole
    raise _unknown(name)


def _unmodified(name: str) -> str:
    if name.lower() in _NAMED:
        return name.lower()
    if character := _character(name):
        return character
    raise _unknown(name)


def _letter(name: str, modifiers: list[str], letter: str) -> str:
    if modifiers == ["shift"]:
        raise ValueError(f'"{name}"; a capital letter is written "{letter.upper()}"')
    if modifiers == ["ctrl"]:
        if letter.isupper():
            raise ValueError(
                f'"{name}", which terminals send as ctrl+{letter.lower()}; '
                f'expected "ctrl+{letter.lower()}"'
            )
        return f"ctrl+{letter}"
    if modifiers == ["alt"]:
        return f"alt+{letter}" if letter.islower() else f"alt+shift+{letter.lower()}"
    raise ValueError(
        f'"{name}", which most terminals cannot send; '
        f'expected "ctrl+{letter.lower()}", "alt+{letter.lower()}" or a single letter'
    )


def _character(name: str) -> str:
    """Return the character that a name such as question_mark or a single one stands for, or ""."""
    if len(name) == 1:
        return name if name.isprintable() and name != " " else ""
    found = character_of(name.lower())
    return "space" if found == " " else found


def _unknown(name: str) -> ValueError:
    shown = "".join(letter for letter in name[:40] if letter.isprintable())
    # Of keys with modifiers all are near to each other: none of them is meant.
    near = [] if "+" in name else get_close_matches(name.lower(), sorted(_NAMED), n=1, cutoff=0.7)
    expected = f'"{near[0]}"' if near else 'a key such as "D", "?", "ctrl+d", "escape" or "f2"'
    return ValueError(f'"{shown}", which is no key; expected {expected}')
