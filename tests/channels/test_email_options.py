"""What is wrong in `[channel.email]` is said in one sentence, before anything is sent."""

from pathlib import Path

import pytest

from later_tui.channels.base import ChannelContext
from later_tui.channels.email import Email, EmailOptions, options
from later_tui.channels.options import read_options
from later_tui.domain.errors import ConfigError
from later_tui.domain.inert import one_line

SERVER = {"to": "ada@example.org", "host": "mail.example.org"}


def opened(table: dict[str, object]) -> Email:
    read = read_options(EmailOptions, table, "config.toml: channel.email")
    return Email(read, ChannelContext())


def told(table: dict[str, object]) -> str:
    with pytest.raises(ConfigError) as wrong:
        opened(table)
    assert "\n" not in str(wrong.value)
    return str(wrong.value)


@pytest.mark.parametrize(
    "to",
    [
        *("", "ada", "@example.org", "ada@", "a@b@example.org", "ada@exa mple.org"),
        *("ada@example.org, bob@example.org", "ada@example.org;bob@example.org"),
        *("Ada <ada@example.org>", "<ada@example.org>", "ada@example.org>", "ada@[127.0.0.1]"),
        *("ada@example..org", "ada@-example.org", "ada@.org", ".ada@example.org", "a..b@x.org"),
        *("-f@example.org", '"a b"@example.org', "a\u200bb@example.org", "a\u202eb@example.org"),
        *("ada@straße.example", "ada@ex\u200dample.org", "a" * 65 + "@example.org"),
        *("a@" + "b." * 130 + "org", "ada@example.org\r\nBcc: x@example.org", "a\0@example.org"),
        *("ada@example.org SIZE=1", "ada@exam\x85ple.org", "ada@example.org\u2028x"),
    ],
)
def test_an_address_that_is_not_exactly_one_is_refused(to: str) -> None:
    sentence = told({**SERVER, "to": to})
    assert sentence.startswith("config.toml: channel.email.to is ")
    assert one_line(sentence) == sentence


@pytest.mark.parametrize("mark", [", ", ";", " "])
def test_two_addresses_are_one_too_many(mark: str) -> None:
    sentence = told({**SERVER, "to": f"ada@example.org{mark}bob@example.org"})
    assert "exactly one address" in sentence


@pytest.mark.parametrize(
    ("to", "kept"),
    [
        ("ada@example.org", "ada@example.org"),
        ("Ada.L+later@Example.ORG", "Ada.L+later@example.org"),
        ("o'brien_x=y@sub.example.org", "o'brien_x=y@sub.example.org"),
        ("root@localhost", "root@localhost"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("zoe\u0308@example.org", "zo\u00eb@example.org"),
    ],
)
def test_an_address_is_kept_as_it_goes_on_the_wire(to: str, kept: str) -> None:
    assert read_options(EmailOptions, {"to": to}, "x").to == kept


@pytest.mark.parametrize(
    "host",
    ["", "smtp://mail.example.org", "mail.example.org:587", "ada@mail.example.org", "a b", "-x"],
)
def test_a_host_that_is_more_than_a_name_is_refused(host: str) -> None:
    assert "a server's name" in told({**SERVER, "host": host})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"username": "ada"}, "password is missing"),
        ({"password": "hunter2"}, "username is missing"),
        ({"security": "none"}, "readable by all"),
        ({"security": "ssl"}, "security"),
        ({"port": 0}, "port"),
        ({"port": 65_536}, "port"),
        ({"timeout": 0}, "timeout"),
        ({"timeout": 61}, "timeout"),
        ({"sendmail": "/usr/sbin/sendmail"}, "host and sendmail are both set"),
        ({"ca_file": "ca.pem"}, "full path"),
        ({"ca_file": "/nonexistent/ca.pem"}, "there is no file"),
        ({"sender": "later"}, "channel.email.sender"),
        ({"hots": "x"}, '"host"'),
    ],
)
def test_options_that_contradict_are_said(changes: dict[str, object], sentence: str) -> None:
    found = told({**SERVER, **changes})
    assert sentence in found
    assert "hunter2" not in found


def test_without_a_recipient_nothing_is_sent() -> None:
    assert "channel.email.to is missing" in told({"host": "mail.example.org"})


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "::1", "[::1]"])
def test_unencrypted_goes_to_this_machine_alone(host: str) -> None:
    opened({**SERVER, "host": host, "security": "none"})


def test_unencrypted_elsewhere_must_be_meant() -> None:
    opened({**SERVER, "security": "none", "allow_unencrypted": True})


def test_each_security_has_its_port() -> None:
    for security, port in (("tls", 465), ("starttls", 587)):
        read = read_options(EmailOptions, {**SERVER, "security": security}, "x")
        way = options.way(read)
        assert isinstance(way, options.Server)
        assert way.port == port


def test_without_a_host_a_local_sendmail_is_used_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "sendmail"
    monkeypatch.setattr(options, "SENDMAIL", str(program))
    assert "set host or sendmail" in told({"to": "ada@example.org"})
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    way = options.way(read_options(EmailOptions, {"to": "ada@example.org"}, "x"))
    assert way == options.Program(str(program))
    assert "username is set, but host is not" in told({"to": "ada@example.org", "username": "a"})


async def test_a_file_that_holds_no_certificates_is_said(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("nothing")
    channel = opened({**SERVER, "ca_file": str(file)})
    assert "holds no certificates" in (await channel.available()).reason


def test_no_option_and_no_channel_shows_the_password() -> None:
    read = read_options(EmailOptions, {**SERVER, "username": "a", "password": "hunter2"}, "x")
    channel = Email(read, ChannelContext())
    assert "hunter2" not in f"{read!r} {channel!r} {vars(channel)!r} {vars(channel._way)!r}"
