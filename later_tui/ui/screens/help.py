"""All the keys, and how to write a thought."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from later_tui.ui import keymap
from later_tui.widgets.hints import Hints

GRAMMAR = (
    ("call mum", "at a random moment of the next {window}"),
    ("call mum within 3d", "… of the next 3 days"),
    ("call mum by fri", "… before the end of Friday"),
    ("call mum after 2d within 2w", "… not before 2 days are over"),
    ("stretch between 9-18", "only in these hours of the day"),
    ("water plants every week", "once in each week"),
    ("idea x3 within 1w", "three times"),
    ("check oven in 20m", "exactly then; so are: at 18:00, on fri"),
    ("… #family !email", "tags; where it comes back"),
    ("… within 3d --", "nothing before -- is read as a time"),
)


class HelpScreen(ModalScreen[None]):
    """A panel over everything; the same key closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *keymap.bindings(keymap.HELP_KEYS),
        Binding("j,down", "scroll(1)", "down", show=False, id="help.down"),
        Binding("k,up", "scroll(-1)", "up", show=False, id="help.up"),
        Binding("pagedown,ctrl+d,space", "scroll(8)", "down", show=False, id="help.page-down"),
        Binding("pageup,ctrl+u", "scroll(-8)", "up", show=False, id="help.page-up"),
    ]
    AUTO_FOCUS = ""

    def __init__(self, under: Screen[Any], window: str) -> None:
        """`under` is the screen whose keys are shown; `window` is the default window in words."""
        super().__init__()
        self._under = under
        self._window = window

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel wide"):
            with VerticalScroll(can_focus=False, classes="columns"):
                yield Static(self._keys(), classes="keys", markup=False)
                yield Static(self._grammar(), classes="grammar", markup=False)
            yield Hints(keymap.hints(self, keymap.HELP_KEYS, ["help.close"]), keep=1)

    def on_mount(self) -> None:
        self.query_one(".panel").border_title = "help"

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll what does not fit."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def on_hints_pressed(self, message: Hints.Pressed) -> None:
        message.stop()
        self.action_close()

    def _keys(self) -> Content:
        keys = (*keymap.MAIN_KEYS, *keymap.APP_KEYS)
        bound = keymap.hints(self._under, keys, [key.id for key in keys])
        groups: dict[str, dict[str, str]] = {}
        for key, hint in zip(keys, bound, strict=True):
            group = groups.setdefault(key.group, {})
            group[key.help] = f"{group[key.help]} {hint.key}" if key.help in group else hint.key
        table = {name: [(k, words) for words, k in group.items()] for name, group in groups.items()}
        return _table(table, 15)

    def _grammar(self) -> Content:
        rows = [(line, what.format(window=self._window)) for line, what in GRAMMAR]
        writing = _table({"how to write": rows}, 0)
        return writing + "\n\n" + _table({"in a list": list(keymap.LIST_KEYS)}, 15)


def _table(groups: dict[str, list[tuple[str, str]]], width: int) -> Content:
    parts: list[Content] = []
    for heading, rows in groups.items():
        lines = [Content.styled(heading, "bold $primary")]
        for left, right in rows:
            name, words = Content.styled(left, "$secondary"), Content.styled(right, "$text-muted")
            pad = " " * max(width - len(left), 1)
            lines.append(name + pad + words if width else name + "\n    " + words)
        parts.append(Content("\n").join(lines))
    return Content("\n\n").join(parts)
