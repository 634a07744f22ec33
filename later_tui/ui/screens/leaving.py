"""Leaving a screen that lies over another, once: what lies below it stays."""

from typing import TypeVar

from textual.screen import Screen

Result = TypeVar("Result")


def leave(screen: Screen[Result], result: Result) -> None:
    """Close `screen` and give `result`; nothing where it is left already, or something covers it.

    The framework takes away whatever is on top, so that of two clicks in one go the second would
    close the screen below.
    """
    if screen.is_active:
        screen.dismiss(result)
