"""How long the channel stays away from a server that has refused it as a whole."""

from zoneinfo import ZoneInfo

from later_tui.domain.clock import Clock
from later_tui.domain.times import H24, TimeFormat
from later_tui.domain.wording import moment

LOGIN_S = 900.0
"""After a refused login, s: a server locks out who keeps trying."""
SERVER_S = 120.0
"""After a certificate that cannot be trusted, or no encryption, s: it may be the network's."""
SECRET_S = 60.0
"""After a password that could not be got, s: a command may ask the person each time."""


class Hold:
    """Remembers a refusal for a while."""

    def __init__(self, zone: ZoneInfo, clock: Clock, times: TimeFormat = H24) -> None:
        """Times in words are in `zone`, as the person writes them."""
        self._zone = zone
        self._times = times
        self._clock = clock
        self._reason = ""
        self._until = 0.0

    def keep(self, reason: str, seconds: float) -> str:
        """Hold for so long from now, and return why, and until when."""
        now = self._clock.now()
        again = moment(now + int(seconds * 1000), now, self._zone, self._times)
        self._reason = f"{reason}; it is tried again on {again}"
        self._until = self._clock.monotonic() + seconds
        return self._reason

    @property
    def reason(self) -> str:
        """Why nothing is tried now; empty when something may be."""
        return self._reason if self._clock.monotonic() < self._until else ""
