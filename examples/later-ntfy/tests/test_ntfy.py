"""The channel against a server that answers as ntfy does, on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from later_ntfy import Ntfy

from later_tui.channels.base import ChannelContext
from later_tui.channels.testing import ChannelContract, notification
from later_tui.domain.errors import DeliveryError, PermanentError, TransientError, UnavailableError

TOPIC = "a-topic-nobody-guesses"
TOKEN = "tk_very_secret"


class Handler(BaseHTTPRequestHandler):
    """Answers as the documentation says, or with the status that the test wants."""

    server: "NtfyServer"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.headers.get("Authorization"), json.loads(body)))
        status = self.server.status
        said = {"id": "sPs71M8A2T", "event": "message"}
        if status != 200:
            said = {"code": status * 100, "http": status, "error": f"no, {TOPIC}\n{TOKEN}"}
        answer = json.dumps(said).encode()
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "7")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        pass


class NtfyServer(ThreadingHTTPServer):
    request_queue_size = 64
    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.heard: list[tuple[str | None, dict[str, object]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: object) -> None:
        """A client that hung up is no fault of the test."""


@pytest.fixture
def server() -> Iterator[NtfyServer]:
    with NtfyServer() as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.02,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


class TestNtfy(ChannelContract):
    channel = Ntfy

    @pytest.fixture
    def table(self, server: NtfyServer) -> dict[str, object]:
        return {"topic": TOPIC, "token": TOKEN, "server": server.url}

    @pytest.fixture
    def unreachable(self) -> dict[str, object]:
        return {"topic": TOPIC, "server": "http://127.0.0.1:9"}

    @pytest.mark.asyncio
    async def test_it_is_published_to_the_topic(
        self, server: NtfyServer, table: dict[str, object]
    ) -> None:
        async with self.opened(table, ChannelContext()) as channel:
            receipt = await channel.send(notification("call mum", tags=("family",)))
        assert (receipt.via, receipt.proof) == ("ntfy", "200 OK, id sPs71M8A2T")
        [(authorization, message)] = server.heard
        assert authorization == f"Bearer {TOKEN}"
        assert message == {
            "topic": TOPIC,
            "sequence_id": notification().reminder_id,
            "title": "later",
            "message": "call mum",
            "tags": ["family"],
        }

    @pytest.mark.parametrize(
        ("status", "error"),
        [
            (401, UnavailableError),
            (403, UnavailableError),
            (429, TransientError),
            (507, TransientError),
            (400, PermanentError),
            (413, PermanentError),
            (302, PermanentError),
        ],
    )
    @pytest.mark.asyncio
    async def test_a_refusal_is_an_error_of_its_kind(
        self,
        server: NtfyServer,
        table: dict[str, object],
        status: int,
        error: type[DeliveryError],
    ) -> None:
        server.status = status
        async with self.opened(table, ChannelContext()) as channel:
            with pytest.raises(error) as raised:
                await channel.send(notification())
            assert str(status) in str(raised.value)
            assert TOPIC not in str(raised.value)
            assert TOKEN not in str(raised.value)
            assert (await channel.available()).ok == (error is not UnavailableError)
        if isinstance(raised.value, TransientError):
            assert raised.value.retry_after_ms == (7000 if status == 429 else None)

    @pytest.mark.asyncio
    async def test_a_long_text_is_cut_between_letters(
        self, server: NtfyServer, table: dict[str, object]
    ) -> None:
        async with self.opened(table, ChannelContext()) as channel:
            await channel.send(notification("日本" * 3000))
        [(_, message)] = server.heard
        assert message["message"] == ("日本" * 3000)[:1333]  # three bytes each
