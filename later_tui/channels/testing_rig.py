"""What the contract's tests are made of: what a plugin's author gives, and opening and sending."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import fields
from typing import Any, ClassVar, get_type_hints

import pytest

from later_tui.channels.base import Channel, ChannelContext, Notification, Receipt
from later_tui.channels.option_types import not_none
from later_tui.channels.options import read_options
from later_tui.channels.samples import HOSTILE_TEXTS
from later_tui.channels.secret import Secret
from later_tui.domain.errors import DeliveryError
from later_tui.domain.inert import inert, one_line


class ChannelRig:
    """Opens the `channel` with the `table`, and sends by it."""

    channel: ClassVar[Any]
    """The class that the entry point names."""
    longest_s: ClassVar[float] = 120.0
    """How long a send may take by the channel's own bound, s."""
    secrets: ClassVar[tuple[str, ...]] = ()
    """Secrets that are in no field of the type Secret, such as a token within a URL."""
    texts: ClassVar[Mapping[str, str]] = {name: inert(text) for name, text in HOSTILE_TEXTS.items()}
    """The texts that must do no harm, by name."""

    @pytest.fixture
    def table(self) -> Mapping[str, object]:
        """What stands under `[channel.NAME]`; a send with it arrives."""
        raise NotImplementedError("give the fixture `table`: what stands under [channel.NAME]")

    @pytest.fixture
    def unreachable(self) -> Mapping[str, object] | None:
        """A table with which nothing can be sent now, such as a port where nobody listens."""
        return None

    @pytest.fixture
    def context(self) -> ChannelContext:
        """What the channel is given besides its options."""
        return ChannelContext()

    @asynccontextmanager
    async def opened(
        self, table: Mapping[str, object], context: ChannelContext
    ) -> AsyncIterator[Channel]:
        """Open the channel, and close it in the end."""
        channel: Channel = self.channel(self.options(table), context)
        try:
            yield channel
        finally:
            await channel.aclose()

    async def sent(self, channel: Channel, one: Notification) -> Receipt:
        """Send within the channel's own bound."""
        async with asyncio.timeout(self.longest_s):
            return await channel.send(one)

    def is_a_sentence(self, error: DeliveryError) -> None:
        """Check that an error can be shown to the person as it is."""
        assert str(error).strip()
        assert one_line(str(error)) == str(error)

    def options(self, table: Mapping[str, object]) -> Any:
        """Return the options out of a table. Raises ConfigError."""
        where = f"config.toml: channel.{self.channel.name}"
        return read_options(self.channel.Options, table, where)

    def literals(self, table: Mapping[str, object]) -> Iterable[str]:
        """Return the secrets that stand in the table itself."""
        hints = get_type_hints(self.channel.Options)
        hidden = {name for name, hint in hints.items() if not_none(hint) is Secret}
        hidden |= {field.name for field in fields(self.channel.Options) if not field.repr}
        return [str(value) for key, value in table.items() if key in hidden]
