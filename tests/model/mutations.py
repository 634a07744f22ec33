"""Scripts with a protection cut out, put in the place of the real ones."""

import sys
from dataclasses import replace
from typing import NamedTuple

import pytest

from later_tui.store.scripts import Script, script


class Mutation(NamedTuple):
    """A cut: `old` in the script `name` (or in what it shares with the others) becomes `new`."""

    name: str
    old: str
    new: str

    def script(self) -> Script:
        """Return the script with the cut. The text that it replaces must be there, once."""
        whole = script(self.name)
        assert whole.text.count(self.old) == 1, f"{self.name}.lua does not say {self.old!r} once"
        # A connection knows scripts by their names: each cut needs one of its own.
        name = f"{self.name} without {self.old}"
        return replace(whole, name=name, text=whole.text.replace(self.old, self.new))

    def load(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let every operation of the store run the cut script."""
        mutant = self.script()

        def instead(name: str) -> Script:
            return mutant if name == self.name else script(name)

        users = [
            module
            for name, module in sys.modules.items()
            if name.startswith("later_tui.store.") and getattr(module, "script", None) is script
        ]
        for module in users:
            monkeypatch.setattr(module, "script", instead)
