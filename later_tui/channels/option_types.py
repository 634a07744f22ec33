"""Values of the configuration, as the types of a channel's options have them."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from later_tui.domain.inert import one_line

_SHOWN = 40
_SIMPLE: dict[object, str] = {
    str: "a text of one line",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}
_KINDS: dict[type, str] = {
    bool: "a true-or-false",
    str: "a text",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a table",
}


@dataclass(frozen=True, slots=True)
class Between:
    """Says of a number that it must lie from `least` to `most`, both included."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Check:
    """Says of a value what else must be so.

    The function returns the value, perhaps in another form, or raises ValueError with what is
    expected, in the words that follow "expected". They must not repeat a value that is secret.
    """

    function: Callable[[Any], Any]


class UnfitError(Exception):
    """A value does not fit; the message is what is expected, never the value."""


def fitted(hint: Any, value: object) -> Any:
    """Return the value as the type `hint` has it.

    Raises UnfitError; TypeError when no option can be of that type.
    """
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _marked(hint, value)
    if origin in (Union, UnionType):
        return fitted(not_none(hint), value)
    expected = expectation(hint)
    if origin is Literal:
        if not any(type(value) is type(one) and value == one for one in arguments):
            raise UnfitError(expected)
        return value
    if origin is tuple:
        items = value if isinstance(value, list) else [value]  # one need not be in brackets
        return tuple(fitted(arguments[0], item) for item in items)
    if hint is float and type(value) is int:
        value = float(value)
    if not (type(value) is hint and _sound(value)):  # strictly: to isinstance a bool is an int
        raise UnfitError(expected)
    return value


def expectation(hint: Any) -> str:
    """Return in words what the type reads. Raises TypeError when no option can be of it."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        if arguments[0] is str and (words := _asked_of_nothing(arguments[1:])):
            return words
        limits = [mark for mark in arguments[1:] if isinstance(mark, Between)]
        between = "".join(f" from {limit.least:g} to {limit.most:g}" for limit in limits)
        return expectation(arguments[0]) + between
    if origin in (Union, UnionType):
        return expectation(not_none(hint))
    if origin is Literal:
        return "one of " + ", ".join(map(told, arguments))
    if origin is tuple and len(arguments) == 2 and arguments[1] is ...:
        return f"{expectation(arguments[0])}, or a list of such"
    if hint not in _SIMPLE:
        raise TypeError(f"an option cannot be of the type {hint!r}")
    return _SIMPLE[hint]


def not_none(hint: Any) -> Any:
    """Return the type X of `X | None`, and any other type as it is."""
    if get_origin(hint) not in (Union, UnionType):
        return hint
    others = [one for one in get_args(hint) if one is not NoneType]
    if len(others) != 1:
        raise TypeError(f"an option cannot be of the type {hint!r}")
    return others[0]


def told(value: object) -> str:
    """Return a value of the file in words: short and inert."""
    if isinstance(value, str):
        line = one_line(value)
        return f'"{line}"' if len(line) <= _SHOWN else f'"{line[:_SHOWN]}…"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) or (isinstance(value, int) and abs(value) < 10**18):
        return str(value)
    return kind(value)


def kind(value: object) -> str:
    """Return what kind of value it is, in TOML's words."""
    return _KINDS.get(type(value), "a date or time")


def _marked(hint: Any, value: object) -> Any:
    inner, *marks = get_args(hint)
    limits = [mark for mark in marks if isinstance(mark, Between)]
    try:
        read = fitted(inner, value)
    except UnfitError:
        if limits or inner is str:
            raise UnfitError(expectation(hint)) from None
        raise
    if not all(limit.least <= read <= limit.most for limit in limits):
        raise UnfitError(expectation(hint))
    for mark in marks:
        if isinstance(mark, Check):
            try:
                read = mark.function(read)
            except ValueError as error:
                raise UnfitError(one_line(str(error))) from None
    return read


def _asked_of_nothing(marks: tuple[Any, ...]) -> str:
    """Return what a check says to an empty text, which is what it expects; empty if it takes it."""
    for mark in marks:
        if isinstance(mark, Check):
            try:
                mark.function("")
            except ValueError as error:
                return one_line(str(error))
    return ""


def _sound(value: object) -> bool:
    """Whether no control character is in a text, and a number is finite."""
    if isinstance(value, str):
        return one_line(value) == value
    return not isinstance(value, float) or math.isfinite(value)
