"""A worker serves every channel that the configuration names anywhere."""

from dataclasses import replace
from pathlib import Path

from later_tui.channels.base import ChannelContext
from later_tui.config.load import load
from later_tui.config.settings import Settings
from later_tui.worker.opening import named_channels, open_named


def test_the_routes_and_the_tables_name_channels_each_once(settings: Settings) -> None:
    tables: dict[str, dict[str, object]] = {"email": {}, "desktop": {}, "terminal": {}}
    told = replace(settings, channels=("desktop", "email"), channel_options=tables)
    assert named_channels(told) == ("desktop", "email", "terminal")


def test_a_route_by_tag_names_channels_too(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        '[tags]\nwork = "email then sms"\n[channel.webhook]\nurl = "https://h.example"\n'
    )
    told = load({"config": str(file)}, {"HOME": str(tmp_path)})
    assert named_channels(told) == ("desktop", "email", "sms", "webhook")


async def test_one_that_cannot_be_opened_stops_no_other(settings: Settings) -> None:
    tables: dict[str, dict[str, object]] = {"sms": {"provider": "fax"}, "desktop": {"stay": False}}
    told = replace(settings, channels=("desktop",), channel_options=tables)
    opened = open_named(told, ChannelContext())
    assert list(opened.channels) == ["desktop"]
    said = str(opened.problems["sms"])
    assert said.startswith(f'{told.config_file}: channel.sms.provider is "fax"; expected one of')
    for channel in opened.channels.values():
        await channel.aclose()
