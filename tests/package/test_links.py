"""The root shows the app's rooms: links to the real folders."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["widgets", "styles"])
def test_the_root_links_to_the_real_folder(name: str) -> None:
    link = ROOT / name
    assert link.is_symlink()
    assert link.readlink() == Path("later_tui") / name
    assert link.is_dir()
