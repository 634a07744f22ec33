"""What `later doctor` found and did, as lines or as JSON."""

from later_tui.cli.output import say, say_json, styled
from later_tui.store.checkup import NAMED, Finding, Level

_STYLES = {Level.OK: "2", Level.WARNING: "33", Level.PROBLEM: "31"}


class Report:
    """Findings and deeds, in their order."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._did: list[str] = []

    def found(self, finding: Finding) -> None:
        self._findings.append(finding)

    def did(self, sentence: str) -> None:
        """Take note of what was mended."""
        self._did.append(sentence)

    @property
    def well(self) -> bool:
        """Whether there is no problem."""
        return all(finding.level is not Level.PROBLEM for finding in self._findings)

    def tell(self, *, as_json: bool) -> int:
        """Print the report; return the exit code."""
        if as_json:
            say_json(self._shape())
        else:
            self._print()
        return 0 if self.well else 1

    def _print(self) -> None:
        for sentence in self._did:
            say(f"fixed    {sentence}")
        for finding in self._findings:
            todo = f" – {finding.todo}" if finding.todo else ""
            mark = styled(f"{finding.level:<8}", _STYLES[finding.level])
            _say_marked(mark, f"{finding.check:<12} {finding.says}{todo}")
            for detail in finding.details[:NAMED]:
                say(f"           {detail}")
            if (more := len(finding.details) - NAMED) > 0:
                say(f"           and {more} more: --json names them all")

    def _shape(self) -> dict[str, object]:
        return {
            "ok": self.well,
            "fixed": self._did,
            "checks": [
                {
                    "check": finding.check,
                    "level": finding.level.value,
                    "says": finding.says,
                    "todo": finding.todo or None,
                    "details": list(finding.details),
                }
                for finding in self._findings
            ],
        }


def _say_marked(mark: str, words: str) -> None:
    from later_tui.cli.output import say_block
    from later_tui.domain.inert import one_line

    say_block(f"{mark} {one_line(words)}")
