"""The example plugin, built and installed as a package of its own."""

import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "later-ntfy"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plugin in it, as an installer leaves it there."""
    out = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--wheel", "-o", str(out), str(EXAMPLE)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [wheel] = out.glob("later_ntfy-*.whl")
    target = tmp_path_factory.mktemp("plugins")
    zipfile.ZipFile(wheel).extractall(target)
    return target


@pytest.fixture
def topic() -> Iterator[tuple[str, list[dict[str, object]]]]:
    """An ntfy server's URL, and what was published there."""
    heard: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"id": "sPs71M8A2T"}')

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", heard
        server.shutdown()
        thread.join()


def with_the(installed: Path) -> dict[str, str]:
    """Return the environment in which the plugin is found besides what is found here."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(installed), *filter(None, sys.path)])}


def later(installed: Path, home: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    environ = {
        **with_the(installed),
        "LATER_DATA_DIR": str(home / "data"),
        "LATER_CONFIG": str(home / "config.toml"),
        "LATER_USER": "ada",
    }
    return subprocess.run(
        [sys.executable, "-m", "later_tui", *argv],
        env=environ,
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def test_it_is_listed_opened_and_sends(
    installed: Path, tmp_path: Path, topic: tuple[str, list[dict[str, object]]]
) -> None:
    url, heard = topic
    config = tmp_path / "config.toml"
    config.write_text("")
    listed = later(installed, tmp_path, "channels", "--json")
    assert listed.returncode == 0, listed.stderr
    [ntfy] = [one for one in json.loads(listed.stdout)["channels"] if one["name"] == "ntfy"]
    assert (ntfy["configured"], ntfy["package"]) == (False, "later-ntfy")

    config.write_text(f'[channel.ntfy]\ntopic = "secret-topic"\nserver = "{url}"\n')
    config.chmod(0o600)
    listed = later(installed, tmp_path, "channels", "--json")
    [ntfy] = [one for one in json.loads(listed.stdout)["channels"] if one["name"] == "ntfy"]
    assert (ntfy["configured"], ntfy["ok"], ntfy["via"]) == (True, True, "ntfy")
    assert ntfy["idempotent"] is True

    tried = later(installed, tmp_path, "channels", "test", "ntfy", "--text", "hello")
    assert tried.returncode == 0, tried.stderr
    assert "200 OK, id sPs71M8A2T" in tried.stdout
    assert [one["message"] for one in heard] == ["hello"]
    assert "secret-topic" not in tried.stdout + tried.stderr + listed.stdout


def test_its_own_tests_pass(installed: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        env=with_the(installed),
        cwd=EXAMPLE,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == 0, done.stdout + done.stderr
