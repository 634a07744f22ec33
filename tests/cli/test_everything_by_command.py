"""Everything that a key of the app does can be done by a command with plain output."""

import pytest

from later_tui.cli.commands import COMMANDS
from later_tui.ui.keymap import EVERY
from tests.cli.running import Run

BY_COMMAND = {
    "thought.add": "add",
    "thought.open": "why",
    "thought.edit": "edit",
    "thought.editor": "edit --editor",
    "thought.peek": "list --reveal",
    "thought.mark": "done --find",
    "thought.mark-all": "done --find",
    "thought.undo": "undo",
    "thought.find": "find",
    "thought.order": "list --reverse",
    "answer.done": "done",
    "answer.again": "again",
    "answer.snooze": "snooze",
    "answer.let-go": "let-go",
    "answer.send-again": "send-again --find",
    "arrived.done": "done",
    "arrived.again": "again",
    "arrived.snooze": "snooze",
    "arrived.let-go": "let-go",
    "view.upcoming": "list",
    "view.past": "list --past",
    "view.unanswered": "list --unanswered",
    "detail.why": "why",
    "app.help": "keys",
    "app.pictures": "pictures",
    "app.health": "status",
    "app.log": "log",
    "app.theme": "themes",
    "pasted.many": "add --list",
    "pasted.one": "add --multiline",
    "pasted.close": "add --dry-run",
    **{f"snooze.{at}": "snooze" for at in range(1, 7)},
    "snooze.type": "snooze",
    "input.line-break": "add --multiline",
    "find.enter": "find",
}
"""What does the same as each key."""

MOVES = (
    *("list.", "panel.", "view.next", "view.previous", "app.jump", "app.palette", "app.redraw"),
    *("app.suspend", "app.quit", "arrived.aside", "input.leave", "input.next", "input.before"),
    *("input.take", "find.leave", "detail.close", "help.close", "pictures.close"),
    *("health.close", "log.close", "snooze.close"),
)
"""What goes about the screen, or helps with writing on it."""


def test_every_key_has_its_command() -> None:
    left = {name for name in EVERY if name not in BY_COMMAND and not name.startswith(MOVES)}
    assert not left, f"say in {__file__} which command does what these do: {sorted(left)}"


@pytest.mark.parametrize("words", sorted(set(BY_COMMAND.values())))
def test_the_command_is_there(later: Run, words: str) -> None:
    name, *options = words.split()
    assert name in COMMANDS
    told = later(name, "--help")
    assert (told.code, told.err) == (0, "")
    assert all(option in told.out for option in options)


@pytest.mark.parametrize("name", ["log", "themes", "keys", "find", "edit", "undo", "why"])
def test_help_has_examples(later: Run, name: str) -> None:
    assert "examples:" in later(name, "--help").out
