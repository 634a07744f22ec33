"""The channel `apprise` keeps the contract of every channel, its failures included."""

import socket
from collections.abc import Iterator, Mapping

import pytest

from later_tui.channels.apprise import Apprise
from later_tui.channels.testing import ChannelContract
from tests.channels.apprise_rig import Service

pytest.importorskip("apprise", reason="the extra apprise is not installed")
# On Python 3.11 and 3.12 apprise asks for the old module imghdr.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


class TestApprise(ChannelContract):
    channel = Apprise
    secrets = ("s3kr1t-k3y",)

    @pytest.fixture
    def table(self) -> Iterator[Mapping[str, object]]:
        service = Service()
        yield {"url": f"json://ann:s3kr1t-k3y@{service.at}/s3kr1t-k3y", "title": "later"}
        service.close()

    @pytest.fixture
    def unreachable(self) -> Iterator[Mapping[str, object]]:
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            yield {"url": f"json://ann:s3kr1t-k3y@127.0.0.1:{held.getsockname()[1]}/s3kr1t-k3y"}
