"""Doctor: whether the app opens with the keys and the theme of the configuration."""

from later_tui.config.settings import THEME, Settings
from later_tui.domain.errors import ConfigError
from later_tui.store.checkup import Finding, problem, warning


def app(chosen: Settings) -> list[Finding]:
    """Check the person's own keys and themes; what is not set needs no check."""
    findings = [_keys(chosen)] if chosen.keys else []
    if chosen.themes_dir.is_dir() or chosen.theme != THEME:
        findings += _themes(chosen)
    return findings


def _keys(chosen: Settings) -> Finding:
    from later_tui.ui.own_keys import own_keys

    try:
        own = own_keys(chosen.keys, chosen.config_file)
    except ConfigError as error:
        return problem("keys", str(error), "mend it, or the app does not open")
    return Finding("keys", f"{len(own)} of your own can be used")


def _themes(chosen: Settings) -> list[Finding]:
    from textual.theme import BUILTIN_THEMES

    from later_tui.ui.theme_files import find_themes, unknown_theme
    from later_tui.ui.themes import THEMES

    known = {*BUILTIN_THEMES, *(theme.name for theme in THEMES)}
    found = find_themes(chosen.themes_dir, known)
    todo = "mend its file, or take it out of the folder"
    findings = [
        warning("theme", str(fault), todo)
        for name, fault in found.faults.items()
        if name != chosen.theme
    ]
    known |= {theme.name for theme in found.themes}
    if chosen.theme in known:
        return [*findings, Finding("theme", f"{chosen.theme} can be put on")]
    error = unknown_theme(chosen.theme, known, found.faults)
    return [*findings, problem("theme", str(error), "mend it, or the app does not open")]
