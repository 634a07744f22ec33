"""What `later add` would keep: the look that the app gives at a thought, or at a list, before."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from later_tui.cli.keep import Keeper
from later_tui.cli.output import say, say_json
from later_tui.domain.inert import one_line
from later_tui.domain.reminder import NewReminder
from later_tui.domain.route import length
from later_tui.domain.wording import when

if TYPE_CHECKING:
    from collections.abc import Sequence


class DryRun(Keeper):
    """Plans and says; neither opens the store nor keeps anything."""

    def keep(self, news: "Sequence[NewReminder]", now: int) -> None:
        """Print what would be kept at `now` (ms UTC)."""
        for new in news:
            if self._as_json:
                say_json(self._read(new, now))
            else:
                say(f"would keep  {one_line(new.text)}  ({'; '.join(self._words(new, now))})")

    def _words(self, new: NewReminder, now: int) -> Iterator[str]:
        """Yield all that was read: what goes without saying, too."""
        yield when(new.window, now, self._settings.timezone, self._settings.times)
        if odds := self._odds(new, now):
            yield odds
        if new.every:
            yield f"every {new.every}"
        if new.between:
            yield f"between {new.between}"
        if new.tags:
            yield " ".join(f"#{tag}" for tag in new.tags)
        yield str(new.route)
        if new.nag_ms:
            yield f"nag every {length(new.nag_ms)}"
        if "sms" in new.channels:
            from later_tui.channels.sms.counting import counted

            yield counted(new.text, self._settings.channel_options.get("sms", {}))

    def _odds(self, new: NewReminder, now: int) -> str:
        """Return one telling chance of the draw: "62 % by tomorrow"; empty if there is none."""
        from later_tui.ui.wording import odds_line

        return odds_line(new.spans, now, self._settings.timezone, self._settings.times)

    def _read(self, new: NewReminder, now: int) -> dict[str, object]:
        from later_tui.cli.shape import new_shape

        made = new_shape(new, False, None)
        del made["id"]  # another one is made when it is kept
        return {**made, "odds": self._odds(new, now) or None}
