"""Mail by a local sendmail: a real program that writes down what it gets."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest

from later_tui.domain.clock import ManualClock
from later_tui.domain.errors import PermanentError, TransientError, UnavailableError
from tests.channels.smtp_rig import ADA, Post, note
from tests.worker.conftest import eventually


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with Post() as post:
        yield post


def program(folder: Path, then: str = "") -> str:
    """Make a sendmail that writes its arguments and its input into files, and does `then`."""
    path = folder / "send mail"
    path.write_text(
        f"#!{sys.executable}\n"
        "import os, pathlib, subprocess, sys, time\n"
        f"here = pathlib.Path({str(folder)!r})\n"
        "given = sys.stdin.buffer.read()\n"
        "(here / 'arguments').write_text('\\0'.join(sys.argv[1:]))\n"
        "(here / 'folder').write_text(os.getcwd())\n"
        "(here / 'given.part').write_bytes(given)\n"
        "(here / 'given.part').rename(here / 'given')\n"
        f"{then}\n"
    )
    path.chmod(0o755)
    return str(path)


async def test_the_mail_is_handed_to_the_program_for_one_recipient(
    post: Post, tmp_path: Path
) -> None:
    path = program(tmp_path)
    channel = post.channel(sendmail=path, sender="later@example.org")
    assert (await channel.available()).via == f"sendmail {path}"
    receipt = await channel.send(note("call mum\n.\nBcc: x@example.org"))
    assert receipt.via == f"sendmail {path}"
    assert receipt.proof == f"{path} has taken it"
    arguments = (tmp_path / "arguments").read_text().split("\0")
    assert arguments == ["-i", "-f", "later@example.org", ADA]
    given = (tmp_path / "given").read_bytes()
    assert b"\r" not in given
    mail = BytesParser(EmailMessage, policy=policy.default).parsebytes(given)
    assert (mail["To"], mail["Bcc"], mail["Subject"]) == (ADA, None, "call mum")
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().startswith("call mum\n.\nBcc: x@example.org\n")


@pytest.mark.parametrize(
    ("code", "error", "what"),
    [
        (75, TransientError, "status 75"),
        (69, TransientError, "status 69"),
        (71, TransientError, "status 71"),
        (1, TransientError, "status 1"),
        (67, PermanentError, "refused the recipient"),
        (68, PermanentError, "refused the recipient's domain"),
        (65, PermanentError, "refused the mail"),
        (64, UnavailableError, "status 64"),
        (77, UnavailableError, "status 77"),
        (78, UnavailableError, "status 78"),
    ],
)
async def test_its_exit_code_says_what_is_done_and_its_words_why(
    post: Post, tmp_path: Path, code: int, error: type[Exception], what: str
) -> None:
    words = "sys.stderr.write('the queue is \\x1b[31mfull\\x07\\n\\n' * 200)"
    path = program(tmp_path, f"{words}; sys.exit({code})")
    clock = ManualClock()
    channel = post.channel(clock, sendmail=path)
    with pytest.raises(error, match=what) as failed:
        await channel.send(note())
    assert "the queue is [31mfull" in str(failed.value)
    assert str(failed.value).isprintable()
    assert len(str(failed.value)) < 400 + len(path)
    assert (await channel.available()).ok == (error is not UnavailableError)
    if error is UnavailableError:
        (tmp_path / "given").unlink()
        with pytest.raises(error):
            await channel.send(note())
        assert not (tmp_path / "given").exists(), "it is left alone for a while"
    clock.advance(121_000)
    assert (await channel.available()).ok


async def test_one_that_was_killed_is_tried_again(post: Post, tmp_path: Path) -> None:
    path = program(tmp_path, "os.kill(os.getpid(), 9)")
    with pytest.raises(TransientError, match="status -9"):
        await post.channel(sendmail=path).send(note())


async def test_one_that_hangs_is_ended_with_its_children(post: Post, tmp_path: Path) -> None:
    then = (
        "child = subprocess.Popen(['sleep', '600'])\n"
        "(here / 'child').write_text(f'{child.pid} {os.getpid()}')\n"
        "time.sleep(600)"
    )
    channel = post.channel(sendmail=program(tmp_path, then), timeout=3)
    async with asyncio.timeout(60):
        with pytest.raises(TransientError, match="did not take the mail within 9 s"):
            await channel.send(note())
    for pid in map(int, (tmp_path / "child").read_text().split()):
        await eventually(lambda pid=pid: not alive(pid), 30)


async def test_what_it_leaves_behind_to_deliver_does_not_hold_up_the_mail(
    post: Post, tmp_path: Path
) -> None:
    then = (
        "child = subprocess.Popen(['sleep', '600'])\n(here / 'child').write_text(str(child.pid))\n"
    )
    channel = post.channel(sendmail=program(tmp_path, then))
    async with asyncio.timeout(30):
        await channel.send(note())
    pid = int((tmp_path / "child").read_text())
    assert alive(pid), "it may be about to deliver"
    os.kill(pid, 9)


async def test_one_that_reads_nothing_is_no_trouble(post: Post, tmp_path: Path) -> None:
    path = tmp_path / "sendmail"
    path.write_text("#!/bin/sh\nexit 0\n")
    path.chmod(0o755)
    await post.channel(sendmail=str(path)).send(note("x" * 16_000))


@pytest.mark.parametrize("what", ["missing", "folder", "no interpreter"])
async def test_one_that_cannot_be_run_pauses_the_channel(
    post: Post, tmp_path: Path, what: str
) -> None:
    path = tmp_path / "sendmail"
    if what == "folder":
        path.mkdir()
    elif what == "no interpreter":
        path.write_text("#!/nonexistent/sh\n")
        path.chmod(0o755)
    channel = post.channel(sendmail=str(path))
    with pytest.raises(UnavailableError):
        await channel.send(note())
    state = await channel.available()
    assert not state.ok
    assert str(path) in state.reason


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        if Path("/proc/self/stat").exists():
            return False
    else:
        return state not in "ZX"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
