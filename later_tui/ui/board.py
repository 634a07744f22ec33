"""What is known of Redis, the worker and the counts, kept in one place and shown at the top."""

from collections.abc import Iterable, Sequence

from later_tui.store.records import Counts, View
from later_tui.ui.shelf import totals
from later_tui.ui.status import Facts, Here, status_parts
from later_tui.widgets.status_bar import StatusBar
from later_tui.widgets.view_tabs import Tab, ViewTabs

PICTURES = "pictures"
FOUND = "found"
"""The tabs that are no lists of their own: the page of pictures, and what was looked for."""


def tabs(counts: Counts | None = None, *, finding: bool = False) -> tuple[Tab, ...]:
    """Return the tabs: the lists with their counts, as far as they are known, and the others."""
    known = dict(totals(counts)) if counts else {}
    views = [Tab(view, view.capitalize(), known.get(view)) for view in View]
    views = [tab._replace(wanted=tab.name == View.UNANSWERED and bool(tab.total)) for tab in views]
    found = [Tab(FOUND, "Found", counted=False)] if finding else []
    return (*views, Tab(PICTURES, "Pictures", counted=False), *found)


class Board:
    """The status line and the tabs' counts."""

    def __init__(self, bar: StatusBar, tabs: ViewTabs, health: str) -> None:
        """`health` is the key that tells more of the status, or empty."""
        self._health = health
        self._bars = [bar]
        self._tabs = tabs
        self._facts = Facts()
        self._counts: Counts | None = None
        self._finding = False

    def follow(self, bar: StatusBar) -> None:
        """Keep another page's line as true as this one, until `part`."""
        self._bars.append(bar)
        bar.show(status_parts(self._facts, self._health))

    def part(self, bar: StatusBar) -> None:
        """That page is gone; it may never have been quite there."""
        self._bars = [one for one in self._bars if one is not bar]

    @property
    def facts(self) -> Facts:
        """What is known now."""
        return self._facts

    def opened(self, place: str, warnings: int) -> None:
        """Redis can be used, is at `place`, and so much about it needs attention."""
        self._show(self._facts._replace(trouble="", place=place, warnings=warnings))

    def lost(self, reason: str) -> None:
        """Redis cannot be used, for `reason`."""
        self._show(self._facts._replace(trouble=reason))

    def waits_here(self, count: int) -> None:
        """So many thoughts wait on this machine for Redis."""
        if count != self._facts.outbox:
            self._show(self._facts._replace(outbox=count))

    def here(self, here: Here) -> None:
        """The worker in this app says `here`."""
        self._show(self._facts._replace(here=here))

    def count(
        self, counts: Counts, hosts: Iterable[str], troubles: Sequence[str] | None = None
    ) -> None:
        """The lists are that long, and workers are alive on `hosts`.

        `troubles` is what they cannot deliver now; None: that is not known anew.
        """
        facts = self._facts._replace(upcoming=counts.upcoming, elsewhere=tuple(sorted(set(hosts))))
        self._show(facts if troubles is None else facts._replace(troubles=tuple(troubles)))
        self._counts = counts
        self._show_tabs()

    def view(self, view: View) -> None:
        """This list is shown."""
        self._finding = False
        self._show_tabs()
        self._tabs.active = view

    def find(self) -> None:
        """Something is looked for."""
        self._finding = True
        self._show_tabs()
        self._tabs.active = FOUND

    def tabs(self) -> tuple[Tab, ...]:
        """Return the tabs for another page, where nothing is looked for."""
        return tabs(self._counts)

    def _show_tabs(self) -> None:
        self._tabs.show(tabs(self._counts, finding=self._finding))

    def _show(self, facts: Facts) -> None:
        self._facts = facts
        for bar in self._bars:
            bar.show(status_parts(facts, self._health))
