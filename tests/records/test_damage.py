"""Damaged data of the private server: said so, copied aside, repaired on consent."""

import stat
from pathlib import Path
from random import Random

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.errors import ServerError
from later_tui.store import damage, open_sync_store
from later_tui.store.damage import DamagedDataError
from later_tui.store.records import View
from tests.making import due_in

HOUR = 3_600_000


def filled(settings: Settings, count: int = 20) -> Path:
    """Keep some reminders; return the file of the data that is written last."""
    with open_sync_store(settings) as store:
        for i in range(count):
            store.add(due_in(HOUR + i, f"thought {i}"))
    [part] = folder(settings).glob("appendonlydir/*.incr.aof")
    return part


def folder(settings: Settings) -> Path:
    return settings.data_dir / "server"


def zero_middle(part: Path) -> None:
    data = bytearray(part.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 64] = bytes(64)
    part.write_bytes(data)


def test_damaged_data_is_said_to_be_and_a_copy_is_put_aside_once(settings: Settings) -> None:
    part = filled(settings)
    zero_middle(part)
    spoilt = part.read_bytes()
    for _ in range(3):
        with pytest.raises(
            DamagedDataError, match=r"is damaged.*a copy is in .*later doctor --fix"
        ):
            open_sync_store(settings)
    [copy] = folder(settings).glob("damaged-*")
    assert (copy / part.name).read_bytes() == spoilt
    assert stat.S_IMODE(copy.stat().st_mode) == 0o700
    assert part.read_bytes() == spoilt, "nothing is repaired without consent"


@pytest.mark.parametrize("seed", range(25))
def test_wherever_64_bytes_are_zeroed_a_repair_makes_the_server_start_again(
    settings: Settings, seed: int
) -> None:
    part = filled(settings)
    data = bytearray(part.read_bytes())
    at = Random(seed).randrange(len(data) - 64)
    data[at : at + 64] = bytes(64)
    part.write_bytes(data)
    try:
        store = open_sync_store(settings)
    except DamagedDataError:
        found, _ = damage.repair(folder(settings))
        assert found.whole < at + 64
        store = open_sync_store(settings)
    with store:
        kept = store.page("ada", View.UPCOMING, 0, 99)
        assert kept.total >= (at * 20 // len(data)) - 2


def test_a_command_whose_name_was_overwritten_is_where_the_repair_cuts(
    settings: Settings,
) -> None:
    part = filled(settings)
    data = part.read_bytes()
    at = data.index(b"HSET", len(data) // 2)
    part.write_bytes(data[:at] + bytes(4) + data[at + 4 :])
    with pytest.raises(DamagedDataError):
        open_sync_store(settings)
    found, _ = damage.repair(folder(settings))
    assert at - 100 < found.whole < at
    with open_sync_store(settings) as store:
        assert store.counts("ada").upcoming >= 9


def test_a_repair_keeps_what_was_written_before_the_damage(settings: Settings) -> None:
    part = filled(settings)
    zero_middle(part)
    size = part.stat().st_size
    with pytest.raises(DamagedDataError):
        open_sync_store(settings)
    found, copy = damage.repair(folder(settings))
    assert found.size == size
    assert 0 < found.whole <= size // 2
    assert (part.stat().st_size, (copy / part.name).stat().st_size) == (found.whole, size)
    with open_sync_store(settings) as store:
        kept = {r.text for r in store.page("ada", View.UPCOMING, 0, 99).reminders}
    assert len(kept) >= 8
    assert kept == {f"thought {i}" for i in range(len(kept))}


def test_data_cut_at_its_end_starts_without_any_repair(settings: Settings) -> None:
    part = filled(settings)
    part.write_bytes(part.read_bytes()[:-7])
    with open_sync_store(settings) as store:
        assert store.counts("ada").upcoming >= 19
    assert list(folder(settings).glob("damaged-*")) == []


def test_another_damage_is_copied_too(settings: Settings) -> None:
    part = filled(settings)
    zero_middle(part)
    with pytest.raises(DamagedDataError):
        open_sync_store(settings)
    damage.repair(folder(settings))
    zero_middle(filled(settings))
    with pytest.raises(DamagedDataError):
        open_sync_store(settings)
    assert len(list(folder(settings).glob("damaged-*"))) == 2


def test_a_damaged_base_is_not_cut_to_nothing(settings: Settings) -> None:
    part = filled(settings)
    [base] = folder(settings).glob("appendonlydir/*.base.rdb")
    base.write_bytes(b"\0" * base.stat().st_size)
    with pytest.raises(DamagedDataError):
        open_sync_store(settings)
    before = part.read_bytes()
    with pytest.raises(ServerError, match=r"its base is damaged: copy .* from a backup"):
        damage.repair(folder(settings))
    assert part.read_bytes() == before


def test_the_data_of_a_server_that_runs_is_not_touched(settings: Settings) -> None:
    with open_sync_store(settings), pytest.raises(ServerError, match="runs"):
        damage.repair(folder(settings))


def test_a_missing_manifest_is_said_to_be(settings: Settings) -> None:
    filled(settings)
    [manifest] = folder(settings).glob("appendonlydir/*.manifest")
    manifest.unlink()
    with pytest.raises(ServerError, match="manifest"):
        damage.examine(folder(settings))


def test_without_a_copy_nothing_is_repaired(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = filled(settings)
    zero_middle(part)
    before = part.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("later_tui.store.damage.shutil.copytree", full)
    with pytest.raises(DamagedDataError, match="no copy could be made"):
        open_sync_store(settings)
    with pytest.raises(ServerError, match="without one it is not touched"):
        damage.repair(folder(settings))
    assert part.read_bytes() == before
