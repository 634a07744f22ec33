"""The clauses given as options of a command (`--within 3d`), read strictly."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from later_tui.domain.errors import GrammarError
from later_tui.domain.reading import Reading
from later_tui.domain.route import read_route
from later_tui.domain.values import Values, read_count, read_tag

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The values of the options, as typed; None and () where an option was not given."""

    within: str | None = None
    by: str | None = None
    after: str | None = None
    between: str | None = None
    in_: str | None = None
    at: str | None = None
    on: str | None = None
    every: str | None = None
    count: int | None = None
    tags: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    nag: str | None = None


def without_option(sentence: str) -> str:
    """Return an error's sentence about an option for whoever has written a value alone."""
    return re.sub(r'^(?:--[a-z]+: |(")--[a-z]+ )', r"\1", sentence)


def put_options(options: Options, reading: Reading, values: Values) -> None:
    """Put `options` into `values`: each replaces the line's clause, tags and channels are added.

    Raises GrammarError, naming the option, for whatever is not wholly a value.
    """
    given = {
        "within": options.within,
        "by": options.by,
        "after": options.after,
        "between": options.between,
        "in": options.in_,
        "at": options.at,
        "on": options.on,
        "every": options.every,
        "nag": options.nag,
    }
    for keyword, words in given.items():
        if words is not None:
            _named(keyword, lambda k=keyword, w=words: values.put(k, w, reading))  # type: ignore[misc]
            values.given[keyword] = f"--{keyword} {words}"
    if options.count is not None:
        count = options.count
        values.count = _named("times", lambda: read_count(count))
        values.given["x"] = f"--times {count}"
    values.tags += _named("tag", lambda: [read_tag(name) for name in options.tags])
    for words in options.via:
        _named("via", lambda w=words: values.put_via(read_route(w, reading.channels)))  # type: ignore[misc]


def _named(option: str, read: Callable[[], _T]) -> _T:
    try:
        return read()
    except GrammarError as error:
        raise GrammarError(f"--{option}: {error}") from None
