"""Routes and nagging, as the configuration gives them."""

from later_tui.config.given import Given, quoted
from later_tui.domain.errors import ConfigError, GrammarError
from later_tui.domain.route import Route, is_channel, read_nag, read_route

_EXPECTED = 'one or more names of channels, such as "desktop" or "desktop then email 30m"'


def route(given: Given) -> Route:
    """Read a route: the text that stands after `via` in a thought, or a list of channels."""
    value = given.value
    if isinstance(value, list):
        if not value or not all(isinstance(item, str) for item in value):
            raise given.wrong(_EXPECTED)
        for item in value:
            if not is_channel(item):
                raise Given(item, given.where).wrong(_EXPECTED)
        value = ",".join(value)
    if not isinstance(value, str) or not value.strip():
        raise given.wrong(_EXPECTED)
    try:
        return read_route(value)
    except GrammarError as error:
        raise given.wrong(f"{_EXPECTED} ({error})") from None


def nag(given: Given) -> int:
    """Read how often a reminder is sent again until it is answered; ms, 0 for "off"."""
    expected = 'a length of time such as "1h", or "off"'
    if given.value is False:
        return 0
    if not isinstance(given.value, str):
        raise given.wrong(expected)
    try:
        return read_nag(given.value)
    except GrammarError as error:
        raise given.wrong(f"{expected} ({error})") from None


def by_tag(table: dict[str, object], file: str) -> dict[str, Route]:
    """Return the routes of the table `[tags]`, by tag in lower case. Raises ConfigError."""
    value = table.get("tags", {})
    if not isinstance(value, dict):
        raise Given(value, f"{file}: tags").wrong("a table: [tags]")
    found: dict[str, Route] = {}
    for name, words in value.items():
        tag = name.removeprefix("#").casefold()
        if not tag or any(c.isspace() for c in tag):
            raise ConfigError(f"{file}: {quoted(name)} is not a tag; expected one word")
        found[tag] = route(Given(words, f"{file}: tags.{name}"))
    return found
