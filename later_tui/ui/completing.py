"""Completions for the box: the person's own tags, the channels there are, the clauses."""

from collections import Counter
from collections.abc import Callable, Iterable

from later_tui.domain.errors import LaterError
from later_tui.domain.reminder import Reminder
from later_tui.ui.session import Session


class Completer:
    """Knows the tags in use: of what is loaded, and of a sample of everything."""

    def __init__(self, session: Session, loaded: Callable[[], Iterable[Reminder]]) -> None:
        self._session = session
        self._loaded = loaded
        self._sampled: Counter[str] | None = None

    async def learn(self) -> None:
        """Read which tags are in use, once."""
        if self._sampled is not None or self._session.opened is None:
            return
        self._sampled = Counter()
        store, user = self._session.store, self._session.settings.user
        try:
            samples = (await store.sample_ahead(user), await store.sample_behind(user))
        except LaterError:
            self._sampled = None  # next time, then; the bridge says what is wrong
            return
        for sample in samples:
            self._sampled.update(tag for one in sample.reminders for tag in one.tags)

    def offers(self, line: str) -> tuple[str, ...]:
        """Return what could stand behind the end of `line`."""
        from later_tui.domain.completion import completions

        settings = self._session.settings
        known = self._session.channels or ()
        channels = tuple(dict.fromkeys((*settings.channels, *settings.channel_options, *known)))
        return completions(line, self._tags(line), channels)

    def _tags(self, line: str) -> list[str]:
        if "#" not in line.rpartition(" ")[2]:
            return []
        used = Counter(self._sampled or ())
        used.update(tag for one in self._loaded() for tag in one.tags)
        return [tag for tag, _ in used.most_common()]
