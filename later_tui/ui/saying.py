"""What the box's lower edge says instead of a reading, and for how long that is so.

What came of something goes by itself, and what is not true any more is replaced. What is wrong with
the words in the box stays as long as they do.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from textual.timer import Timer

from later_tui.widgets.chip_line import Said
from later_tui.widgets.quick_add import QuickAdd

HINT_S = 8.0
"""How long a sentence stands, s."""
PROBLEM_S = 20.0
"""The same where it says what went wrong, and not with the words in the box, s."""
AGAIN_S = 2.0
"""How long another sentence stands before it is said again what is being done, s."""
SLOW_S = 0.2
"""How long something may take before it is said what is being done, s."""


class Sentence(NamedTuple):
    """A sentence, with fewer words for where it would not fit into one line."""

    words: str
    brief: str = ""


BACK = Sentence("Redis answers again")


class _Told(NamedTuple):
    """What was said last, and how long it holds."""

    said: Said = Said()
    about: str = ""
    """The words that were in the box."""
    stays: bool = False
    """Whether it stays as long as they do, whatever is looked at meanwhile."""
    fault: bool = False
    """Whether it is the words that are wrong: to try again would only say so once more."""
    under_way: bool = False
    """Whether it says what is being done: no reading takes its place."""
    once_back: Sentence | None = None
    """What is true instead once Redis is back; of what waits here, once Redis has it."""
    while_back: bool = False
    """Whether it is true until Redis goes."""


class _Slow(NamedTuple):
    """What takes its time."""

    sentence: Callable[[], str]
    stop: Callable[[], object]


class Saying:
    """Says sentences in the box's lower edge, and takes them back.

    Of all that takes its time what was slow last is told; once that is over, the one before it.
    """

    def __init__(self, box: QuickAdd) -> None:
        self._box = box
        self._told = _Told()
        self._timer: Timer | None = None
        self._again: Timer | None = None
        self._slow: list[_Slow] = []

    def hint(self, sentence: Sentence | str, *, once_back: Sentence | None = None) -> None:
        """Say what came of something; `once_back` is true instead once nothing waits here."""
        self._hint(_Told(once_back=once_back), sentence)

    def problem(self, sentence: str, *, once_back: Sentence | None = None) -> None:
        """Say what could not be done, with anything but the words in the box."""
        self._tell(_Told(Said(problem=sentence), once_back=once_back), PROBLEM_S)

    def of_words(self, sentence: str, *, once_back: Sentence | None = None) -> None:
        """Say what could not be done with the words in the box; it stays as long as they do."""
        if not self._box.text.strip():
            self.problem(sentence, once_back=once_back)
        else:
            self._tell(_Told(Said(problem=sentence), stays=True, once_back=once_back))

    def refused(self, sentence: str) -> None:
        """Say what is wrong with the words in the box, to which Enter has been pressed."""
        self._tell(_Told(Said(problem=sentence), stays=True, fault=True))

    @property
    def fault(self) -> bool:
        """Whether it says what is wrong with the words in the box."""
        return bool(self._box.said.problem) and (self._told.fault or not self._stands)

    @contextmanager
    def slowly(self, sentence: Callable[[], str], stop: Callable[[], object]) -> Iterator[None]:
        """Say what is being done, where that takes its time, until it is done.

        `sentence` is called whenever it is to be said; `stop` stops what it is said of.
        """
        work = _Slow(sentence, stop)
        timer = self._box.set_timer(SLOW_S, partial(self._is_slow, work))
        try:
            yield
        finally:
            timer.stop()
            if work in self._slow:
                self._slow.remove(work)
                self.still()

    def still(self) -> None:
        """What is being done has changed, or how it is said: say it anew, if it is being said."""
        if self.under_way:
            self._tell_of_slow()

    def stop(self) -> bool:
        """Stop what is said to be being done; return whether anything is."""
        if not (self.under_way and self._slow):
            return False
        self._slow[-1].stop()
        return True

    def covers(self, text: str) -> bool:
        """Whether a sentence stands in the place of a reading of `text`."""
        same = self._told.about.strip() == text.strip()
        return self._stands and (same or self._told.under_way)

    def hush(self) -> None:
        """What came of something is not said any longer."""
        if self._stands and not (self._told.stays or self._told.under_way):
            self._end()

    def handed_on(self) -> None:
        """Nothing waits here for Redis any more: say so of what did."""
        if self._stands and not self._told.said.problem and self._told.once_back is not None:
            self._hint(_Told(), self._told.once_back)

    def redis_is_back(self) -> None:
        """Redis can be used again: what it could not do is over."""
        if self._stands and self._told.said.problem and self._told.once_back is not None:
            self._hint(_Told(while_back=True), self._told.once_back)

    def redis_is_away(self) -> None:
        """Take back what is not true any more."""
        if self._stands and self._told.while_back:
            self._end()

    @property
    def of_trouble(self) -> bool:
        """Whether it says what went wrong."""
        return self._stands and bool(self._told.said.problem)

    @property
    def under_way(self) -> bool:
        """Whether it says what is being done."""
        return self._stands and self._told.under_way

    @property
    def _stands(self) -> bool:
        """Whether what was said last is still shown."""
        return self._told.said != Said() and self._box.said == self._told.said

    def _is_slow(self, work: _Slow) -> None:
        self._slow.append(work)
        self._tell_of_slow()

    def _tell_of_slow(self) -> None:
        if self._slow:
            self._tell(_Told(Said(hint=self._slow[-1].sentence()), under_way=True))
        elif self.under_way:
            self._end()

    def _hint(self, told: _Told, sentence: Sentence | str) -> None:
        words, brief = (sentence, "") if isinstance(sentence, str) else sentence
        self._tell(told._replace(said=Said(hint=words, brief=brief)), HINT_S)

    def _tell(self, told: _Told, seconds: float | None = None) -> None:
        """Say something: for so many seconds, or until it is ended."""
        if self._timer is not None:
            self._timer.stop()
        self._told = told._replace(about=self._box.text)
        self._box.say(told.said)
        self._timer = None if seconds is None else self._box.set_timer(seconds, self.hush)
        if self._again is not None:
            self._again.stop()
        wanted = self._slow and not told.under_way
        self._again = self._box.set_timer(AGAIN_S, self._tell_of_slow) if wanted else None

    def _end(self) -> None:
        self._tell(_Told())
        if text := self._box.text.strip():
            # What is written has a reading, which is to be seen again.
            self._box.post_message(QuickAdd.Changed(text))
