"""The commands by name, the options before them, and what `later` alone does."""

import gc
from importlib import import_module
from typing import NamedTuple

from later_tui.cli.output import say, say_block
from later_tui.domain.errors import BadInputError


class Command(NamedTuple):
    """A command: the module that runs it, and what it does in a few words."""

    module: str
    summary: str


COMMANDS = {
    "add": Command("add", "keep a thought; it comes back at a random moment of its window"),
    "list": Command("list", "list what is kept, sealed: the windows, not the moments"),
    "find": Command("find", "look for reminders by words, tag, channel, state, time and place"),
    "edit": Command("edit", "change a reminder's words, window, tags or route"),
    "done": Command("done", "answer: it is done"),
    "again": Command("again", "answer: bring it back in a window of the same length"),
    "let-go": Command("let_go", "answer: let it go, it was not worth it"),
    "snooze": Command("snooze", "answer: bring it back at an exact time"),
    "undo": Command("undo", "take back an answer or an edit"),
    "pictures": Command("pictures", "say when thoughts may come back, and what became of them"),
    "channels": Command("channels", "list the channels and whether they work; send a test by one"),
    "send-again": Command("send_again", "send once more what failed or may have been sent"),
    "why": Command("why", "tell how a moment was drawn, and every attempt to deliver it"),
    "status": Command("status", "show Redis, the workers and how much is kept"),
    "doctor": Command("doctor", "check everything, and say what to do where it is not well"),
    "log": Command("log", "show the last lines of the log, or say where it is"),
    "keys": Command("keys", "show the keys of the app and their ids, for a keymap of your own"),
    "themes": Command("themes", "show the themes of the app, and which one is chosen"),
    "worker": Command("worker", "deliver in the foreground, without the app"),
}

_BRIEF = frozenset({"add", "done", "again", "let-go", "snooze", "undo"})

_OPTIONS_HELP = """\
options:
  --redis URL    use this Redis (redis://, rediss://, unix://), not the private server
  --config FILE  read this configuration file
  --version      show the version and exit
  -h, --help     show this help and exit"""

_EXAMPLES = """\
examples:
  later                                    open the app
  later add call mum within 3d             some time in the next three days
  later add stretch within 2d between 9-18
  later list                               what is kept, by the windows' ends
  later snooze a3f9 20m                    bring it back in 20 minutes

`later COMMAND --help` tells more of each."""


def run(argv: list[str]) -> int:
    """Run what the arguments mean and return the exit code. Raises LaterError."""
    front, rest = _front(argv)
    if rest and rest[0] in ("-h", "--help"):
        say_block(_help())
        return 0
    if rest and rest[0] == "--version":
        from later_tui import __version__

        say(f"later {__version__}")
        return 0
    if rest and rest[0].startswith("-"):
        raise BadInputError(
            f'"{rest[0]}" is not an option of later; `later --help` shows those there are'
        )
    if not rest:
        from later_tui.cli import app

        return app.run(front)
    if rest[0] not in COMMANDS:
        raise _unknown(rest[0])
    if rest[0] in _BRIEF:
        gc.disable()  # it ends before there is anything to collect
    module = import_module(f"later_tui.cli.{COMMANDS[rest[0]].module}")
    code: int = module.run(front + rest[1:])
    return code


def _front(argv: list[str]) -> tuple[list[str], list[str]]:
    """Split the options with a value before the command from the rest."""
    at = 0
    while at < len(argv):
        name, equals, _ = argv[at].partition("=")
        if name not in ("--redis", "--config"):
            break
        at += 1 if equals else 2
    return argv[:at], argv[at:]


def _help() -> str:
    commands = "\n".join(f"  {name:<13}  {command.summary}" for name, command in COMMANDS.items())
    return (
        "usage: later [--redis URL] [--config FILE] [COMMAND …]\n\n"
        "Keep a thought and get it back at a random moment. Without a command, the app opens.\n\n"
        f"commands:\n{commands}\n\n{_OPTIONS_HELP}\n\n{_EXAMPLES}"
    )


def _unknown(word: str) -> BadInputError:
    import difflib

    near = difflib.get_close_matches(word, COMMANDS, n=1)
    meant = f'"{near[0]}", perhaps' if near else f"one of {', '.join(COMMANDS)}"
    return BadInputError(
        f'"{word[:40]}" is not a command; expected {meant} (a thought is kept by `later add …`)'
    )
