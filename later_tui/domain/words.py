"""When the words after a keyword are a value, or an attempt at one, and when a part of a thought.

"call mum by fri" ends with a clause and "stand by me" does not. The rule, for the keyword
nearest to the end of the line and the words after it:

1. If the words are a value of the keyword ("in 20m", "by fri", "every week"), it is a clause.
2. Else, if they are an attempt at a value, the line is refused with a sentence that says what
   would work: a slip must not quietly become a part of the thought. They are an attempt if the
   first word (after "the") begins like a value, and every other word could belong to one.
   A word begins like a value if it begins with a digit, or a sign or a point before a digit;
   is an ISO duration (PT36H); after a keyword of lengths (within, in, every, nag) is nan or inf;
   after a keyword of moments (by, at, on, after) and after `every` is the name of a day or a
   month, or next, this or last before a week or such a name. After `at` a name wants a number
   behind it: "look at sun" is no time. Words that could belong to a value are numbers, units,
   names of days and months and the likes of and, of, am, pm, morning.
   After `within`, anything that begins with a number is an attempt ("within 3 dasy"): hardly
   a thought ends like that, and elsewhere many do ("a play in 3 acts", "lunch on 5th avenue").
   What follows `via` is told apart by `via.is_slip`.
3. Else they are a part of the thought: "come in peace", "look at this", "via Roma".

A number without a unit is an attempt: "be there in 5" is refused rather than guessed at, since
it may be minutes or the title of a film. A line that ends with `--` is kept as it is.
"""

import re
from collections.abc import Sequence

from later_tui.domain.duration import UNIT_NAMES
from later_tui.domain.moment import MONTHS, NEAR_DAYS, WEEKDAYS

LENGTHS = frozenset({"within", "in", "every", "nag"})
MOMENTS = frozenset({"by", "at", "on", "after"})
KEYWORDS = LENGTHS | MOMENTS | {"between", "via"}

_NUMBER = re.compile(r"[+\-\u2212]?[.,]?\d")
_ISO = re.compile(r"[+\-\u2212]?PT?[0-9][0-9YMWDTHS.,]*")
_NO_NUMBER = re.compile(r"[+\-\u2212]?(?:nan|inf|infinity)")
_NAMED = frozenset((*MONTHS, *WEEKDAYS, *NEAR_DAYS))
_UNCLEAR = frozenset({"next", "this", "coming", "last"})
_PERIODS = _NAMED | {"week", "weekend", "month", "year"}
_PARTS_OF_DAY = frozenset({"noon", "midnight", "morning", "afternoon", "evening", "night"})
_LINKS = frozenset({"am", "pm", "and", "of", "to", "at", "-", "\u2013"})
_COULD_BELONG = UNIT_NAMES | _NAMED | _PARTS_OF_DAY | _LINKS


def is_attempt(keyword: str, words: Sequence[str]) -> bool:
    """Tell whether `words`, which are no value of `keyword`, were meant as one."""
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    first, *rest = words
    if keyword == "within" and _NUMBER.match(first):
        return True
    return _begins(keyword, first, rest) and all(_could_belong(word) for word in rest)


def _begins(keyword: str, first: str, rest: Sequence[str]) -> bool:
    if _NUMBER.match(first) or _ISO.fullmatch(first):
        return True
    low = first.lower()
    if keyword in LENGTHS and _NO_NUMBER.fullmatch(low):
        return True
    if keyword not in MOMENTS and keyword != "every":
        return False
    if keyword == "at":
        # "look at sun" is no time; "at fri 18" is a slip.
        return low in _NAMED and any(_NUMBER.match(word) for word in rest)
    if low in _UNCLEAR:
        return len(rest) == 1 and rest[0].lower() in _PERIODS
    return low in _NAMED


def _could_belong(word: str) -> bool:
    return bool(_NUMBER.match(word)) or word.lower().rstrip(",.") in _COULD_BELONG
