"""Which addresses a webhook may go to, and that it goes to the one that was checked."""

import socket
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from later_tui.channels.base import ChannelContext
from later_tui.channels.options import read_options
from later_tui.channels.webhook import Webhook
from later_tui.channels.webhook.addresses import why_private
from later_tui.domain.errors import ConfigError, TransientError, UnavailableError
from tests.channels.http_server import answer, serving
from tests.channels.sms_providers import thought
from tests.faults.certificates import Authority

PRIVATE = {
    "127.0.0.1": "this machine",
    "127.9.9.9": "this machine",
    "0.0.0.0": "this machine",
    "0.1.2.3": "this machine",
    "::1": "this machine",
    "::": "this machine",
    "10.0.0.1": "a private network",
    "172.16.0.1": "a private network",
    "172.31.255.255": "a private network",
    "192.168.1.1": "a private network",
    "fc00::1": "a private network",
    "fd00:ec2::254": "a private network",
    "169.254.169.254": "a link-local address",
    "fe80::1": "a link-local address",
    "fec0::1": "a link-local address",
    "100.64.0.1": "a carrier's inner network",
    "100.127.255.255": "a carrier's inner network",
    "224.0.0.1": "a multicast or broadcast address",
    "255.255.255.255": "a multicast or broadcast address",
    "ff02::1": "a multicast or broadcast address",
    "192.0.2.1": "a reserved address",
    "198.18.0.1": "a reserved address",
    "240.0.0.1": "a reserved address",
    "2001:db8::1": "a reserved address",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2": "a reserved address",
    "3fff::1": "a reserved address",
    "64:ff9b:1::7f00:1": "a reserved address",
    "::ffff:127.0.0.1": "this machine",
    "::ffff:10.0.0.1": "a private network",
    "::127.0.0.1": "a reserved address",
    "64:ff9b::7f00:1": "this machine",
    "64:ff9b::a9fe:a9fe": "a link-local address",
    "2002:7f00:1::": "this machine",
    "2002:c0a8:101::1": "a private network",
}


@pytest.mark.parametrize(("address", "kind"), PRIVATE.items())
def test_an_address_that_is_not_public_is_known(address: str, kind: str) -> None:
    assert why_private(ip_address(address)) == kind


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
     "2606:4700::1111", "2a00:1450::1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::"],
)  # fmt: skip
def test_a_public_address_is_taken(address: str) -> None:
    assert why_private(ip_address(address)) == ""


def webhook(**table: object) -> Webhook:
    return Webhook(
        read_options(Webhook.Options, table, "config.toml: channel.webhook"), ChannelContext()
    )


