"""`later channels`: which there are, and whether they work; `later channels test` sends by one."""

from typing import TYPE_CHECKING

from later_tui.cli.output import say_block, say_json, styled
from later_tui.cli.parser import parser, settings
from later_tui.domain.errors import BadInputError
from later_tui.domain.failing import advice
from later_tui.domain.inert import one_line

if TYPE_CHECKING:
    from later_tui.cli.channel_states import State
    from later_tui.cli.channel_workers import Trouble

_DESCRIPTION = """\
List every installed channel: ready and by which way, paused and why, or not used; failing, if the
last sends of a worker by it did. A channel that the configuration does not name is not even
imported.

`later channels test NAME` sends a real notification by the channel as it is configured, and says
which way it went and what proves it. Nothing is kept of it."""
_EXAMPLES = """\
  later channels
  later channels test email
  later channels test sms --text "is this my number?"
  later channels --json | jq '.channels[] | select(.ok)'"""

_STYLES = {"ready": "32", "failing": "33", "paused": "33", "wrong": "31", "not used": "2"}


def run(argv: list[str]) -> int:
    """List the channels, or try one; return the exit code. Raises LaterError."""
    made = parser("channels", "[options] [test NAME]", _DESCRIPTION, _EXAMPLES)
    made.add_argument("action", nargs="?", metavar="test", help="send by one")
    made.add_argument("name", nargs="?", metavar="NAME", help="the channel to send by")
    made.add_argument("--text", help="the text to send")
    made.add_argument("--json", action="store_true", help="print one JSON object")
    options = made.parse_args(argv)
    if options.action not in (None, "test"):
        raise BadInputError(
            f'"{options.action[:40]}" is nothing that `later channels` does; expected `test NAME`'
        )
    if options.action and not options.name:
        raise BadInputError("`later channels test` needs the name of a channel, such as desktop")
    if options.text is not None and not options.action:
        raise BadInputError("--text goes with `later channels test NAME`")
    chosen = settings(options)
    if options.action:
        from later_tui.cli.channel_trial import run as send

        return send(chosen, options.name, options.text, as_json=options.json)
    import asyncio
    import time

    from later_tui.cli.channel_states import states
    from later_tui.cli.channel_workers import alive, troubles

    now = time.time_ns() // 1_000_000
    found = asyncio.run(states(chosen, troubles(alive(chosen), chosen, now)))
    if options.json:
        say_json({"channels": [_shape(state) for state in found]})
    else:
        _print(found)
    return 0


def _print(found: "list[State]") -> None:
    size = max((len(state.name) for state in found), default=0)
    for state in found:
        word = styled(state.word, _STYLES[state.word])
        todo = f"; {advice(state.name)}" if state.word == "failing" else ""
        rest = one_line(state.sentence.removeprefix(state.word) + todo)
        say_block(f"{one_line(state.name):<{size}}  {word}{rest}")


def _shape(state: "State") -> dict[str, object]:
    answer = state.answer
    return {
        "name": state.name,
        "package": state.package or None,
        "configured": state.used,
        "state": state.word,
        "ok": state.ok if state.used else None,
        "via": answer.via or None if answer else None,
        "reason": state.problem or (answer.reason if answer else "") or None,
        "idempotent": state.idempotent,
        "workers": [_trouble(one) for one in state.troubles],
    }


def _trouble(one: "Trouble") -> dict[str, object]:
    from later_tui.cli.channel_workers import failing_shape

    told = failing_shape(one.failing) if one.failing else {"reason": one.why}
    return {"host": one.host, "state": one.word, **told}
