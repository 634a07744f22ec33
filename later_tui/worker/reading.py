"""Where a worker reads on in the events after it could not reach the store."""


def read_on(heard: str, last: str) -> str:
    """Return the event's id after which to read: `heard` is the last one heard, or "".

    What happened while the store was away counts too: a pop-up that was answered elsewhere closes.
    Never from after the store's `last`, though: another server may have taken over, with fewer
    events, and what comes next would not be heard.
    """
    return min(heard or last, last, key=_moment)


def _moment(event_id: str) -> tuple[int, ...]:
    """Return an event's id, which is a time in ms and a number, as it is ordered."""
    return tuple(map(int, event_id.split("-")))
