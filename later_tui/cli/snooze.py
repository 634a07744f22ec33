"""`later snooze`: answer that it shall come back at an exact time."""

import time
from typing import TYPE_CHECKING

from later_tui.cli.answer import ABOUT_MANY, FIND_HELP, answer_all
from later_tui.cli.words import asked, last, mended, split
from later_tui.config.load import load
from later_tui.config.settings import Settings
from later_tui.domain.errors import BadInputError, GrammarError
from later_tui.domain.grammar import Options, read_with
from later_tui.domain.options import without_option
from later_tui.domain.reminder import Answer

if TYPE_CHECKING:
    from later_tui.cli.parser import Parser

_DESCRIPTION = """\
Bring a reminder back at an exact time: after a length of time (20m, for 20m), or at a time of the
day or on a day (until 18:00, until fri, until 24 dec 9:00). The time is the last thing said. What
the app has a key for is: 20m, 2h, until 18:00, until tomorrow 9:00, 3d, until mon 9:00."""
_EXAMPLES = """\
  later snooze a3f9 20m
  later snooze a3f9 b2c1 until 18:00
  later snooze a3f9 until mon
  later snooze --find '#work is:unanswered' until mon"""

_LENGTH = ("for", "in")
_MOMENT = ("until", "till", "at", "on")
_FLAGS = ("--json", "--version", "--help", "-h")


def run(argv: list[str]) -> int:
    """Answer; return the exit code. Raises LaterError."""
    options, words = split(argv, "snooze", ("--redis", "--config", "--find"), _FLAGS)
    if asks := asked(options):
        _parser().parse_args([asks])
    chosen = load({"redis.url": last(options, "--redis"), "config": last(options, "--config")})
    now = time.time_ns() // 1_000_000
    find = last(options, "--find")
    said = [mended(w) for word in words for w in word.split()]
    ids, when = _read(said, chosen, now, found=find is not None)
    return answer_all(
        chosen, ids, Answer.SNOOZE, now=now, until=when, find=find, as_json="--json" in options
    )


def _read(words: list[str], chosen: Settings, now: int, *, found: bool) -> tuple[list[str], int]:
    """Split the words into ids (none are needed if some are found) and the moment, ms UTC, that the
    rest means.
    """
    at = next((i for i, w in enumerate(words) if w.lower() in (*_LENGTH, *_MOMENT)), None)
    named = at is not None
    if at is None:
        at, keyword, time_words = len(words) - 1, "for", words[-1:]
    else:
        keyword, time_words = words[at].lower(), words[at + 1 :]
    ids = words[: max(at, 0)]
    if not (ids or found) or not time_words:
        raise BadInputError(
            "say which reminder and until when, such as `later snooze a3f9 20m` or "
            "`later snooze a3f9 until 18:00`"
        )
    value = " ".join(time_words)
    if keyword in _LENGTH:
        options = Options(in_=value)
    else:
        options = Options(at=value) if _is_clock(time_words) else Options(on=value)
    try:
        draft = read_with("snoozed", options, chosen.reading(now, ()))
    except GrammarError as error:
        hint = "" if named else f"; a time needs a word before it: until {value}"
        raise GrammarError(without_option(str(error)) + hint) from None
    return ids, draft.window.not_after


def _is_clock(words: list[str]) -> bool:
    """Tell whether the words are a time of day and no day."""
    return len(words) == 1 and (":" in words[0] or words[0] in ("noon", "midnight"))


def _parser() -> "Parser":
    """Return the parser that writes the help."""
    from later_tui.cli.parser import parser

    made = parser("snooze", "[options] ID … TIME", f"{_DESCRIPTION}\n\n{ABOUT_MANY}", _EXAMPLES)
    made.add_argument("--find", metavar="WORDS", help=FIND_HELP)
    made.add_argument("--json", action="store_true", help="print the reminders as JSON lines")
    return made
