"""The built wheel, in an environment of its own: complete, and nothing beside `later_tui`."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--wheel", "-o", str(out), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [found] = out.glob("later_tui-*.whl")
    return found


def test_the_wheel_holds_one_package_with_its_scripts_and_styles(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"later_tui"}
    here = {p.relative_to(ROOT).as_posix() for p in (ROOT / "later_tui").rglob("*") if p.is_file()}
    wanted = {name for name in here if name.endswith((".py", ".lua", ".tcss", "py.typed"))}
    assert wanted <= set(names)
    assert any(name.endswith(".lua") for name in wanted)
    assert any(name.endswith(".tcss") for name in wanted)


def test_the_wheel_works_where_it_is_installed(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    folder = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    zipfile.ZipFile(wheel).extractall(folder)
    # Its dependencies are the ones this test runs with: the network has no part in it.
    (Path(folder) / "dependencies.pth").write_text(
        "\n".join(path for path in sys.path if path.endswith("site-packages"))
    )
    code = (
        "import later_tui, later_tui.store.scripts as s;"
        "print(later_tui.__file__);"
        "print(len(s.script('claim').text) > 1000);"
        "from importlib.metadata import entry_points;"
        "print([e.name for e in entry_points(group='later.channels')])"
    )
    told = subprocess.run(
        [python, "-I", "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    ).stdout.splitlines()
    assert Path(told[0]).is_relative_to(home)
    assert told[1] == "True"
    assert "desktop" in told[2]