class Names:
    """Answers look-ups, the first with the first list, and remembers them."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        self.asked.append(host)
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        family = {4: socket.AF_INET, 6: socket.AF_INET6}
        return [
            (family[ip_address(one).version], socket.SOCK_STREAM, 6, "", (one, port))
            for one in found
        ]


@pytest.mark.parametrize("host", PRIVATE)
async def test_a_private_address_in_the_url_is_refused(host: str) -> None:
    written = f"[{host}]" if ":" in host else host
    channel = webhook(url=f"https://{written}:1/hook")
    with pytest.raises(UnavailableError) as refused:
        await channel.send(thought())
    assert PRIVATE[host] in str(refused.value)
    assert "allow_private = true" in str(refused.value)
    assert not (await channel.available()).ok


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "2130706433", "0x7f.1", "127.1"])
async def test_this_machine_by_any_other_name_is_refused(host: str) -> None:
    with pytest.raises((UnavailableError, TransientError)) as refused:
        await webhook(url=f"https://{host}:1/hook").send(thought())
    assert "this machine" in str(refused.value) or "was not found" in str(refused.value)


async def test_a_name_with_private_addresses_alone_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = Names(["10.0.0.7", "fd00::7"])
    async with serving(answer(200)) as server:
        monkeypatch.setattr(socket, "getaddrinfo", names)
        with pytest.raises(UnavailableError, match=r"a private network \(10\.0\.0\.7\)"):
            await webhook(url=f"https://hook.example.org:{server.port}/").send(thought())
    assert server.connections == 0


async def test_only_the_public_addresses_of_a_name_are_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(["10.0.0.7", "1.1.1.1", "::1", "1.0.0.1"]))
    channel = webhook(url="https://hook.example.org/")
    assert await channel._target.addresses() == ["1.1.1.1", "1.0.0.1"]


async def test_it_connects_to_the_address_that_was_checked_and_verifies_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path, "ours")
    # Asked again, the name would lead elsewhere: it is not asked again.
    names = Names(["127.0.0.1"], ["127.0.0.99"])
    async with serving(answer(204), authority.sign("DNS:hook.example.org")) as server:
        monkeypatch.setattr(socket, "getaddrinfo", names)
        channel = webhook(
            url=f"https://hook.example.org:{server.port}/a?b=c",
            allow_private=True,
            ca_file=str(authority.file),
        )
        receipt = await channel.send(thought())
        await channel.aclose()
    assert (receipt.via, receipt.proof) == ("hook.example.org", "204 No Content")
    assert names.asked == ["hook.example.org"]
    [request] = server.requests
    assert request.headers["host"] == f"hook.example.org:{server.port}"
    assert request.path == "/a?b=c"


async def test_the_certificate_must_be_of_the_name_and_not_of_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path, "ours")
    async with serving(answer(204), authority.sign("IP:127.0.0.1")) as server:
        monkeypatch.setattr(socket, "getaddrinfo", Names(["127.0.0.1"]))
        channel = webhook(
            url=f"https://hook.example.org:{server.port}/",
            allow_private=True,
            ca_file=str(authority.file),
        )
        with pytest.raises(TransientError, match="certificate is not valid"):
            await channel.send(thought())
        await channel.aclose()
    assert server.requests == []


async def test_the_next_address_is_tried_where_one_is_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path, "ours")
    async with serving(answer(200), authority.sign("DNS:hook.example.org")) as server:
        monkeypatch.setattr(socket, "getaddrinfo", Names(["127.0.0.2", "127.0.0.1"]))
        channel = webhook(
            url=f"https://hook.example.org:{server.port}/",
            allow_private=True,
            ca_file=str(authority.file),
        )
        assert (await channel.send(thought())).proof == "200 OK"
        await channel.aclose()
    assert len(server.requests) == 1


async def test_an_address_in_the_url_needs_a_certificate_of_that_address(tmp_path: Path) -> None:
    authority = Authority(tmp_path, "ours")
    async with serving(answer(200), authority.sign("IP:127.0.0.1")) as server:
        channel = webhook(url=f"{server.url}/hook", allow_private=True, ca_file=str(authority.file))
        assert (await channel.send(thought())).proof == "200 OK"
        await channel.aclose()


async def test_an_ipv6_address_in_the_url_works() -> None:
    try:
        async with serving(answer(200), host="::1") as server:
            channel = webhook(url=f"http://[::1]:{server.port}/hook", allow_private=True)
            assert (await channel.send(thought())).proof == "200 OK"
            await channel.aclose()
            assert server.requests[0].headers["host"] == f"[::1]:{server.port}"
    except OSError:
        pytest.skip("this machine has no IPv6")


async def test_plain_http_goes_to_no_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(["1.1.1.1"]))
    with pytest.raises(UnavailableError, match="use https"):
        await webhook(url="http://hook.example.org/", allow_private=True).send(thought())


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ({"url": "http://hook.example.org/"}, "plain http"),
        ({"url": "http://127.0.0.1/"}, "allow_private"),
        ({"url": "ftp://hook.example.org/"}, "expected a URL"),
        ({"url": "https://ada:geheim@hook.example.org/"}, "without a user"),
        ({"url": "https://hook.example.org/#geheim"}, "without a #"),
        ({"url": "https://hook.example.org:0/geheim"}, "expected a URL"),
        ({"url": "https://hook .example.org/geheim"}, "expected a URL"),
        ({"url": "https://☃.example.org/geheim"}, "cannot be"),
        ({"url": "file:///etc/passwd"}, "expected a URL"),
        ({}, "url is missing"),
        ({"url": "https://x.org", "allow_private": "yes"}, "true or false"),
        ({"url": "https://x.org", "secrte": "geheim"}, "secret"),
    ],
)
def test_a_wrong_option_is_refused_and_shows_neither_url_nor_secret(
    table: dict[str, object], why: str
) -> None:
    with pytest.raises(ConfigError, match=why) as refused:
        webhook(**table)
    assert "geheim" not in str(refused.value)


def test_the_options_do_not_show_the_url() -> None:
    assert "geheim" not in repr(webhook(url="https://hook.example.org/geheim")._options)


async def test_authorities_that_cannot_be_read_make_the_channel_wait(tmp_path: Path) -> None:
    (tmp_path / "bad.pem").write_text("not a certificate")
    for name in ("bad.pem", "missing.pem"):
        channel = webhook(
            url="https://127.0.0.1:1/", allow_private=True, ca_file=str(tmp_path / name)
        )
        assert f"{name} cannot be read" in (await channel.available()).reason
        with pytest.raises(UnavailableError, match=f"{name} cannot be read"):
            await channel.send(thought())
        assert not (await channel.available()).ok
