"""Records a short session of the real app as one moving picture, session.svg.

    python screenshots/session.py

The app runs on a private server of its own; the frames are what it drew, one after the other.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from textual.pilot import Pilot  # noqa: E402

from later_tui.store import open_store  # noqa: E402
from later_tui.ui.app import LaterApp  # noqa: E402
from later_tui.ui.status import Here  # noqa: E402
from later_tui.widgets.arrival import Arrival  # noqa: E402
from screenshots.stages import settings_in, still, typed  # noqa: E402
from tests.ui import stage  # noqa: E402

SIZE = (96, 24)


@dataclass(frozen=True)
class Frame:
    svg: str
    seconds: float


async def record(folder: Path) -> list[Frame]:
    settings = settings_in(folder)
    store = await open_store(settings)
    await stage.fill(store, settings)
    app = LaterApp(stage.session(settings), open_store, work=False)
    frames: list[Frame] = []
    async with app.run_test(size=SIZE) as pilot:

        async def show(seconds: float, *keys: str) -> None:
            for key in keys:
                await pilot.press(key)
                still(app)
            await stage.rest(pilot)
            frames.append(Frame(app.export_screenshot(title="later"), seconds))

        async def write(words: str) -> None:
            for part in pieces(words):
                await show(0.12, *typed(part))

        await stage.until(pilot, lambda: app.main.upcoming is not None)
        app.main.here(Here("working", slots=50))
        await show(1.6)
        await show(0.5, "a")
        await write("call mum within 3d #fam")
        await show(0.9)
        await show(0.9, "tab")
        await show(1.8, "enter")
        await show(0.4, "escape")
        await arrive(app, pilot, store)
        await show(2.2)
        await show(1.8, "D")
        await show(1.4, "u")
        await show(0.8, "j", "p")
        await show(1.6)
        await show(0.4, "slash")
        await write("#home")
        await show(1.8)
        await show(0.3, "escape")
        await show(2.6, "4")
        await show(1.0, "escape")
    await app.aclose()
    await store.aclose()
    return frames


async def arrive(app: LaterApp, pilot: Pilot[None], store: object) -> None:
    thought = stage.Thought(
        text="what was that book about tides?", kept=19 * stage.DAY, folder="~/src/foo"
    )
    await stage.deliver(store, thought, dice=stage.Dice(9000))  # type: ignore[arg-type]
    await stage.until(pilot, lambda: app.main.query_one(Arrival).current)


def pieces(words: str) -> Iterator[str]:
    """Yield the words as they are typed, two or three letters at a time."""
    for at in range(0, len(words), 3):
        yield words[at : at + 3]


def moving(frames: Sequence[Frame]) -> str:
    """Return the frames as one SVG that shows each for its time, over and over."""
    total = sum(frame.seconds for frame in frames)
    view = re.search(r'viewBox="([^"]+)"', frames[0].svg)
    assert view
    parts, rules, start = [], [], 0.0
    for at, frame in enumerate(frames):
        inner = re.sub(r"terminal-\d+-", f"f{at}-", frame.svg)
        inner = inner[inner.index("<svg") :]
        inner = inner.replace("<svg ", f'<svg id="f{at}" ', 1)
        begin, stop = 100 * start / total, 100 * (start + frame.seconds) / total
        rules.append(
            f"#f{at}{{animation:k{at} {total:.2f}s step-end infinite;"
            f"visibility:{'hidden' if at else 'visible'}}}"
            f"@keyframes k{at}{{0%{{visibility:{'visible' if at == 0 else 'hidden'}}}"
            f"{begin:.3f}%{{visibility:visible}}{stop:.3f}%{{visibility:hidden}}}}"
        )
        parts.append(inner)
        start += frame.seconds
    fonts = re.findall(r"@font-face \{.*?\}\n?", frames[0].svg, re.DOTALL)
    body = re.sub(r"@font-face \{.*?\}\n?", "", "\n".join(parts), flags=re.DOTALL)
    style = "<style>" + "".join(fonts) + "".join(rules) + "</style>"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view[1]}">'
    return f"{head}\n{style}\n{body}\n</svg>\n"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="later-session-") as folder:
        frames = asyncio.run(record(Path(folder)))
    path = FOLDER / "session.svg"
    path.write_text(moving(frames), encoding="utf-8")
    print(path.name, f"{len(frames)} frames, {path.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
