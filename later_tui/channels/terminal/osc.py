"""Escape sequences with which terminals show notifications.

- OSC 99: https://sw.kovidgoyal.net/kitty/desktop-notifications/
- OSC 777: urxvt's `notify` extension, as foot, Ghostty and WezTerm read it
- OSC 9: iTerm2, https://iterm2.com/documentation-escape-codes.html

The texts must be inert lines already: what ends a sequence is a control character.
"""

from base64 import b64encode

_ESC = "\x1b"
_BEL = "\a"
_ST = f"{_ESC}\\"
_SCREEN_PIECE = 200
"""GNU screen takes at most 256 bytes in one string; two bytes each side go to the wrapping."""


def osc_99(identifier: str, title: str, body: str) -> str:
    """Return kitty's sequence. Title and body travel as base64."""
    return (
        f"{_ESC}]99;i={identifier}:d=0:e=1;{_base64(title)}{_ST}"
        f"{_ESC}]99;i={identifier}:d=1:e=1:p=body;{_base64(body)}{_ST}"
    )


def osc_99_close(identifier: str) -> str:
    """Return the sequence that takes kitty's notification away."""
    return f"{_ESC}]99;i={identifier}:p=close;{_ST}"


def osc_777(title: str, body: str) -> str:
    """Return the sequence of three fields, which have no way to hold a semicolon."""
    return f"{_ESC}]777;notify;{_no_semicolon(title)};{_no_semicolon(body)}{_BEL}"


def osc_9(text: str) -> str:
    """Return iTerm2's sequence. The text must not begin with a digit: that means progress."""
    return f"{_ESC}]9;{text}{_BEL}"


def through_tmux(sequence: str) -> str:
    """Wrap the sequence so that tmux hands it on to the terminal outside."""
    return f"{_ESC}Ptmux;{sequence.replace(_ESC, _ESC + _ESC)}{_ST}"


def through_screen(sequence: str) -> str:
    """Wrap the sequence so that GNU screen hands it on, in pieces as small as it takes."""
    # A string terminator inside would end screen's own string; BEL ends an OSC as well.
    data = sequence.replace(_ST, _BEL).encode()
    pieces: list[str] = []
    while data:
        cut = min(_SCREEN_PIECE, len(data))
        while cut < len(data) and data[cut] & 0xC0 == 0x80:  # not inside a character
            cut -= 1
        pieces.append(f"{_ESC}P{data[:cut].decode()}{_ST}")
        data = data[cut:]
    return "".join(pieces)


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")


def _no_semicolon(text: str) -> str:
    return text.replace(";", "\u037e")  # the Greek question mark looks the same
