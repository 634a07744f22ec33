"""Finding a route at the end of a line: `via desktop then email after 30m`.

It is looked for before any other clause, since the words of its waits are clauses elsewhere.
"""

from collections.abc import Collection, Sequence

from later_tui.domain.errors import GrammarError
from later_tui.domain.route import check_channel, read_route

_BETWEEN = frozenset({"then", "and"})
NEAR = 0.8
"""How near a word must be to a channel's name to be a slip where nothing else says so."""
_FURTHEST = 400
"""So many characters before the end a route may begin: one with every channel there is."""


def route_at_end(line: str, stop: int, known: Collection[str] | None) -> tuple[int, str] | None:
    """Return where the last `via` of `line[:stop]` stands and its words, if they are a route with
    `then` in it; None if they are not.
    """
    end = line[max(0, stop - _FURTHEST) : stop]
    at = end.lower().rfind("via ")
    if at < 0 or (at and not end[at - 1].isspace()):
        return None
    words = end[at + 4 :]
    if "then" not in words.lower().split():
        return None
    try:
        read_route(words, known)
    except GrammarError:
        return None
    return stop - len(end) + at, words


def is_slip(words: Sequence[str], known: Collection[str] | None) -> bool:
    """Tell whether the words after `via`, which are no route, were meant as one.

    They were if a channel comes first and `then` after it, and what follows has a time; or if every
    word is nearly a channel's name.
    """
    if known is None:
        return False
    low = [word.lower().strip(",") for word in words]
    begins = "then" in low[1:] and _is_known(low[0], known)
    if begins and any(word[:1].isdigit() for word in low):
        return True
    import difflib  # only for a line that is wrong

    strange = [word for word in low if word not in _BETWEEN and not _is_known(word, known)]
    cutoff = 0.6 if begins else NEAR
    return all(difflib.get_close_matches(word, known, n=1, cutoff=cutoff) for word in strange)


def _is_known(name: str, known: Collection[str]) -> bool:
    try:
        check_channel(name, known)
    except GrammarError:
        return False
    return True
