"""`later add`: keep a thought."""

import sys
import time
from typing import TYPE_CHECKING

from later_tui.cli.output import complain, is_terminal
from later_tui.cli.words import asked, last, mended, split
from later_tui.domain.errors import BadInputError

if TYPE_CHECKING:
    from later_tui.cli.keep import Keeper
    from later_tui.cli.parser import Parser
    from later_tui.domain.grammar import Options
    from later_tui.domain.reminder import NewReminder

_DESCRIPTION = """\
Keep a thought. It comes back at a random moment of its window, which is the next two weeks unless
you say otherwise: with clauses at the end of the text, or with the options of the same names.
Without a text (or with -) thoughts are read from standard input, one a line; with --multiline
(as `pass insert` calls it) all of it is one thought of several lines, whose last one may end with
clauses. A text with line breaks is such a thought, too.

What is printed is the window, never the drawn moment. After -- nothing is an option; a -- at the
very end keeps the text letter for letter, with no clause read. --dry-run keeps nothing, and says
what would be kept.

--json prints one JSON object a reminder; times are ISO 8601 in UTC."""

_EXAMPLES = """\
  later add call mum within 3d
  later add stretch within 2d between 9-18 '#health'
  later add water plants every week
  later add 'check the oven' in 20m              an exact time
  later add call the bank via desktop then email 30m
  later add take the pill at 8:00 nag 10m
  later add --by 'fri 18:00' -- --help is a thought too
  later add --within 1mo < ideas.txt
  later add --list --dry-run < todo.md           a look at it first
  later add --multiline < letter.txt"""

_CLAUSES = (
    ("--within", "LENGTH", "some time in the next 20m, 3d, 2w, 1mo …"),
    ("--by", "WHEN", "some time before then: fri, 24 dec 18:00"),
    ("--after", "WHEN", "not before then: 2d, mon"),
    ("--between", "HOURS", "only in these hours of the day: 9-18, 22-6"),
    ("--every", "LENGTH", "one random moment in each: day, week, 2w"),
    ("--in", "LENGTH", "exactly that long from now: 20m"),
    ("--at", "TIME", "exactly then: 18:00"),
    ("--on", "DAY", "exactly that day: fri, 24 dec"),
)


_OTHERS = (
    ("--times", "N", "draw it N times in its window"),
    ("--tag", "NAME", "put a tag on it; may be given again"),
    ("--via", "ROUTE", "by desktop, desktop,email, or 'desktop then email 30m'"),
    ("--nag", "LENGTH", "once it came, again every 1h until you answer; or off"),
    ("--id", "ID", "keep it under this id; the same id, once only"),
)
_VALUED = frozenset(
    {*(name for name, _, _ in (*_CLAUSES, *_OTHERS)), "--count", "--redis", "--config"}
)
_SWITCHES = (
    ("--multiline", "all of standard input is one thought, of several lines"),
    ("--list", "leave out bullets, numbers and what is ticked off, as the app does of a paste"),
    ("--dry-run", "keep nothing; say what was read, and how likely it comes soon"),
    ("--json", "print one JSON object a reminder"),
    ("--reveal", "print the drawn moment too"),
)
_FLAGS = frozenset({*(name for name, _ in _SWITCHES), "--version", "--help", "-h"})


def run(argv: list[str]) -> int:
    """Keep what the arguments or standard input say; return the exit code. Raises LaterError."""
    options, words = split(argv, "add", _VALUED, _FLAGS)
    if asks := asked(options):
        _parser().parse_args([asks])
    _refuse_contradictions(options, words)
    from later_tui.config.load import load

    keeper = _keeper("--dry-run" in options)(
        load({"redis.url": last(options, "--redis"), "config": last(options, "--config")}),
        _clauses(options),
        as_json="--json" in options,
        reveal="--reveal" in options,
        reminder_id=last(options, "--id"),
    )
    with keeper:
        if words and words != ["-"]:
            return _keep_one(keeper, mended(" ".join(words)))
        if "--multiline" in options:
            from later_tui.cli.thoughts import typed

            return _keep_one(keeper, typed())
        if not words and is_terminal(sys.stdin):
            raise BadInputError("there is no thought; write one: `later add call mum within 3d`")
        return _keep_lines(keeper, listed="--list" in options)


def _refuse_contradictions(options: dict[str, list[str]], words: list[str]) -> None:
    ways = [name for name in ("--multiline", "--list") if name in options]
    if len(ways) > 1:
        raise BadInputError("--multiline is one thought and --list is many; leave one out")
    if ways and words not in ([], ["-"]):
        raise BadInputError(
            f"{ways[0]} is for standard input; leave it out, or the words: "
            f"`later add {ways[0]} < FILE`"
        )
    if "--dry-run" in options and "--reveal" in options:
        raise BadInputError("--dry-run draws nothing that --reveal could show; leave one out")


def _keeper(dry_run: bool) -> "type[Keeper]":
    if dry_run:
        from later_tui.cli.dry_run import DryRun

        return DryRun
    from later_tui.cli.keep import Keeper

    return Keeper


def _keep_one(keeper: "Keeper", text: str) -> int:
    now = time.time_ns() // 1_000_000
    keeper.keep(keeper.plan(text, now), now)
    return 0


def _keep_lines(keeper: "Keeper", *, listed: bool) -> int:
    """Keep each line of standard input; a bad one is reported, and the others are kept."""
    from later_tui.cli.thoughts import items, standard_input, thoughts

    if keeper.reminder_id is not None:
        raise BadInputError("--id names one thought; give that thought as words")
    stream = standard_input()
    seen, code = False, 0
    for lines in items(thoughts(stream)) if listed else thoughts(stream):
        now = time.time_ns() // 1_000_000
        news: list[NewReminder] = []
        for line in lines:
            seen = True
            try:
                if line.error is not None:
                    raise line.error
                news += keeper.plan(line.text, now)
            except BadInputError as error:
                complain(f"line {line.number}: {error}")
                code = error.exit_code
        keeper.keep(news, now)
    if not seen:
        raise BadInputError("there is no thought on standard input; expected one a line")
    return code


def _clauses(options: dict[str, list[str]]) -> "Options":
    from later_tui.domain.grammar import Options

    values = {name[2:]: mended(options[name][-1]) for name, _, _ in _CLAUSES if name in options}
    return Options(
        in_=values.pop("in", None),
        **values,
        count=_number(last(options, "--times", "--count")),
        tags=tuple(mended(tag).removeprefix("#") for tag in options.get("--tag", ())),
        via=tuple(mended(channel) for channel in options.get("--via", ())),
        nag=mended(options["--nag"][-1]) if "--nag" in options else None,
    )


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadInputError(f'--times is "{text[:40]}"; expected a whole number, such as 3')
    return int(text)


def _parser() -> "Parser":
    """Return the parser that writes the help."""
    from later_tui.cli.parser import parser

    made = parser("add", "[options] [TEXT …]", _DESCRIPTION, _EXAMPLES)
    for name, metavar, meaning in (*_CLAUSES, *_OTHERS):
        made.add_argument(name, metavar=metavar, help=meaning)
    for name, meaning in _SWITCHES:
        made.add_argument(name, action="store_true", help=meaning)
    return made
