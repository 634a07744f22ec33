"""The real apprise against a server on loopback: what arrives, and what each failure is called."""

import asyncio
import logging
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from later_tui.channels.apprise import Apprise
from later_tui.channels.base import ChannelContext
from later_tui.channels.options import read_options
from later_tui.domain.errors import (
    ConfigError,
    DeliveryError,
    MaybeSentError,
    PermanentError,
    TransientError,
    UnavailableError,
)
from tests.channels.apprise_rig import Service
from tests.channels.desktop_rig import BAD_TEXTS, note

pytest.importorskip("apprise", reason="the extra apprise is not installed")
# On Python 3.11 and 3.12 apprise asks for the old module imghdr.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

KEY = "s3kr1t-k3y"


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()
    yield service
    service.close()


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address where nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{held.getsockname()[1]}"


def opened(url: str, patience: float = 60.0, **options: object) -> Apprise:
    read = read_options(Apprise.Options, {"url": url, **options}, "channel.apprise")
    return Apprise(read, ChannelContext(), patience=patience)


async def test_a_json_service_gets_the_thought_and_when_it_was_written(service: Service) -> None:
    receipt = await opened(f"json://{service.at}/x").send(note("call <mum> & dad\nsecond line"))
    assert (receipt.via, receipt.proof) == ("apprise, JSON", "apprise says that JSON took it")
    (got,) = service.got
    assert got["title"] == "later · from you, 19 days ago"
    assert got["message"] == "call <mum> & dad\nsecond line"


async def test_ntfy_gets_it_by_its_own_api_and_no_picture_of_anothers(service: Service) -> None:
    receipt = await opened(f"ntfy://{service.at}/topic").send(note("call mum"))
    assert receipt.via == "apprise, ntfy"
    (got,) = service.got
    assert (got["topic"], got["message"]) == ("topic", "call mum")
    assert not any("://" in value for header in service.headers for value in header.values())


@pytest.mark.parametrize(("title", "shown"), [("Later!", "Later!"), ("", "")])
async def test_the_title_can_be_set_and_left_out(title: str, shown: str, service: Service) -> None:
    await opened(f"json://{service.at}/", title=title).send(note("call mum"))
    assert service.got[0]["title"] == shown
    assert service.got[0]["message"] == "call mum"


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
async def test_any_text_arrives_and_does_nothing(text: str, service: Service) -> None:
    await opened(f"json://{service.at}/").send(note(text))
    message = service.got[0]["message"]
    assert not set(message) & set("\x00\x07\x1b\x9b\r\u202e\u2028")
    if text.isascii() and text.isprintable() and len(text) < 100:
        assert message == text.strip()


async def test_a_service_that_reads_html_gets_the_text_escaped(service: Service) -> None:
    await opened(f"json://{service.at}/?format=html").send(note("<img src=x> & done"))
    assert "<img" not in service.got[0]["message"]
    assert "&lt;img" in service.got[0]["message"]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, PermanentError),
        (413, PermanentError),
        (401, UnavailableError),
        (403, UnavailableError),
        (404, UnavailableError),
        (429, TransientError),
        (500, TransientError),
        (503, TransientError),
        (502, MaybeSentError),
        (504, MaybeSentError),
    ],
)
async def test_a_status_of_refusal_is_told_by_its_number(
    status: int, kind: type[DeliveryError], service: Service
) -> None:
    with pytest.raises(kind, match=f"JSON answered {status}") as raised:
        await opened(f"json://{service.at}/{status}/{KEY}").send(note())
    assert type(raised.value) is kind
    assert KEY not in str(raised.value)
    assert "secret" not in str(raised.value)


async def test_a_service_that_is_not_there_is_tried_again(nobody: str) -> None:
    with pytest.raises(TransientError, match="JSON cannot be reached"):
        await opened(f"json://{nobody}/").send(note())


async def test_a_host_without_address_is_tried_again() -> None:
    with pytest.raises(TransientError, match="cannot be reached"):
        await opened("json://later.invalid/").send(note())


async def test_a_connection_that_breaks_after_the_request_may_have_sent(service: Service) -> None:
    with pytest.raises(MaybeSentError, match="broke while it was being sent"):
        await opened(f"json://{service.at}/drop").send(note())
    assert len(service.got) == 1


async def test_a_service_that_does_not_answer_may_have_got_it(service: Service) -> None:
    with pytest.raises(MaybeSentError, match="broke while it was being sent"):
        await opened(f"json://{service.at}/hang?rto=0.2").send(note())


async def test_a_send_without_end_is_left_and_may_have_been_sent(service: Service) -> None:
    channel = opened(f"json://{service.at}/hang?rto=60", patience=2.0)
    assert (await channel.available()).ok  # apprise is imported by now
    with pytest.raises(MaybeSentError, match="not done within 2 s"):
        await channel.send(note())
    # The thread that hangs stands in nobody's way.
    await channel.aclose()
    await opened(f"json://{service.at}/").send(note("another"))
    assert service.got[-1]["message"] == "another"


async def test_of_two_services_one_failing_is_not_sent_again(service: Service, nobody: str) -> None:
    channel = opened(f"json://{service.at}/ json://{nobody}/")
    with pytest.raises(MaybeSentError, match="1 of 2 services took it, and JSON did not"):
        await channel.send(note())


