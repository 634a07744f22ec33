"""Many reminders added in one go, as an import does: in few calls of one script each."""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter

from later_tui.domain.draw import nth
from later_tui.domain.reminder import NewReminder
from later_tui.store.codec import encode
from later_tui.store.command import Arg, Call, Flow
from later_tui.store.drawing import CANDIDATES, draw_call
from later_tui.store.keys import Keys
from later_tui.store.lanes import spec
from later_tui.store.records import Kept
from later_tui.store.reminders import add, head_of, replicated
from later_tui.store.scripts import script

AT_ONCE = 512
"""How many reminders of many are added in one go."""
A_CALL = 25
"""How many of them one call of the script takes: it holds up the others for less than 1 ms."""


def add_many(keys: Keys, news: Sequence[NewReminder], *, spread: bool = False) -> Flow[list[Kept]]:
    """Keep many reminders in few round trips; the answers are in their order.

    Raises BadInputError if an id belongs to another user; those before it are kept.
    """
    kept: list[Kept] = []
    for start in range(0, len(news), AT_ONCE):
        part = news[start : start + AT_ONCE]
        replies = yield _many_calls(keys, part)
        answers = list(chain.from_iterable(replies))
        anew = [new for new, answer in zip(part, answers, strict=True) if not answer]
        others = iter((yield from _anew_drawn(keys, anew)) if anew else ())
        for new, answer in zip(part, answers, strict=True):
            if answer == 1:
                kept.append(Kept(new.id, _first(new), True))
            else:
                kept.append(Kept(new.id, int(answer), False) if answer else next(others))
        if spread and not (yield from replicated(keys)):
            kept[start:] = [one._replace(alone=True) for one in kept[start:]]
    return kept


def _anew_drawn(keys: Keys, news: Sequence[NewReminder]) -> Flow[list[Kept]]:
    """Keep those whose first draw was too close to another, or whose id is another user's."""
    picks = list(range(CANDIDATES + 1))
    replies = yield (
        draw_call(
            *(keys, "add", head_of(new), new.window, new.spans, new.seed),
            *(0 if new.window.exact else new.minimum_gap, picks, encode(new)),
        )
        for new in news
    )
    kept = []
    for new, reply in zip(news, replies, strict=True):
        if reply[0] in (b"added", b"exists"):
            kept.append(Kept(new.id, int(reply[1]), reply[0] == b"added"))
        else:
            kept.append((yield from add(keys, new)))  # between the neighbours, or refused in words
    return kept


def _many_calls(keys: Keys, news: Sequence[NewReminder]) -> Iterator[Call]:
    """Yield the calls that add reminders in their order: those that are alike, together."""
    heads = groupby(((_alike(new), new) for new in news), itemgetter(0))
    for head, found in heads:
        rows = [new for _, new in found]
        for start in range(0, len(rows), A_CALL):
            args = list(head)
            for new in rows[start : start + A_CALL]:
                args += (new.id, _first(new), *encode(new)[5::2])
            yield Call(script("add_many"), keys.prefix, tuple(args))


def _alike(new: NewReminder) -> tuple[Arg, ...]:
    """Return what one call of `add_many` says once, of all of its reminders."""
    gap = 0 if new.window.exact else new.minimum_gap
    (_, username, _, tasktype), names = (fields := encode(new))[:4], fields[4::2]
    return (username, spec(new), gap, tasktype, len(names), *names)


def _first(new: NewReminder) -> int:
    """Return the moment that is drawn first."""
    return nth(new.spans, new.seed, 0)
