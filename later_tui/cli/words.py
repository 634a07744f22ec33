"""Tells options and words apart where they may stand in any order, and mends what is not UTF-8.

For the commands that take free words. argparse does neither that nor the start of a command any
good: importing it takes longer than keeping a thought, so here it only writes the help.
"""

import re
from collections.abc import Container

from later_tui.domain.errors import BadInputError

_NUMBER = r"-[.,]?[0-9]"


def split(
    argv: list[str], command: str, valued: Container[str], flags: Container[str]
) -> tuple[dict[str, list[str]], list[str]]:
    """Split the arguments into options, each with its values ("" for a flag), and words.

    After `--` everything is a word; a `--` at the very end is left to the grammar, where it ends
    the reading of clauses. "-3d" and a quoted text with blanks are words, "-" is one too.
    Raises BadInputError for an option that does not exist or lacks its value.
    """
    options: dict[str, list[str]] = {}
    words: list[str] = []
    rest = iter(range(len(argv)))
    for at in rest:
        argument = argv[at]
        name, equals, value = argument.partition("=")
        if argument == "--":
            return options, words + (argv[at + 1 :] or ["--"])
        if name in valued:
            if not equals and at + 1 == len(argv):
                raise BadInputError(f"{name} needs a value; `later {command} --help` has examples")
            options.setdefault(name, []).append(value if equals else argv[next(rest)])
        elif argument in flags:
            options.setdefault(argument, []).append("")
        elif _is_word(argument):
            words.append(argument)
        else:
            raise BadInputError(
                f'"{name[:40]}" is not an option of `later {command}`; if it belongs to the words, '
                f"put -- before them: `later {command} -- {name[:40]} …`"
            )
    return options, words


def asked(options: dict[str, list[str]]) -> str | None:
    """Return the option that asks for help or the version, if one of them does."""
    return next((name for name in ("--help", "-h", "--version") if name in options), None)


def last(options: dict[str, list[str]], *names: str) -> str | None:
    """Return the value of an option, the last one if there are several; None without it."""
    return next((options[name][-1] for name in names if name in options), None)


def _is_word(argument: str) -> bool:
    return (
        not argument.startswith("-")
        or argument == "-"
        or len(argument.split(None, 1)) > 1
        or re.match(_NUMBER, argument) is not None
    )


def mended(text: str) -> str:
    """Return the text with every byte that could not be decoded as U+FFFD, not as a surrogate."""
    if text.isascii():
        return text
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
