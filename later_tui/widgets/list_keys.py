"""The keys of every list: vim's, the arrows, and a page at a time."""

from textual.binding import Binding


def _key(name: str, keys: str, action: str, label: str, help_: str) -> Binding:
    """Return a binding; those that share their help share a line of it."""
    return Binding(keys, action, label, show=False, id=f"list.{name}", tooltip=help_)


LIST_KEYS = (
    _key("down", "j,down", "move(1)", "down", "a row down, up"),
    _key("up", "k,up", "move(-1)", "up", "a row down, up"),
    _key("half-down", "ctrl+d", "page(0.5)", "half a page down", "half a page down, up"),
    _key("half-up", "ctrl+u", "page(-0.5)", "half a page up", "half a page down, up"),
    _key("page-down", "pagedown,ctrl+f", "page(1.0)", "page down", "a page down, up"),
    _key("page-up", "pageup,ctrl+b", "page(-1.0)", "page up", "a page down, up"),
    _key("first", "g,home", "first", "first", "to the first, the last"),
    _key("last", "G,end", "last", "last", "to the first, the last"),
    _key("open", "enter", "open", "open", "open"),
)
