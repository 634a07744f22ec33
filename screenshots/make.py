"""Makes the pictures in this folder from the running app, on a private server of its own.

    python screenshots/make.py [NAME … | session]

Each picture is an SVG; where `rsvg-convert` is installed it is made a PNG too. Time, host and
chance stand still, so that a picture changes only when the app does.
"""

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from later_tui.config.settings import Settings  # noqa: E402
from later_tui.store import open_store  # noqa: E402
from later_tui.store.asyncstore import Store  # noqa: E402
from later_tui.ui.app import LaterApp  # noqa: E402
from later_tui.ui.status import Here  # noqa: E402
from later_tui.widgets.arrival import Arrival  # noqa: E402
from screenshots import session  # noqa: E402
from screenshots.stages import settings_in, still, typed  # noqa: E402
from tests.ui import stage  # noqa: E402

CELL = 12.2
"""The width of a cell in the SVGs, px."""
FONT_SIZE = "20.26px"
"""At this size a cell of that font is exactly as wide as the picture's."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    name: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (104, 30)
    theme: str = "later-dark"
    arrival: bool = False


PICTURES = (
    Picture(name="main-dark", keys=("a", *typed("call mum within 3d #family"))),
    Picture(name="arrival-dark", arrival=True),
    Picture(name="past-dark", keys=("2",)),
    Picture(name="peek-dark", keys=("j", "p")),
    Picture(name="detail-dark", keys=("j", "j", "j", "enter")),
    Picture(name="find-dark", keys=("slash", *typed("#home"))),
    Picture(name="pictures-dark", keys=("4",), size=(104, 44)),
    Picture(name="help-dark", keys=("?",), size=(120, 36)),
    Picture(name="main-light", theme="later-light"),
    Picture(name="narrow-light", theme="later-light", size=(60, 16)),
)


async def make(pictures: Iterable[Picture], folder: Path) -> None:
    settings = settings_in(folder)
    store = await open_store(settings)
    await stage.fill(store, settings)
    for picture in pictures:
        await take(picture, settings, store)
    await store.aclose()


async def take(picture: Picture, settings: Settings, store: Store) -> None:
    session = stage.session(replace(settings, theme=picture.theme))
    app = LaterApp(session, open_store, work=False)
    async with app.run_test(size=picture.size) as pilot:
        await stage.until(pilot, lambda: app.main.upcoming is not None)
        app.main.here(Here("working", slots=50))
        await stage.rest(pilot)
        if picture.arrival:
            thought = stage.Thought(
                text="what was that book about tides?", kept=19 * stage.DAY, folder="~/src/foo"
            )
            came = await stage.deliver(store, thought, dice=stage.Dice(9000))
            await store.run(stage.settled(came, stage.NOW, "unanswered"))
            await stage.until(pilot, lambda: app.main.query_one(Arrival).current)
            await stage.rest(pilot)
        for key in picture.keys:
            await pilot.press(key)
            still(app)
        await stage.rest(pilot)
        write(picture.name, app.export_screenshot(title="later"))
    await app.aclose()


def write(name: str, svg: str) -> None:
    svg = re.sub(r"\bterminal-\d+-", "terminal-", svg)
    path = FOLDER / f"{name}.svg"
    path.write_text(svg, encoding="utf-8")
    print(path.name)
    if converter := shutil.which("rsvg-convert"):
        png = FOLDER / f"{name}.png"
        subprocess.run(
            [converter, "--output", str(png)], input=for_rsvg(svg), text=True, check=True
        )
        print(png.name)


def for_rsvg(svg: str) -> str:
    """Return the SVG as rsvg draws it right: it ignores `textLength` and leading blanks."""

    def moved(text: re.Match[str]) -> str:
        blanks = len(text["blanks"]) // len("&#160;")
        return f'{text["head"]}x="{float(text["x"]) + blanks * CELL:g}"{text["rest"]}'

    svg = re.sub(
        r'(?P<head><text class="[^"]*" )x="(?P<x>[\d.]+)"(?P<rest>[^>]*>)(?P<blanks>(?:&#160;)+)',
        moved,
        svg,
    )
    return svg.replace("Fira Code", "DejaVu Sans Mono").replace(
        "font-size: 20px", f"font-size: {FONT_SIZE}"
    )


def main() -> None:
    wanted = [p for p in PICTURES if p.name in sys.argv[1:] or not sys.argv[1:]]
    with tempfile.TemporaryDirectory(prefix="later-pictures-") as folder:
        asyncio.run(make(wanted, Path(folder)))
    if "session" in sys.argv[1:] or not sys.argv[1:]:
        session.main()


if __name__ == "__main__":
    main()
