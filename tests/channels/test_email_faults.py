"""What goes wrong with a mail server that answers: refusals, log-ins, encryption."""

import base64
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from later_tui.domain.clock import ManualClock
from later_tui.domain.errors import PermanentError, TransientError, UnavailableError
from tests.channels.smtp_rig import Post, note
from tests.faults.certificates import Authority
from tests.worker.conftest import eventually

PASSWORD = "hunter2-hunter2"


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with Post() as post:
        yield post


def message_ids(texts: list[bytes]) -> list[bytes]:
    return [
        line for text in texts for line in text.split(b"\r\n") if line.startswith(b"Message-ID")
    ]


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        ("", b"421 4.3.2 too busy\r\n"),
        ("EHLO", b"421 4.3.2 too busy\r\n"),
        ("MAIL", b"421 4.3.2 too busy\r\n"),
        ("MAIL", b"451 4.7.1 too busy\r\n"),
        ("RCPT", b"450 4.2.0 too busy\r\n"),
        ("RCPT", b"452-4.2.2 mailbox\r\n452 4.2.2 too busy\r\n"),
        ("DATA", b"451 4.3.0 too busy\r\n"),
        (".", b"452 4.3.1 too busy\r\n"),
    ],
)
async def test_a_4xx_is_tried_again_and_has_the_servers_words(
    post: Post, verb: str, answer: bytes
) -> None:
    server = await post.bad({verb: answer})
    channel = post.to(server)
    with pytest.raises(TransientError, match=rf"{answer[:3].decode()} .*too busy"):
        await channel.send(note())
    assert (await channel.available()).ok


@pytest.mark.parametrize(
    ("verb", "answer", "what"),
    [
        ("MAIL", b"553 5.7.1 not your address\r\n", "refused the sender: 553 5.7.1 not your"),
        ("RCPT", b"550 5.1.1 no such user\r\n", "refused the recipient: 550 5.1.1 no such user"),
        ("DATA", b"554 5.5.1 no valid recipients\r\n", "refused the mail: 554 5.5.1 no valid"),
        (".", b"550-5.7.1 looks\r\n550 5.7.1 like spam\r\n", "refused the mail: 550 5.7.1 looks"),
        (".", b"552 5.3.4 too big\r\n", "refused the mail: 552 5.3.4 too big"),
    ],
)
async def test_a_5xx_is_failed_with_the_servers_words(
    post: Post, verb: str, answer: bytes, what: str
) -> None:
    server = await post.bad({verb: answer})
    with pytest.raises(PermanentError) as failed:
        await post.to(server).send(note())
    assert str(failed.value).startswith(f"smtp 127.0.0.1 {what}")


async def test_after_a_5xx_the_server_is_told_good_bye(post: Post) -> None:
    server = await post.bad(RCPT=b"550 5.1.1 no such user\r\n")
    with pytest.raises(PermanentError):
        await post.to(server).send(note())
    await eventually(lambda: server.count("QUIT") == 1, 30)


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        ("AUTH", b"535 5.7.8 bad credentials\r\n"),
        ("AUTH", b"534 5.7.9 application-specific password required\r\n"),
        ("MAIL", b"530 5.7.0 authentication required\r\n"),
        ("", b"554 5.7.1 your network is blocked\r\n"),
        ("EHLO", b"550 5.7.1 your name is blocked\r\n"),
    ],
)
async def test_a_refusal_of_everything_pauses_the_channel_until_it_is_worth_trying(
    post: Post, verb: str, answer: bytes
) -> None:
    server = await post.bad({verb: answer})
    clock = ManualClock(1_764_000_000_000)
    channel = post.to(server, clock, username="ada", password=PASSWORD)
    with pytest.raises(UnavailableError, match=answer[:3].decode()):
        await channel.send(note())
    before = server.connections
    for _ in range(3):
        state = await channel.available()
        assert not state.ok
        assert answer[4:20].decode() in state.reason
        assert "17:15" in state.reason
        with pytest.raises(UnavailableError):
            await channel.send(note())
    assert server.connections == before
    clock.advance(901_000)
    server.answers[verb] = b"220 hello\r\n" if verb == "" else b"250 Ok\r\n"
    if verb == "AUTH":
        server.answers[verb] = b"235 Ok\r\n"
    elif verb == "EHLO":
        server.answers[verb] = b"250-bad.test\r\n250 AUTH PLAIN\r\n"
    assert (await channel.available()).ok
    await channel.send(note())


async def test_a_login_that_fails_for_now_is_tried_again(post: Post) -> None:
    server = await post.bad(AUTH=b"454 4.7.0 temporary failure\r\n")
    channel = post.to(server, username="ada", password=PASSWORD)
    with pytest.raises(TransientError, match="refused the login: 454"):
        await channel.send(note())
    assert (await channel.available()).ok


