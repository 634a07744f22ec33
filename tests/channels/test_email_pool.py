"""A few connections are shared by many mails, and none is lost on the way."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from later_tui.channels.email.connection import Connection
from later_tui.channels.email.options import Server
from later_tui.channels.email.pool import MOST, Pool
from later_tui.domain.errors import TransientError
from tests.channels.smtp_real import RealServer
from tests.channels.smtp_rig import Post
from tests.worker.conftest import eventually


@pytest.fixture
async def server() -> AsyncIterator[RealServer]:
    async with Post() as post:
        yield await post.real()


@pytest.fixture
async def pool(server: RealServer) -> AsyncIterator[Pool]:
    async def connect() -> Connection:
        connection = Connection(
            Server(
                host="127.0.0.1",
                port=server.port,
                security="none",
                username=None,
                password=None,
                ca_file=None,
                step_s=20,
            )
        )
        await connection.open(None, "")
        return connection

    pool = Pool(connect)
    yield pool
    await pool.aclose()


async def test_a_turn_that_comes_as_its_mail_is_cancelled_goes_to_the_next(
    pool: Pool, server: RealServer
) -> None:
    taken = [await pool.take() for _ in range(MOST)]
    first, second = (asyncio.create_task(pool.take()) for _ in range(2))
    await asyncio.sleep(0)
    pool.give_back(taken.pop())
    first.cancel()
    async with asyncio.timeout(30):
        connection = await second
    assert first.cancelled()
    for one in (*taken, connection):
        pool.give_back(one)
    assert server.connections == MOST


async def test_one_that_waits_and_is_cancelled_takes_no_turn(pool: Pool) -> None:
    taken = [await pool.take() for _ in range(MOST)]
    waiting = asyncio.create_task(pool.take())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    for one in taken:
        pool.give_back(one)
    async with asyncio.timeout(30):
        again = [await pool.take() for _ in range(MOST)]
    for one in again:
        pool.give_back(one)


async def test_what_carries_a_mail_while_all_is_closed_is_closed_after_it(
    pool: Pool, server: RealServer
) -> None:
    connection = await pool.take()
    await pool.aclose()
    pool.give_back(connection)
    await eventually(lambda: server.open == 0, 30)


async def test_those_who_wait_learn_that_the_server_is_silent(pool: Pool) -> None:
    taken = [await pool.take() for _ in range(MOST)]
    waiting = [asyncio.create_task(pool.take()) for _ in range(5)]
    await asyncio.sleep(0)
    pool.lose(TransientError("silent"))
    async with asyncio.timeout(30):
        ends = await asyncio.gather(*waiting, return_exceptions=True)
    assert [str(end) for end in ends] == ["silent"] * 5
    taken.pop().abort()
    for one in taken:
        pool.give_back(one)
