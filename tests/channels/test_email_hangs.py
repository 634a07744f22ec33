"""What goes wrong with a mail server that hangs, drops the connection or answers nonsense."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from later_tui.domain.errors import TransientError
from tests.channels.smtp_bad import Answer, Talk
from tests.channels.smtp_rig import Post, note
from tests.channels.test_email_faults import PASSWORD, message_ids


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with Post() as post:
        yield post


async def never(talk: Talk) -> bytes:
    return await talk.for_ever()


async def drip(talk: Talk) -> bytes:
    return await talk.drip(b"220-" + b"welcome to the pit " * 100, 0.1)


async def drop(talk: Talk) -> bytes:
    return await talk.drop()


@pytest.mark.parametrize("answer", [never, drip], ids=["silent", "a byte now and then"])
@pytest.mark.parametrize("verb", ["", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."])
async def test_a_tarpit_is_bounded_at_every_step(post: Post, verb: str, answer: Answer) -> None:
    server = await post.bad({verb: answer})
    channel = post.to(server, timeout=1, username="ada", password=PASSWORD)
    async with asyncio.timeout(30):
        with pytest.raises(TransientError, match="did not answer within 1 s"):
            await channel.send(note())


async def test_a_server_that_is_slow_at_every_step_is_bounded_as_a_whole(post: Post) -> None:
    async def slow(talk: Talk) -> bytes:
        await asyncio.sleep(0.8)
        return b"250 Ok\r\n"

    server = await post.bad(EHLO=slow, MAIL=slow, RCPT=slow, DATA=b"354 x\r\n", **{".": slow})
    channel = post.to(server, timeout=1)
    async with asyncio.timeout(30):
        with pytest.raises(TransientError, match="did not take the mail within 3 s"):
            await channel.send(note())


async def test_a_tls_handshake_that_never_ends_is_bounded(post: Post) -> None:
    server = await post.bad({"": never})
    channel = post.to(server, timeout=1, security="tls")
    async with asyncio.timeout(30):
        with pytest.raises(TransientError, match="did not answer within 1 s"):
            await channel.send(note())


async def test_a_server_that_hangs_holds_up_no_more_than_a_few(post: Post) -> None:
    """Fifty that wait for a silent server would fill every slot of the worker for a minute."""
    server = await post.bad({"": never})
    channel = post.to(server, timeout=1)
    async with asyncio.timeout(30):
        ends = await asyncio.gather(
            *(channel.send(note(number=i)) for i in range(50)), return_exceptions=True
        )
    assert all(isinstance(end, TransientError) for end in ends)
    assert server.connections == 1


@pytest.mark.parametrize("verb", ["", "EHLO", "MAIL", "RCPT", "DATA", "."])
async def test_a_dropped_connection_is_tried_again(post: Post, verb: str) -> None:
    server = await post.bad({verb: drop})
    with pytest.raises(TransientError):
        await post.to(server).send(note())


async def test_dropped_after_the_final_dot_it_comes_again_with_the_same_message_id(
    post: Post,
) -> None:
    server = await post.bad({".": [drop, b"250 2.0.0 Ok: queued as TWO\r\n"]})
    channel = post.to(server)
    with pytest.raises(TransientError):
        await channel.send(note(attempt=1, lateness_ms=0))
    receipt = await channel.send(note(attempt=2, lateness_ms=61_000))
    assert receipt.proof == "250 2.0.0 Ok: queued as TWO"
    first, second = message_ids(server.texts)
    assert first == second


# Lies


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        ("", b"HTTP/1.1 200 OK\r\n\r\n"),
        ("", b"\x16\x03\x01\x00\x00\r\n"),
        ("EHLO", b"\r\n"),
        ("MAIL", b"abc def\r\n"),
        ("RCPT", b"999 what\r\n"),
        ("RCPT", b"2\r\n"),
        ("RCPT", b"354 go on\r\n"),
        ("DATA", b"250 accepted already\r\n"),
        (".", b"354 still more\r\n"),
        (".", b"-12 below nothing\r\n"),
    ],
)
async def test_an_answer_that_makes_no_sense_is_never_taken_for_a_delivery(
    post: Post, verb: str, answer: bytes
) -> None:
    server = await post.bad({verb: answer})
    with pytest.raises(TransientError) as failed:
        await post.to(server, timeout=2).send(note())
    assert str(failed.value).isprintable()


@pytest.mark.parametrize("verb", ["", "EHLO", "RCPT", "."])
@pytest.mark.parametrize("ending", [b"", b"\r\n"], ids=["one line", "many lines"])
async def test_a_huge_answer_is_cut_off(post: Post, verb: str, ending: bytes) -> None:
    async def flood(talk: Talk) -> bytes:
        for _ in range(2_000):
            talk.writer.write(b"250-" + b"x" * 60_000 + ending)
            await talk.writer.drain()
        return b"250 Ok\r\n"

    server = await post.bad({verb: flood})
    async with asyncio.timeout(60):
        with pytest.raises(TransientError):
            await post.to(server, timeout=5).send(note())


async def test_answers_before_the_questions_deliver_nothing(post: Post) -> None:
    """A server that says "queued" before it has seen the mail, and then hangs up."""
    lies = b"220 hi\r\n250 Ok\r\n250 Ok\r\n250 Ok\r\n354 x\r\n250 2.0.0 Ok: queued as LIE\r\n"
    server = await post.bad({"": lies, "EHLO": drop})
    with pytest.raises(TransientError):
        await post.to(server, timeout=2).send(note())
