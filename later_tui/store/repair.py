"""Mends what a survey found, where that is safe: no text is deleted."""

from later_tui.domain.inert import one_line
from later_tui.store.command import Flow
from later_tui.store.keys import Keys
from later_tui.store.survey import survey
from later_tui.store.wording import count


def mend(keys: Keys) -> Flow[list[str]]:
    """Put whole reminders where they belong, take out entries without a record, move keys of a
    wrong type aside; return what was done, in sentences.
    """
    found = yield from survey(keys, mend=True)
    said = []
    if found.wrong:
        names = ", ".join(map(one_line, found.wrong))
        said.append(f"moved {count(len(found.wrong), 'key')} of the wrong type aside: {names}")
    if found.misplaced:
        said.append(f"put {count(len(found.misplaced), 'reminder')} where they belong")
    if found.orphans:
        names = ", ".join(map(one_line, found.orphans))
        number = count(found.orphaned, "entry", "entries")
        said.append(f"took {number} without a record out of {names}")
    if found.resolved:
        number = count(found.resolved, "id")
        said.append(f"forgot {number} in quarantine with nothing left to deliver")
    return said
