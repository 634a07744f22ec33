"""HTTP's Retry-After, in both its forms."""

import time

import pytest

from later_tui.channels.http.retryafter import retry_after

NOW = 784_111_777_000  # Sun, 06 Nov 1994 08:49:37 GMT


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", 120_000),
        (" 5 ", 5_000),
        ("0", 0),
        ("Sun, 06 Nov 1994 08:50:37 GMT", 60_000),
        ("Sunday, 06-Nov-94 08:50:37 GMT", 60_000),
        ("Sun Nov  6 08:50:37 1994", 60_000),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
        ("Sun, 06 Nov 1994 07:00:00 GMT", 0),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("1e9", None),
        ("٣", None),
        ("Sun, 99 Nov 1994 08:50:37 GMT", None),
    ],
)
def test_the_wait_is_read_or_none(value: str | None, wait: int | None) -> None:
    assert retry_after(value, NOW) == wait


def test_a_date_without_a_zone_is_gmt_wherever_this_machine_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert retry_after("Sun Nov  6 08:50:37 1994", NOW) == 60_000
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_number_without_end_is_a_long_wait() -> None:
    found = retry_after("9" * 5000, NOW)
    assert found is not None
    assert found > 86_400_000