async def test_two_services_that_both_take_it_are_named(service: Service) -> None:
    receipt = await opened(f"json://{service.at}/, ntfy://{service.at}/t").send(note())
    assert receipt.via == "apprise, JSON and ntfy"
    assert len(service.got) == 2


@pytest.mark.parametrize("url", ["nonsense", f"unknown://{KEY}@x", f"json://:{KEY}@"])
async def test_a_url_that_apprise_does_not_know_pauses_the_channel(url: str) -> None:
    channel = opened(url)
    with pytest.raises(UnavailableError, match=r"knows no service of the url") as raised:
        await channel.send(note())
    answer = await channel.available()
    assert not answer.ok
    assert "knows no service" in answer.reason
    assert KEY not in f"{raised.value!r}{answer}"


async def test_wrong_credentials_leave_the_service_in_peace(service: Service) -> None:
    channel = opened(f"json://{service.at}/401")
    assert (await channel.available()).via == "apprise, JSON"
    with pytest.raises(UnavailableError):
        await channel.send(note())
    assert "401" in (await channel.available()).reason


async def test_a_url_that_cannot_be_had_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LATER_TEST_URL", raising=False)
    read = read_options(Apprise.Options, {"url_env": "LATER_TEST_URL"}, "channel.apprise")
    channel = Apprise(read, ChannelContext())
    assert "LATER_TEST_URL" in (await channel.available()).reason
    with pytest.raises(UnavailableError, match="LATER_TEST_URL"):
        await channel.send(note())


async def test_the_key_is_in_no_log_and_no_error(
    service: Service, nobody: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[object] = []
    for url in (
        f"json://u:{KEY}@{service.at}/{KEY}?+X-Key={KEY}",
        f"json://u:{KEY}@{service.at}/400/{KEY}",
        f"json://u:{KEY}@{nobody}/{KEY}",
        f"unknown://{KEY}",
    ):
        channel = opened(url)
        told += [channel.__dict__, await channel.available()]
        try:
            told.append(await channel.send(note()))
        except DeliveryError as error:
            told += [error, repr(error), error.__cause__]
    assert KEY not in f"{told}{caplog.text}{[r.__dict__ for r in caplog.records]}"


async def test_the_loop_goes_on_while_services_are_slow(service: Service) -> None:
    channel = opened(f"json://{service.at}/hang?rto=60")
    sends = [asyncio.create_task(channel.send(note())) for _ in range(8)]
    await asyncio.to_thread(service.until_got, 8)  # all at once, and the loop still turns
    for send in sends:
        send.cancel()
    assert all(
        isinstance(end, asyncio.CancelledError)
        for end in await asyncio.gather(*sends, return_exceptions=True)
    )


async def test_when_every_thread_hangs_the_next_is_tried_later(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("later_tui.channels.apprise.channel._MOST", 2)
    channel = opened(f"json://{service.at}/hang?rto=60")
    sends = [asyncio.create_task(channel.send(note())) for _ in range(2)]
    await asyncio.to_thread(service.until_got, 2)
    with pytest.raises(TransientError, match="too many sends of apprise hang"):
        await channel.send(note())
    for send in sends:
        send.cancel()
    await asyncio.gather(*sends, return_exceptions=True)


async def test_a_thread_that_is_done_is_free_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("later_tui.channels.apprise.channel._MOST", 1)
    channel = opened(f"json://{service.at}/")
    for _ in range(3):
        await channel.send(note())
    unknown = opened("nonsense")
    for _ in range(3):
        with pytest.raises(UnavailableError, match="knows no service"):
            await unknown.send(note())


HANGING = """
import asyncio, sys
from later_tui.channels.apprise import Apprise
from later_tui.channels.base import ChannelContext
from later_tui.channels.options import read_options
from tests.channels.desktop_rig import note

async def main():
    options = read_options(Apprise.Options, {"url": sys.argv[1]}, "channel.apprise")
    channel = Apprise(options, ChannelContext())
    send = asyncio.create_task(channel.send(note()))
    await asyncio.to_thread(sys.stdin.readline)
    send.cancel()
    await asyncio.gather(send, return_exceptions=True)

asyncio.run(main())
print("left", flush=True)
"""


def test_a_hanging_service_does_not_keep_the_process(service: Service) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HANGING, f"json://{service.at}/hang?rto=600"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        service.until_got(1)
        output, _ = process.communicate("\n", timeout=60)  # the service hangs for 600 s
    finally:
        process.kill()
    assert output == "left\n"


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    found: Callable[[str], object] = lambda _name: None  # noqa: E731
    monkeypatch.setattr("later_tui.channels.apprise.channel.find_spec", found)
    with pytest.raises(ConfigError, match=r"pip install 'later-tui\[apprise\]'"):
        opened("json://localhost/")


def test_opening_it_imports_no_apprise() -> None:
    program = (
        "import sys; from later_tui.channels.apprise import Apprise; "
        "from later_tui.channels.base import ChannelContext; "
        "from later_tui.channels.options import read_options; "
        "Apprise(read_options(Apprise.Options, {'url': 'json://x'}, 'x'), ChannelContext()); "
        "print('apprise' in sys.modules or 'requests' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("False\n", "")
