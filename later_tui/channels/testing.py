"""The contract that every channel keeps, as tests: a plugin's own tests derive from them.

It needs pytest and pytest-asyncio. In a file of the plugin's tests:

    class TestNtfy(ChannelContract):
        channel = Ntfy

        @pytest.fixture
        def table(self, server): return {"topic": "later", "url": server.url}

The table is what stands under `[channel.NAME]`; with it a send must arrive, so the server is one of
the test's own. docs/channels/plugins.md tells more.
"""

import asyncio
import logging
import os
import re
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Any, NoReturn

import pytest

from later_tui.channels.base import Availability, Channel, ChannelContext, Receipt
from later_tui.channels.samples import HOSTILE_TEXTS, notification
from later_tui.channels.testing_rig import ChannelRig
from later_tui.domain.errors import (
    ConfigError,
    DeliveryError,
    MaybeSentError,
    PermanentError,
    TransientError,
    UnavailableError,
)
from later_tui.domain.inert import one_line
from later_tui.domain.reminder import Origin

__all__ = ["HOSTILE_TEXTS", "ChannelContract", "notification"]

PERMITTED = (TransientError, PermanentError, UnavailableError, MaybeSentError)
_MARK = "later-contract-secret"
_FORBIDDEN = (
    *("redis", "hiredis", "textual", "pytest", "later_tui.store", "later_tui.worker"),
    *("later_tui.ui", "later_tui.cli", "later_tui.config"),
)


