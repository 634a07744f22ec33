"""Every channel of ours is under the contract, and the contract finds each breach of it.

Its tests on our own channels are in `test_NAME_contract.py`, beside their servers.
"""

import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from later_tui.channels.registry import GROUP

GOOD = """
import asyncio, logging, socket
from dataclasses import dataclass
from later_tui.channels.base import Availability, Receipt
from later_tui.channels.options import Secret
from later_tui.domain.errors import *

@dataclass(frozen=True, slots=True, kw_only=True)
class PigeonOptions:
    loft: str = "north"
    corn: Secret | None = None

class Pigeon:
    name = "pigeon"
    idempotent = True
    Options = PigeonOptions
    def __init__(self, options, context): self.options = options; self.closed = False
    async def send(self, notification):
        await asyncio.sleep(0)
        return Receipt("pigeon", "it came back")
    async def available(self): return Availability(True, "pigeon")
    async def withdraw(self, reminder_id): pass
    async def aclose(self): self.closed = True
"""
TESTS = """
import pytest
from later_tui.channels.testing import ChannelContract
from pigeon import Pigeon
class TestPigeon(ChannelContract):
    channel = Pigeon
    longest_s = 20
    @pytest.fixture
    def table(self): return {"loft": "north", "corn": "very-secret-corn"}
    @pytest.fixture
    def unreachable(self): return {"loft": "away"} if "away" in Pigeon.name else None
"""

BREACHES = {
    "has_every_part": "    name = 'Big Pigeon'",
    "frozen_dataclass": """
    @dataclass
    class Options:
        loft: str = "n"
        corn: Secret | None = None
""",
    "touches_no_network": """
    def __init__(self, options, context): socket.getaddrinfo("localhost", 9)
""",
    "a_send_arrives": """
    async def send(self, notification): return Receipt("")
""",
    "many_are_sent_at_once": """
    busy = False
    async def send(self, notification):
        if Pigeon.busy: raise TransientError("one at a time")
        Pigeon.busy = True
        try: await asyncio.sleep(0.01)
        finally: Pigeon.busy = False
        return Receipt("pigeon")
""",
    "every_kind_of_notification": """
    async def send(self, notification):
        assert notification.tags[0]
        return Receipt("pigeon")
""",
    "same_may_be_sent_again": """
    async def send(self, notification):
        if notification.attempt == 2: raise PermanentError("again?")
        return Receipt("pigeon")
""",
    "no_text_breaks_it": """
    async def send(self, notification):
        notification.text % ()
        return Receipt("pigeon")
""",
    "cancelled_ends_and_harms_no_other": """
    async def send(self, notification):
        try: await asyncio.sleep(0.01)
        except asyncio.CancelledError: raise RuntimeError("swallowed") from None
        return Receipt("pigeon")
""",
    "whether_it_is_available": """
    async def available(self): return Availability(False)
""",
    "withdrawn_quietly": """
    async def withdraw(self, reminder_id): raise KeyError(reminder_id)
""",
    "closed_twice": """
    async def aclose(self):
        if self.closed: raise RuntimeError("closed already")
        self.closed = True
""",
    "no_secret_is_shown": """
    async def send(self, notification):
        logging.getLogger("pigeon").debug("corn: %s", await self.options.corn.reveal())
        return Receipt("pigeon")
""",
    "cannot_be_reached": """
    name = "away"
    async def send(self, notification):
        if self.options.loft == "away": raise OSError("no route")
        return Receipt("pigeon")
""",
}


def ran(folder: Path, source: str) -> tuple[set[str], str]:
    """Run the contract on a channel; return the tests that did not pass, and what was said."""
    (folder / "pigeon.py").write_text(source)
    (folder / "test_pigeon.py").write_text(TESTS)
    (folder / "pytest.ini").write_text("[pytest]\nasyncio_mode = strict\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rfE", "--tb=short"],
        cwd=folder,
        env={"PYTHONPATH": ":".join(filter(None, (str(folder), *sys.path))), "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    failed = re.findall(r"^(?:FAILED|ERROR) \S+::(test_\w+)", done.stdout, re.MULTILINE)
    return set(failed), done.stdout + done.stderr


def test_a_good_channel_passes(tmp_path: Path) -> None:
    failed, said = ran(tmp_path, GOOD)
    assert failed == set(), said
    assert "passed" in said


@pytest.mark.parametrize("part", BREACHES)
def test_a_breach_is_found_by_its_own_test(tmp_path: Path, part: str) -> None:
    body = BREACHES[part].strip("\n")
    failed, said = ran(tmp_path, f"{GOOD}\nGood = Pigeon\nclass Pigeon(Good):\n{body}\n")
    assert any(part in name for name in failed), said


def test_a_channel_that_imports_what_it_must_not_is_found(tmp_path: Path) -> None:
    failed, said = ran(tmp_path, f"import redis\n{GOOD}")
    assert failed == {"test_importing_it_imports_nothing_of_the_rest"}, said


def test_every_channel_of_ours_is_under_the_contract() -> None:
    ours = {
        point.value.partition(":")[2]
        for point in entry_points(group=GROUP)
        if point.dist is not None and point.dist.name == "later-tui"
    }
    tested = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*_contract.py"))
    assert {name for name in ours if f"channel = {name}\n" not in tested} == set()
