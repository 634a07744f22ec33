"""The colours of a widget's component classes, as Rich styles for the line API."""

from rich.style import Style
from textual.widget import Widget


def ink(widget: Widget, name: str) -> Style:
    """Return the colour and text style of component class `name`, without its background.

    Colours with an alpha (`$text-muted`, say) are blended with what lies under the widget.
    """
    style = widget.get_component_rich_style(name)
    return Style(
        color=style.color,
        bold=style.bold,
        italic=style.italic,
        underline=style.underline,
        dim=style.dim,
        reverse=style.reverse,
        strike=style.strike,
    )


def ground(widget: Widget, name: str) -> Style:
    """Return the background of component class `name`, and nothing else of it but `reverse`."""
    style = widget.get_component_rich_style(name)
    return Style(bgcolor=style.bgcolor, reverse=style.reverse)