@pytest.mark.asyncio
class ChannelContract(ChannelRig):
    """The tests. A class that derives from it names the `channel` and gives the `table`."""

    # What it is

    async def test_it_has_every_part_of_a_channel(
        self, table: Mapping[str, object], context: ChannelContext
    ) -> None:
        async with self.opened(table, context) as channel:
            assert isinstance(channel, Channel)
            assert re.fullmatch(r"[a-z][a-z0-9_-]{0,31}", channel.name)
            assert channel.name == self.channel.name
            assert isinstance(channel.idempotent, bool)

    async def test_its_options_are_a_frozen_dataclass(self) -> None:
        options = self.channel.Options
        assert is_dataclass(options)
        assert vars(options)["__dataclass_params__"].frozen

    async def test_an_unknown_option_is_refused(self, table: Mapping[str, object]) -> None:
        with pytest.raises(ConfigError, match="no_such_option"):
            self.options({**table, "no_such_option": 1})

    async def test_a_wrong_option_is_named_and_not_echoed(
        self, table: Mapping[str, object]
    ) -> None:
        for key in table:
            with pytest.raises(ConfigError) as raised:
                self.options({**table, key: {"x": _MARK}})
            assert key in str(raised.value)
            assert _MARK not in str(raised.value)

    async def test_opening_it_touches_no_network(
        self,
        table: Mapping[str, object],
        context: ChannelContext,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def reached(*_: object) -> NoReturn:
            raise AssertionError("the channel used the network before it had anything to send")

        with monkeypatch.context() as patched:
            patched.setattr(socket.socket, "connect", reached)
            patched.setattr(socket, "getaddrinfo", reached)
            channel = self.channel(self.options(table), context)
        await channel.aclose()

    async def test_importing_it_imports_nothing_of_the_rest(self) -> None:
        code = (
            f"import sys, {self.channel.__module__}\n"
            f"print([name for name in {_FORBIDDEN!r} if name in sys.modules])"
        )
        environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        process = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-c", code],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (process.stdout, process.stderr) == ("[]\n", "")

    # Sending

    async def test_a_send_arrives_and_says_by_which_way(
        self, table: Mapping[str, object], context: ChannelContext
    ) -> None:
        async with self.opened(table, context) as channel:
            receipt = await self.sent(channel, notification())
            assert isinstance(receipt, Receipt)
            assert receipt.via
            assert one_line(receipt.via + receipt.proof) == receipt.via + receipt.proof

    async def test_many_are_sent_at_once(
        self, table: Mapping[str, object], context: ChannelContext
    ) -> None:
        many = [notification(f"number {n}", reminder_id=f"{n:012x}", message_id=f"{n:012x}.1")
                for n in range(10)]  # fmt: skip
        async with self.opened(table, context) as channel:
            receipts = await asyncio.gather(*(self.sent(channel, one) for one in many))
            assert len([receipt.via for receipt in receipts]) == len(many)

    async def test_every_kind_of_notification_is_sent(
        self, table: Mapping[str, object], context: ChannelContext
    ) -> None:
        kinds: tuple[dict[str, Any], ...] = (
            {"count": 12},
            {"tags": ()},
            {"tags": tuple(f"tag{n}" for n in range(50))},
            {"lateness_ms": 40 * 86_400_000},
            {"attempt": 7, "nag": 3},
            {"origin": Origin("", "", 0)},
            {"origin": Origin("host\t<b>", "~/a b/`id`/<i>", 1)},
        )
        async with self.opened(table, context) as channel:
            for kind in kinds:
                assert (await self.sent(channel, notification(**kind))).via

    async def test_the_same_may_be_sent_again_if_it_is_idempotent(
        self, table: Mapping[str, object], context: ChannelContext
    ) -> None:
        async with self.opened(table, context) as channel:
            if channel.idempotent:
                for attempt in (1, 2):
                    assert (await self.sent(channel, notification(attempt=attempt))).via

    async def test_no_text_breaks_it(
        self, table: Mapping[str, object], context: ChannelContext
    ) -> None:
        async with self.opened(table, context) as channel:
            for name, text in self.texts.items():
                try:
                    await self.sent(channel, notification(text))
                except DeliveryError as error:
                    self.is_a_sentence(error)
                except Exception as error:
                    raise AssertionError(f"the text {name!r} broke it") from error
            assert (await self.sent(channel, notification())).via

    async def test_a_send_that_is_cancelled_ends_and_harms_no_other(
        self, table: Mapping[str, object], context: ChannelContext
    ) -> None:
        before = asyncio.all_tasks()
        async with self.opened(table, context) as channel:
            for turns in range(12):
                task = asyncio.create_task(self.sent(channel, notification()))
                for _ in range(turns):
                    await asyncio.sleep(0)
                task.cancel()
                ended = (await asyncio.gather(task, return_exceptions=True))[0]
                assert isinstance(ended, Receipt | asyncio.CancelledError), ended
            assert (await self.sent(channel, notification())).via
        async with asyncio.timeout(30):
            while asyncio.all_tasks() - before:  # noqa: ASYNC110  (no event says so)
                await asyncio.sleep(0.02)

    async def test_what_cannot_be_reached_is_an_error_it_may_raise(
        self, unreachable: Mapping[str, object] | None, context: ChannelContext
    ) -> None:
        if unreachable is None:
            pytest.skip("there is no fixture `unreachable`")
        async with self.opened(unreachable, context) as channel:
            with pytest.raises(DeliveryError) as raised:
                await self.sent(channel, notification())
            assert isinstance(raised.value, PERMITTED)
            self.is_a_sentence(raised.value)
            assert isinstance(await channel.available(), Availability)

    # The rest

    async def test_it_says_whether_it_is_available(
        self, table: Mapping[str, object], context: ChannelContext
    ) -> None:
        async with self.opened(table, context) as channel, asyncio.timeout(self.longest_s):
            answer = await channel.available()
            assert isinstance(answer, Availability)
            assert answer.via if answer.ok else answer.reason

    async def test_what_was_never_sent_is_withdrawn_quietly(
        self, table: Mapping[str, object], context: ChannelContext
    ) -> None:
        async with self.opened(table, context) as channel, asyncio.timeout(self.longest_s):
            await channel.withdraw("ffffffffffff")
            await self.sent(channel, notification())
            for _ in (1, 2):
                await channel.withdraw(notification().reminder_id)

    async def test_it_may_be_closed_twice(
        self, table: Mapping[str, object], context: ChannelContext
    ) -> None:
        async with self.opened(table, context) as channel:
            await self.sent(channel, notification())
            await channel.aclose()  # and again at the end

    async def test_no_secret_is_shown(
        self,
        table: Mapping[str, object],
        unreachable: Mapping[str, object] | None,
        context: ChannelContext,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        shown: list[object] = []
        secrets: set[str] = set(self.secrets)
        with caplog.at_level(logging.DEBUG):
            for one in filter(None, (table, unreachable)):
                options = self.options(one)
                secrets.update(self.literals(one))
                async with self.opened(one, context) as channel:
                    shown += [options, channel, vars(type(channel))]
                    try:
                        shown += [await self.sent(channel, notification())]
                    except DeliveryError as error:
                        shown += [error, error.__cause__, error.__context__]
                    shown += [await channel.available()]
        told = "\n".join((*map(str, shown), *map(repr, shown), caplog.text))
        for secret in secrets:
            assert secret not in told
