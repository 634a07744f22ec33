"""Places of a widget that one can go to by a letter, which `jump_overlay.py` puts over them."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from textual.geometry import Offset


class Spot(NamedTuple):
    """A place: what it is called by whoever asked, and where on the screen it is."""

    name: str
    at: Offset


@runtime_checkable
class Jumpable(Protocol):
    """A widget with several places that one can go to."""

    def jump_places(self) -> Sequence[Spot]:
        """Return the places that are shown; `at` is on the screen."""
        ...

    def jump_to(self, name: str) -> None:
        """Go to one of them."""
        ...
