"""The figures as a table for people, and as JSON for programs."""

import json
import os
import platform
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import redis

from benchmarks.measure import Figure, Goal

HEAD = ("", "server", "later", "floor", "ratio", "goal", "")
_WORDS = {True: "reached", False: "not reached", None: "–"}


def line(figure: Figure) -> tuple[str, ...]:
    """Return the cells of a figure."""
    return (
        figure.what,
        figure.server,
        _ranged(figure.value, figure.values, figure.unit),
        _ranged(_middle(figure.floor), figure.floor, figure.unit),
        "" if figure.ratio is None else _ranged(figure.ratio, figure.ratios, ""),
        _goal(figure.goal, figure.unit),
        _WORDS[figure.reached],
    )


def table(lines: Sequence[tuple[str, ...]]) -> str:
    """Return the lines below each other, in Markdown."""
    rows = [HEAD, *lines]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    text = [
        " | ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    text.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {one} |" for one in text)


def machine() -> dict[str, object]:
    """Return what the figures depend on, and how busy the machine is with other things."""
    return {
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        "redis-py": redis.__version__,
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }


def write(path: Path, about: Mapping[str, object], found: Iterable[tuple[str, Figure]]) -> None:
    """Write all figures, with each round's, as JSON."""
    figures = [
        {
            "row": name,
            "what": one.what,
            "server": one.server,
            "unit": one.unit,
            "value": one.value,
            "values": list(one.values),
            "floor": list(one.floor),
            "ratio": one.ratio,
            "goal": _goal(one.goal, one.unit),
            "reached": one.reached,
        }
        for name, one in found
    ]
    path.write_text(json.dumps({**about, "figures": figures}, indent=1) + "\n")


def _middle(values: Sequence[float]) -> float | None:
    return sorted(values)[len(values) // 2] if values else None


def _ranged(value: float | None, values: Sequence[float], unit: str) -> str:
    if value is None:
        return ""
    lowest, highest = _number(min(values)), _number(max(values))
    spread = f" ({lowest}–{highest})" if lowest != highest else ""
    return f"{_number(value)}{'' if unit in ('', '/s') else ' '}{unit}{spread}"


def _goal(goal: Goal | None, unit: str) -> str:
    if goal is None:
        return ""
    sign = "≥" if goal.side == "at least" else "≤"
    if goal.of == "ratio":
        return f"{sign} {goal.limit:.3g} × floor"
    return f"{sign} {_number(goal.limit)}{'' if unit in ('', '/s') else ' '}{unit}"


def _number(value: float) -> str:
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"
