"""What a mail says, and that no text breaks out of it."""

from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from later_tui.channels.base import Notification
from later_tui.channels.email.header import PlainHeader
from later_tui.channels.email.message import compose
from later_tui.channels.email.words import Sent
from later_tui.channels.samples import HOSTILE_TEXTS
from later_tui.domain.inert import inert, one_line
from later_tui.domain.reminder import Origin
from later_tui.domain.times import TimeFormat
from tests.channels.smtp_rig import ADA, DAY, DUE, ONE, ZURICH, note

HEADERS = [
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
    *("X-Auto-Response-Suppress", "MIME-Version", "Content-Type"),
]
LONG = "a" * 60 + "@" + ".".join(["b" * 60, "c" * 60, "d" * 50, "org"])


def parsed(notification: Notification, sender: str = ADA, to: str = ADA) -> EmailMessage:
    now = notification.due_at + notification.lateness_ms
    content = compose(notification, sender, to, Sent(now, ZURICH)).content
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(content)


def text(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


class Page(HTMLParser):
    """Collects what a mail program would make of the page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.values: list[str] = []
        self.words = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.values += [f"{name}={value}" for name, value in attrs]
        self.words += "\n" if tag == "br" else ""

    def handle_data(self, data: str) -> None:
        self.words += data.replace("\n", "")


def page(message: EmailMessage) -> Page:
    part = message.get_body(("html",))
    assert part is not None
    return Page(str(part.get_content()))


def test_the_mail_says_the_thought_where_it_comes_from_and_how_to_answer() -> None:
    mail = parsed(note("call mum\nabout the boat", tags=("family", "sea"), number=7))
    assert mail["From"] == f"later <{ADA}>"
    assert mail["To"] == ADA
    assert mail["Subject"] == "call mum"
    assert text(mail) == (
        "call mum\nabout the boat\n\n"
        "from you, 19 days ago, on mill in ~/src/foo\n"
        "#family #sea\n\n"
        "Answer in a terminal:\n"
        "  later done 8q2mz7k4ts07        it is done\n"
        "  later again 8q2mz7k4ts07       bring it back, at another random moment\n"
        "  later snooze 8q2mz7k4ts07 2h   bring it back in two hours\n"
        "  later let-go 8q2mz7k4ts07      it was not worth it\n"
    )


def test_the_page_says_the_same_as_the_text() -> None:
    mail = parsed(note("call mum\n  about the boat", tags=("family",), lateness_ms=2 * DAY, nag=3))
    words = page(mail).words.replace("\xa0", " ")
    for line in filter(None, map(str.strip, text(mail).split("\n"))):
        for part in line.split("   "):
            assert part.strip() in words


def test_a_late_mail_says_how_late_and_is_dated_when_it_is_sent() -> None:
    mail = parsed(note(lateness_ms=2 * DAY))
    assert "2 days late: it was due on Mon 24 Nov 17:00" in text(mail)
    assert mail["Date"] == "Wed, 26 Nov 2025 17:00:00 +0100"
    assert "it was due" not in text(parsed(note(lateness_ms=900)))


def test_every_attempt_has_the_same_message_id_and_each_reminder_its_own() -> None:
    tries = [note(attempt=n, lateness_ms=n * 60_000) for n in range(1, 5)]
    ids = {parsed(one)["Message-ID"] for one in tries}
    assert ids == {"<8q2mz7k4ts00.0@example.org>"}
    others = {parsed(note(number=n))["Message-ID"] for n in range(10)}
    assert len(others) == 10


def test_a_nag_is_a_mail_of_its_own_in_the_thread_of_the_first() -> None:
    first, second = parsed(note()), parsed(note(nag=2))
    assert second["Message-ID"] != first["Message-ID"]
    assert second["References"] == second["In-Reply-To"] == first["Message-ID"]
    assert second["Subject"] == first["Subject"], "some programs thread by it"
    assert "sent 2 times before, and not answered yet" in text(second)
    assert "References" not in first


def test_a_nag_with_a_message_id_of_its_own_keeps_it_and_its_thread() -> None:
    mail = parsed(note(nag=1, message_id="8q2mz7k4ts00.0.1"))
    assert mail["Message-ID"] == "<8q2mz7k4ts00.0.1@example.org>"
    assert mail["References"] == "<8q2mz7k4ts00.0@example.org>"


def test_what_was_to_come_a_while_after_is_late_by_its_own_time() -> None:
    one = note(lateness_ms=5 * 60_000)  # 30 minutes after another channel, and 5 min late
    content = compose(one, ADA, ADA, Sent(DUE + 35 * 60_000, ZURICH)).content
    assert b"\r\n5 min late\r\n" in content


def test_times_are_written_as_the_person_writes_them() -> None:
    one = note(lateness_ms=2 * DAY)
    sent = Sent(DUE + 2 * DAY, ZURICH, TimeFormat(twelve=True))
    assert b"due on Mon 24 Nov 5:00pm" in compose(one, ADA, ADA, sent).content


def test_a_header_is_one_line_whatever_it_is_given() -> None:
    header = PlainHeader.of("Subject", "a\r\nBcc: x\x85y\u2028z\0\x1c")
    assert header.fold(policy=policy.SMTP) == "Subject: a Bcc: x y z\r\n"


def test_a_digest_says_how_many_and_asks_for_no_answer_by_id() -> None:
    digest = note("one\ntwo\n… and 10 more", count=12, reminder_id="digest.ada", round=0)
    mail = parsed(digest)
    assert mail["Subject"] == "12 reminders came back while you were away"
    assert text(mail).startswith("one\ntwo\n… and 10 more\n\n")
    assert "later list --unanswered" in text(mail)
    assert "digest.ada" not in text(mail)


def test_no_machine_answers_it() -> None:
    mail = parsed(note())
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "OOF, AutoReply"


def test_the_message_id_is_of_the_senders_domain() -> None:
    mail = parsed(note(), sender="later@mail.example.net")
    assert mail["Message-ID"].endswith("@mail.example.net>")
    assert mail["From"] == "later <later@mail.example.net>"


@pytest.mark.parametrize(
    ("thought", "subject"),
    [
        ("x" * 200, "x" * 69 + "…"),
        ("word " * 40, ("word " * 14).rstrip() + "…"),
        ("first\nsecond", "first"),
        ("\u2028one\u2028two", "one"),
        ("a" * 67 + "👩‍👩‍👧‍👦 and more", "a" * 67 + "…"),
        ("e\u0301" * 60, "e\u0301" * 34 + "…"),
        ("", "a reminder"),
    ],
)
def test_a_subject_is_one_short_line(thought: str, subject: str) -> None:
    assert parsed(note(thought))["Subject"] == subject


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_no_text_becomes_a_header_an_element_or_a_command(name: str) -> None:
    hostile = HOSTILE_TEXTS[name]
    mail = parsed(note(hostile, tags=(hostile[:50],), origin=Origin(hostile, hostile, DUE)))
    assert sorted(mail.keys()) == sorted(HEADERS)
    assert mail["To"] == ADA
    assert mail["Subject"].isprintable() or inert(mail["Subject"]) == mail["Subject"]
    kept = inert(hostile).strip()
    assert text(mail).startswith(kept)
    shown = page(mail)
    assert {*shown.tags} <= {
        *("html", "head", "meta", "title", "style", "body", "table", "tr", "td", "div", "p", "br"),
    }
    assert not [value for value in shown.values if "://" in value or value.startswith("on")]
    assert "".join(kept.split()) in "".join(shown.words.split())


ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)


@given(thought=ANY, other=ANY)
@example("x\r\nBcc: x@example.org\r\n\r\nbody", "y\r\nBcc: y")
@example("=?utf-8?q?x=0D=0ABcc:_x?=", "=?utf-8?b?QUJD?=")
@example("a\x85Bcc: x\u2028Bcc: y\u2029Bcc: z\x00\x0b\x0c\x1c\x1d\x1e", "\ud800")
@example("ü" * 70, "日本語 " * 30)
def test_no_text_at_all_breaks_out(thought: str, other: str) -> None:
    one = note(thought, tags=(other,), origin=Origin(other, thought, DUE), message_id=other)
    content = compose(one, LONG, LONG, Sent(DUE, ZURICH)).content
    assert content.isascii()
    lines = content.split(b"\r\n")
    assert all(len(line) <= 998 and not {10, 13} & {*line} for line in lines)
    mail = BytesParser(EmailMessage, policy=policy.default).parsebytes(content)
    assert sorted(mail.keys()) == sorted(HEADERS)
    assert mail["To"] == LONG
    first = next(filter(None, map(str.strip, inert(thought).strip().split("\n"))), "a reminder")
    assert mail["Subject"].rstrip("…") == one_line(first)[: len(mail["Subject"].rstrip("…"))]
    assert text(mail).startswith(inert(thought).strip())
    assert mail["Message-ID"].count("@") == 1
    assert not mail["Message-ID"].defects


def test_an_address_beyond_ascii_is_written_as_it_is() -> None:
    mail = compose(replace(ONE, text="grüße"), ADA, "zoë@example.org", Sent(DUE, ZURICH))
    assert mail.utf8
    assert b"\r\nTo: zo\xc3\xab@example.org\r\n" in mail.content
