"""The options that every command has, and a parser whose complaints are one sentence."""

import argparse
import os
from typing import NoReturn

from later_tui.config.load import load
from later_tui.config.settings import Settings
from later_tui.domain.errors import BadInputError


class Parser(argparse.ArgumentParser):
    """An argument parser that raises BadInputError instead of printing its usage."""

    def error(self, message: str) -> NoReturn:
        raise BadInputError(f"{message}; `{self.prog} --help` shows what there is")


class _Help(argparse.RawDescriptionHelpFormatter):
    """Told its width: to ask for it, argparse imports shutil, which takes longer than parsing."""

    def __init__(self, prog: str) -> None:
        try:
            columns = os.get_terminal_size().columns
        except OSError:
            columns = 80
        super().__init__(prog, max_help_position=26, width=min(max(columns, 40), 100) - 2)


def parser(name: str, usage: str, description: str, examples: str) -> Parser:
    """Return the parser of a command, with the options that all of them have."""
    made = Parser(
        prog=f"later {name}".rstrip(),
        usage=f"later {name} {usage}".replace("  ", " "),
        description=description,
        epilog=f"examples:\n{examples}",
        formatter_class=_Help,
        allow_abbrev=False,
    )
    made.add_argument("--redis", metavar="URL", help="use this Redis, not the private server")
    made.add_argument("--config", metavar="FILE", help="read this configuration file")
    made.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    return made


def settings(options: argparse.Namespace) -> Settings:
    """Return the settings with the command's `--redis` and `--config`. Raises ConfigError."""
    return load({"redis.url": options.redis, "config": options.config})


def limit_of(text: str | None) -> int | None:
    """Return the value of `--limit`, None without it. Raises BadInputError."""
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text) > 0):
        raise BadInputError(f'--limit is "{text[:40]}"; expected a whole number, such as 20')
    return int(text)


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from later_tui import __version__
        from later_tui.cli.output import say

        say(f"later {__version__}")
        parser.exit()
