"""What a thought gets that says nothing else: its route, by its tags or by default, and its nag."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from later_tui.domain.route import Route


@dataclass(frozen=True, slots=True)
class Habits:
    """The defaults of the configuration."""

    route: Route
    by_tag: Mapping[str, Route] = field(default_factory=dict)
    """Routes by tag, in lower case and without the #."""
    nag_ms: int = 0
    """How often a reminder is sent again until it is answered, ms; 0: it is not."""

    def route_of(self, tags: Iterable[str]) -> Route:
        """Return the route of a thought with these tags: the first tag that has one decides."""
        for tag in tags:
            if found := self.by_tag.get(tag.casefold()):
                return found
        return self.route
