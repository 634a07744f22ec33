"""How nearly a text has what somebody types: its letters in their order, with gaps. Pure.

The time grows with the length of the text, never with the number of ways to place the letters:
only the first few places are looked at, each the shortest that ends where it does.
"""

EXACT = 2.0
"""The text has what is wanted as it is."""
TRIES = 8
"""How many places of a text are compared."""


def nearness(wanted: str, text: str) -> float:
    """Return EXACT, or how close together the letters of `wanted` stand in `text`, in (0, 1].

    0 where they do not all occur in their order. Both are folded already.
    """
    if wanted in text:
        return EXACT
    best, start = 0.0, 0
    for _ in range(TRIES):
        end = _end(wanted, text, start)
        if end < 0:
            break
        places = _places(wanted, text, end)
        best = max(best, sum(_worths(places, text)) / len(wanted))
        start = places[0] + 1
    return best


def _end(wanted: str, text: str, start: int) -> int:
    """Return where the letters end if each is taken as soon as it comes; -1 if one is missing."""
    at = start - 1
    for letter in wanted:
        at = text.find(letter, at + 1)
        if at < 0:
            return -1
    return at


def _places(wanted: str, text: str, end: int) -> list[int]:
    """Return the letters' places, each as late as it can be when the last is at `end`."""
    places, at = [], end + 1
    for letter in reversed(wanted):
        at = text.rfind(letter, 0, at)
        places.append(at)
    return places[::-1]


def _worths(places: list[int], text: str) -> list[float]:
    """Return what each letter adds: 1 right behind the one before, less for each that is skipped.

    Where a word begins it adds nearly as much, less for each word that is skipped.
    """
    worths, before = [], -1
    for at in places:
        begins = at == 0 or text[at - 1] == " "
        if before < 0:
            worths.append(1.0 if begins else 0.5)
        elif begins:
            worths.append(0.8 / max(text.count(" ", before, at), 1))
        else:
            worths.append(2 / (1 + at - before))
        before = at
    return worths
