"""Every error that `later` raises on purpose; its message is one sentence for the person.

LaterError
├── BadInputError            what was given cannot be used: exit code 2
│   ├── GrammarError         a clause of a thought
│   ├── WindowError          a window in which nothing may fire
│   ├── ConfigError          the configuration file, a variable or an option
│   ├── NotFoundError        no such reminder
│   ├── AmbiguousIdError     several reminders begin with that id
│   └── TransitionError      the reminder's state does not allow that answer
├── OutsideError             something outside failed: exit code 1
│   ├── StoreError           Redis cannot be reached, refuses, or has a damaged record
│   └── ServerError          the private server cannot be started
└── DeliveryError            one delivery did not happen
    ├── TransientError       try again later (perhaps after `retry_after_ms`)
    ├── PermanentError       never try again
    ├── UnavailableError     this worker cannot use this channel now
    └── MaybeSentError       it may have been sent: nobody can say
"""


class LaterError(Exception):
    """The root of the tree; `str()` of any of them may be shown as it is."""

    exit_code = 1


class BadInputError(LaterError):
    """What was given cannot be used; says what would work."""

    exit_code = 2


class GrammarError(BadInputError):
    """A clause of a thought cannot be read."""


class WindowError(BadInputError):
    """A window in which nothing may fire."""


class ConfigError(BadInputError):
    """The configuration file, an environment variable or an option is wrong."""


class NotFoundError(BadInputError):
    """No such reminder."""


class AmbiguousIdError(BadInputError):
    """Several reminders begin with the given id."""


class TransitionError(BadInputError):
    """The reminder's state does not allow what was asked."""


class OutsideError(LaterError):
    """Something outside this program failed."""


class StoreError(OutsideError):
    """Redis cannot be reached, or refuses what was asked."""


class DamagedError(StoreError):
    """A record cannot be read."""


class RefusedError(StoreError):
    """Redis is there, and refuses what was asked."""


class ServerError(OutsideError):
    """The private server cannot be started."""


class DeliveryError(LaterError):
    """One delivery did not happen."""


class TransientError(DeliveryError):
    """The delivery may succeed later.

    `retry_after_ms` is what the other side asked for, or None.
    """

    def __init__(self, message: str, retry_after_ms: int | None = None) -> None:
        super().__init__(message)
        self.retry_after_ms = retry_after_ms


class PermanentError(DeliveryError):
    """The delivery will never succeed; the message has the other side's own words."""


class UnavailableError(DeliveryError):
    """This worker cannot use this channel now; another may, or this one later."""


class MaybeSentError(DeliveryError):
    """It may have been sent: the request went out, and no answer that decides came back.

    A delivery on a channel that is not idempotent ends as `unknown` and is sent again on the
    person's word alone; an idempotent channel's is tried again.
    """