async def test_a_wrong_password_is_tried_by_one_way_only(post: Post) -> None:
    server = await post.bad(
        EHLO=b"250-bad.test\r\n250 AUTH CRAM-MD5 LOGIN PLAIN\r\n", AUTH=b"535 5.7.8 no\r\n"
    )
    with pytest.raises(UnavailableError):
        await post.to(server, username="ada", password=PASSWORD).send(note())
    assert server.count("AUTH") == 1
    assert server.count("AUTH PLAIN") == 1


async def test_a_way_to_log_in_that_is_offered_but_not_known_is_passed_over(post: Post) -> None:
    server = await post.bad(AUTH=[b"504 5.5.4 unknown\r\n", b"334 UGFzc3dvcmQ6\r\n"])
    server.answers[base64.b64encode(PASSWORD.encode()).decode().upper()] = b"235 Ok\r\n"
    await post.to(server, username="ada", password=PASSWORD).send(note())
    assert server.count("AUTH LOGIN") == 1


async def test_a_server_without_a_login_is_said(post: Post) -> None:
    server = await post.bad(EHLO=b"250-bad.test\r\n250 SIZE 100\r\n")
    channel = post.to(server, username="ada", password=PASSWORD)
    with pytest.raises(UnavailableError, match="offers no login at all"):
        await channel.send(note())
    assert server.count("MAIL") == 0


async def test_a_password_that_the_server_repeats_is_shown_nowhere(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    coded = base64.b64encode(f"\0ada\0{PASSWORD}".encode())
    said = b"535 5.7.8 bad: " + PASSWORD.encode() + b" or " + coded + b"\r\n"
    server = await post.bad(AUTH=said)
    channel = post.to(server, username="ada", password=PASSWORD)
    with caplog.at_level("DEBUG"), pytest.raises(UnavailableError) as refused:
        await channel.send(note())
    shown = f"{refused.value!r} {(await channel.available()).reason} {caplog.text}"
    error: BaseException | None = refused.value
    while error is not None:
        shown += repr(error)
        error = error.__context__
    assert "bad: … or …" in shown
    assert PASSWORD not in shown
    assert coded.decode() not in shown


async def test_words_of_a_server_can_do_nothing(post: Post) -> None:
    evil = b"550 5.1.1 \x1b]0;x\x07 \x9b2J \xff\xfe [@click=app.quit]x[/] " + b"long " * 500
    server = await post.bad(RCPT=evil + b"\r\n")
    with pytest.raises(PermanentError) as failed:
        await post.to(server).send(note())
    assert str(failed.value).isprintable()
    assert len(str(failed.value)) < 320


# Encryption


async def test_starttls_that_was_stripped_is_refused_and_nothing_is_sent(post: Post) -> None:
    server = await post.bad(EHLO=b"250-bad.test\r\n250 AUTH PLAIN\r\n")
    channel = post.to(server, security="starttls", username="ada", password=PASSWORD)
    with pytest.raises(UnavailableError, match="offers no STARTTLS"):
        await channel.send(note())
    assert {line.split()[0] for line in server.said} == {b"EHLO"}
    assert not (await channel.available()).ok


async def test_starttls_that_is_refused_is_never_sent_around(post: Post) -> None:
    server = await post.bad(STARTTLS=b"454 4.7.0 TLS not available\r\n")
    channel = post.to(server, security="starttls", username="ada", password=PASSWORD)
    with pytest.raises(TransientError, match="refused to encrypt: 454"):
        await channel.send(note())
    assert {line.split()[0] for line in server.said} <= {b"EHLO", b"STARTTLS", b"QUIT"}


async def test_what_was_slipped_in_before_the_encryption_is_not_believed(
    post: Post, tmp_path: Path
) -> None:
    """As a man in the middle does it: replies in the clear, behind the answer to STARTTLS."""
    authority = Authority(tmp_path, "post")
    server = await post.bad(
        STARTTLS=b"220 go on\r\n250-bad.test\r\n250 AUTH PLAIN\r\n235 Ok\r\n250 Ok\r\n"
    )
    server.upgrade = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.upgrade.load_cert_chain(*authority.sign("IP:127.0.0.1"))
    server.answers["AUTH"] = b"535 5.7.8 the real server\r\n"
    channel = post.to(
        server,
        security="starttls",
        ca_file=str(authority.file),
        username="ada",
        password=PASSWORD,
        timeout=5,
    )
    with pytest.raises((UnavailableError, TransientError)):
        await channel.send(note())
    assert server.texts == []


async def test_a_server_without_tls_on_its_port_is_said(post: Post) -> None:
    server = await post.bad()
    channel = post.to(server, security="tls", timeout=5)
    with pytest.raises(UnavailableError, match="does not speak TLS on this port"):
        await channel.send(note())


# Silence and broken connections


async def test_a_server_that_takes_no_address_beyond_ascii_is_said(post: Post) -> None:
    server = await post.bad()
    channel = post.to(server, to="zoë@example.org")
    with pytest.raises(PermanentError, match="takes no address with letters beyond ASCII"):
        await channel.send(note())
    assert server.count("MAIL") == 0
