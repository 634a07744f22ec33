"""How the person writes times: as the configuration says, or as people do where they live.

The territory is taken from the names of the locale (LC_ALL, LC_TIME, LANG, in POSIX's order), and
its custom from Unicode CLDR's supplemental data (`timeData`, `weekData`). The C library could be
asked instead, but only after `setlocale`, which changes the whole process and every thread of it,
and only for locales that this machine has; over SSH it often has not.
"""

from collections.abc import Mapping

from later_tui.config.given import Given
from later_tui.domain.times import MONDAY, SUNDAY, TimeFormat

CLOCKS = ("auto", "12h", "24h")
SATURDAY = 5

_TWELVE = (
    "AE AG AL AR AS AU BB BD BH BM BN BO BS BT CA CL CO CR CU CY DJ DM DO DZ EC EG EH ER ET "
    "FJ FM GD GH GM GR GT GU GY HK HN IN IQ JM JO KH KI KN KP KR KW KY LB LC LR LS LY MH MO "
    "MP MR MW MX MY NA NI NZ OM PA PE PG PH PK PR PS PW PY QA SA SB SD SG SL SO SS SV SY SZ "
    "TC TD TN TO TT TW UM US UY VC VE VG VI VU WS YE ZM "
)
"""Territories in which 6:40 pm is preferred to 18:40."""
_IN_FRENCH_24 = "fr_CA"
_SUNDAY = (
    "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO "
    "MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW "
)
_SATURDAY = "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY"


def clock(given: Given) -> str:
    """Read which clock times are written by: "auto", "12h" or "24h"."""
    if not isinstance(given.value, str) or given.value.strip().lower() not in CLOCKS:
        raise given.wrong('"auto" (as the locale has it), "12h" or "24h"')
    return given.value.strip().lower()


def time_format(clock: str, environ: Mapping[str, str]) -> TimeFormat:
    """Return how times are written, given the setting and, for "auto", the environment.

    Where the locale says nothing (C, POSIX, none): 24 hours, and weeks from Monday.
    """
    name = _locale(environ).partition("@")[0].partition(".")[0]
    land = name.rpartition("_")[2] if "_" in name else ""
    local = land in _TWELVE.split() and name != _IN_FRENCH_24
    starts = SUNDAY if land in _SUNDAY.split() else MONDAY
    if land in _SATURDAY.split():
        starts = SATURDAY
    return TimeFormat(local if clock == "auto" else clock == "12h", starts)


def _locale(environ: Mapping[str, str]) -> str:
    names = (environ.get(name, "") for name in ("LC_ALL", "LC_TIME", "LANG"))
    return next((name for name in names if name), "")
