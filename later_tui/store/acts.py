"""What a person does to a kept reminder, as the scripts write it down to take it back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doing:
    """An act: `what` is done, of which `batch` of several it is, and the id of the `follower` in
    its series that was kept because of it.
    """

    what: str
    batch: str = ""
    follower: str = ""

    @property
    def arg(self) -> str:
        """The last argument of the scripts `answer` and `reschedule` (`lua/remember.lua`)."""
        return f"act:{self.what} {self.batch} {self.follower}"


AGAIN = Doing("again")
EDIT = Doing("edit")
