"""The rows of the table, one file each: its docstring's first line says what and the goal."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import cast

from benchmarks.measure import Figure
from benchmarks.scale import Scale

ROWS = (
    *("command", "schedule", "bulk", "memory", "burst", "growth", "lateness", "idle", "kill"),
    *("paint", "keys", "steps", "find"),
)

Run = Callable[[Scale], Iterable[Figure]]


def row(name: str) -> tuple[str, Run]:
    """Return what a row measures, in one line, and its function."""
    module = import_module(f"benchmarks.rows.{name}")
    return (module.__doc__ or "").partition("\n")[0], cast("Run", module.run)
