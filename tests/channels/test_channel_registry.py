"""Channels are found by entry points of installed packages, and imported one by one."""

import subprocess
import sys
from pathlib import Path

import pytest

from later_tui.channels.base import Channel, ChannelContext
from later_tui.channels.registry import (
    channel_names,
    installed_channels,
    load_channel,
    open_channel,
    open_channels,
)
from later_tui.domain.errors import ConfigError

GOOD = """
from dataclasses import dataclass, field
from later_tui.channels.base import Availability, Receipt
from later_tui.channels.secret import Secret
@dataclass(frozen=True, slots=True, kw_only=True)
class PigeonOptions:
    loft: str = ""
    corn: Secret | None = None
class Pigeon:
    name = "pigeon"
    idempotent = False
    Options = PigeonOptions
    def __init__(self, options, context): self.options, self.context = options, context
    async def send(self, notification): return Receipt("pigeon")
    async def available(self): return Availability(True, "pigeon")
    async def withdraw(self, reminder_id): pass
    async def aclose(self): pass
class Refuses(Pigeon):
    def __init__(self, options, context):
        from later_tui.domain.errors import ConfigError
        raise ConfigError("[channel.pigeon] the loft is missing")
class Breaks(Pigeon):
    def __init__(self, options, context): raise RuntimeError("no corn")
class Exits(Pigeon):
    def __init__(self, options, context): raise SystemExit(3)
class Odd(Pigeon):
    @dataclass
    class Options:
        loft: set = field(default_factory=set)
class Bare(Pigeon):
    Options = dict
def gives_nothing(options, context): return None
gives_nothing.Options = PigeonOptions
def open_channel(context): return Pigeon(None, context)
number = 7
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def package(folder: Path, name: str, **points: str) -> None:
    """Install a package that offers channels, as pip lays it down."""
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    lines = [f"{channel} = {value}" for channel, value in points.items()]
    (info / "entry_points.txt").write_text("\n".join(["[later.channels]", *lines]) + "\n")


def module(folder: Path, name: str, source: str) -> None:
    (folder / f"{name}.py").write_text(source)


def test_names_are_listed_and_nothing_is_imported(install: Path) -> None:
    package(install, "later-bomb", bomb="bomb_channel:Bomb")
    module(install, "bomb_channel", "raise SystemExit('imported')")
    assert {"bomb", "desktop"} <= set(channel_names())
    assert "bomb_channel" not in sys.modules


def test_only_the_named_channel_is_imported() -> None:
    code = (
        "import sys\n"
        "from later_tui.channels.registry import channel_names, load_channel\n"
        "print(channel_names(), any('desktop' in m for m in sys.modules))\n"
        "load_channel('desktop')\n"
        "heavy = ('dbus_fast', 'plyer', 'desktop_notifier', 'textual', 'redis', 'pytest')\n"
        "print([m for m in heavy if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    listed, heavy = done.stdout.splitlines()
    assert "'desktop'" in listed
    assert listed.endswith("False")
    assert heavy == "[]"


def test_a_plugin_is_opened_with_its_own_table_and_the_context(install: Path) -> None:
    package(install, "later-pigeon", pigeon="pigeon_channel:Pigeon")
    module(install, "pigeon_channel", GOOD)
    context = ChannelContext()
    tables = {"pigeon": {"loft": "north"}, "desktop": {"stay": False}}
    opened = open_channels(["pigeon", "pigeon"], tables, context)
    assert opened.problems == {}
    channel = opened.channels["pigeon"]
    assert isinstance(channel, Channel)
    assert channel.options.loft == "north"  # type: ignore[attr-defined]
    assert channel.context is context  # type: ignore[attr-defined]
    sys.modules.pop("pigeon_channel", None)


def test_wrong_options_are_told_with_the_file_and_the_key(install: Path) -> None:
    package(install, "later-pigeon", pigeon="pigeon_channel:Pigeon")
    module(install, "pigeon_channel", GOOD)
    with pytest.raises(ConfigError) as raised:
        open_channel("pigeon", {"lofd": "n"}, ChannelContext(), file="/etc/later.toml")
    assert str(raised.value) == (
        '/etc/later.toml: channel.pigeon has no option "lofd"; expected "loft"'
    )
    sys.modules.pop("pigeon_channel", None)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("missing_module:Pigeon", "cannot be imported, so mend or uninstall later-odd"),
        ("odd_channel:Missing", "cannot be imported"),
        ("syntax_channel:Pigeon", "SyntaxError"),
        ("exit_channel:Pigeon", "SystemExit: 3"),
        ("odd_channel:number", "must name a class with a dataclass `Options`"),
        ("odd_channel:open_channel", "must name a class with a dataclass `Options`"),
        ("odd_channel:Bare", "must name a class with a dataclass `Options`"),
        ("odd_channel:Breaks", "cannot be opened: RuntimeError: no corn"),
        ("odd_channel:Exits", "cannot be opened: SystemExit: 3"),
        ("odd_channel:Odd", "cannot be opened: TypeError: an option cannot be of the type"),
        ("odd_channel:gives_nothing", "gave a NoneType, which lacks"),
        ("odd_channel:Refuses", "the loft is missing"),
    ],
)
def test_a_broken_plugin_is_named_and_stops_no_other(install: Path, value: str, said: str) -> None:
    package(install, "later-odd", odd=value)
    module(install, "odd_channel", GOOD)
    module(install, "syntax_channel", "def (")
    module(install, "exit_channel", "raise SystemExit(3)")
    tables: dict[str, dict[str, object]] = {"odd": {"loft": "n"}}
    opened = open_channels(["odd", "desktop"], tables, ChannelContext())
    assert list(opened.channels) == ["desktop"]
    assert said in str(opened.problems["odd"])
    assert "\n" not in str(opened.problems["odd"])
    sys.modules.pop("odd_channel", None)


def test_an_unknown_channel_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"no channel 'fax'; installed are: .*desktop"):
        load_channel("fax")


def test_a_channel_offered_twice_is_refused(install: Path) -> None:
    package(install, "later-one", twice="one:Channel")
    package(install, "later-two", twice="two:Channel")
    with pytest.raises(ConfigError, match="offered by later-one and later-two"):
        load_channel("twice")


def test_a_plugin_cannot_take_the_place_of_our_own_channel(install: Path) -> None:
    package(install, "later-evil", desktop="evil:Desktop")
    package(install, "a-later-evil", desktop="evil:Desktop")
    assert open_channel("desktop", {}, ChannelContext()).name == "desktop"
    [desktop] = [one for one in installed_channels() if one.name == "desktop"]
    assert (desktop.package, desktop.ours) == ("later-tui", True)
