"""One real server for a whole module: every walk empties it."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.quiet import Quiet
from later_tui.store import open_sync_store
from tests.model.rig import Rig


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """A rig on a private server in a folder of its own."""
    folder, zone = tmp_path_factory.mktemp("model"), ZoneInfo("UTC")
    settings = Settings(
        user="ada",
        timezone=zone,
        quiet=Quiet(zone=zone),
        data_dir=folder / "data",
        state_dir=folder / "state",
        config_file=folder / "config.toml",
    )
    with open_sync_store(settings) as store:
        rig = Rig(store, settings)
        # What is under test is what the scripts do, not how long the disk takes.
        rig.raw("CONFIG", "SET", "appendfsync", "no")
        yield rig
