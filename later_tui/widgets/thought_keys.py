"""The keys of `ThoughtArea`, which can be listed without importing what a text area needs."""

from textual.binding import Binding, BindingType

_STEP = "another completion"

THOUGHT_KEYS: list[BindingType] = [
    Binding("ctrl+j,shift+enter", "line_break", "new line", show=False, id="input.line-break"),
    Binding(
        "ctrl+n,down", "offer(1)", "next completion", show=False, id="input.next", tooltip=_STEP
    ),
    Binding("up", "offer(-1)", "completion before", show=False, id="input.before", tooltip=_STEP),
    Binding("tab", "take", "take the completion", show=False, id="input.take"),
]
