"""A secret is got from where the configuration says, when it is needed, and is shown nowhere."""

import asyncio
import copy
import logging
import os
import pickle
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from later_tui.channels import secret_command
from later_tui.channels.options import read_options
from later_tui.channels.secret import Secret, redacted
from later_tui.domain.errors import UnavailableError

HIDDEN = "hunter2 with a blank"
PYTHON = sys.executable


@dataclass(frozen=True)
class Options:
    password: Secret


def secret(**table: object) -> Secret:
    return read_options(Options, table, "config.toml: channel.post").password


async def refused(one: Secret) -> str:
    with pytest.raises(UnavailableError) as raised:
        await one.reveal()
    said = str(raised.value)
    assert said.startswith("config.toml: channel.post.password")
    assert said.isprintable()
    assert HIDDEN not in "".join(traceback.format_exception(raised.value))
    return said


def printing(code: str) -> list[str]:
    return [PYTHON, "-c", code]


def test_nothing_shows_it(caplog: pytest.LogCaptureFixture) -> None:
    one = Secret.of(HIDDEN)
    options = Options(one)
    logging.getLogger("x").warning("%s %r %s", one, one, options)
    shown = f"{one} {one!r} {one:>20} {options} {asdict(options)} {one.__dir__()} {caplog.text}"
    assert HIDDEN not in shown
    for number in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="not pickled"):
            pickle.dumps(one, number)


async def test_what_others_say_of_it_is_redacted() -> None:
    one, short = Secret.of("s3cret-that-somebody-quotes"), Secret.of("abc")
    assert redacted("a s3cret-that-somebody-quotes b") == "a s3cret-that-somebody-quotes b"
    await one.reveal()
    await short.reveal()
    assert redacted("a s3cret-that-somebody-quotes abc") == "a [secret] abc"


def test_it_is_equal_to_itself_alone() -> None:
    one = Secret.of(HIDDEN)
    assert one == copy.copy(one) == copy.deepcopy(one)
    assert hash(one) == hash(copy.copy(one))
    assert one != Secret.of(HIDDEN)
    assert one != HIDDEN


async def test_from_the_configuration_itself() -> None:
    assert await secret(password=HIDDEN).reveal() == HIDDEN


async def test_from_a_command_in_words() -> None:
    assert await secret(password_command=f"{PYTHON} -c 'print(\"a b\")'").reveal() == "a b"


async def test_from_a_commands_first_line() -> None:
    code = f"print({HIDDEN!r} + '\\r'); print('login: ada')"
    assert await secret(password_command=printing(code)).reveal() == HIDDEN


async def test_a_command_is_run_without_a_shell_a_terminal_or_input(tmp_path: Path) -> None:
    code = "import sys, os; print(repr(sys.stdin.read()), os.getsid(0) == os.getpid(), sys.argv[1])"
    one = secret(password_command=[*printing(code), f"$(touch {tmp_path}/ran); `id`"])
    assert await one.reveal() == f"'' True $(touch {tmp_path}/ran); `id`"
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (f"import sys; print({HIDDEN!r}, file=sys.stderr); sys.exit(3)", "ended with status 3"),
        (f"import sys; print({HIDDEN!r}); sys.exit(3)", "ended with status 3"),
        (f"raise RuntimeError({HIDDEN!r})", "ended with status 1; run it in a terminal to see why"),
        ("import os; os.kill(os.getpid(), 9)", "ended with status -9"),
        ("pass", "printed nothing"),
        ("print()", "printed nothing"),
        ("import sys; sys.stdout.buffer.write(b'\\xff\\xfe')", "not text in UTF-8"),
    ],
)
async def test_a_command_that_fails_is_named_without_what_it_said(code: str, said: str) -> None:
    assert said in await refused(secret(password_command=printing(code)))


async def test_a_command_that_is_not_there_is_named(tmp_path: Path) -> None:
    said = await refused(secret(password_command="no-such-command show mail"))
    assert said.endswith(
        'password_command: "no-such-command" cannot be run: no such file or directory'
    )
    said = await refused(secret(password_command=[str(tmp_path)]))
    assert "cannot be run: permission denied" in said


async def test_a_command_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secret_command, "PATIENCE_S", 3.0)
    pid = tmp_path / "pid"
    code = f"sleep 600 & echo $! > {pid}; wait"
    assert "did not end within 3 s" in await refused(secret(password_command=["sh", "-c", code]))
    await until(lambda: not _runs(int(pid.read_text())))


async def until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not so():  # noqa: ASYNC110  (another process does it)
            await asyncio.sleep(0.02)


def _runs(pid: int) -> bool:
    """Whether a process still runs; one that waits only to be reaped does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return not Path("/proc").is_dir()
    return state not in "ZX"


async def test_a_command_without_end_gives_its_first_line() -> None:
    assert await secret(password_command="yes").reveal() == "y"


async def test_a_use_that_is_cancelled_ends_the_command(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    one = secret(password_command=["sh", "-c", f"echo $$ > {pid}; exec sleep 600"])
    task = asyncio.create_task(one.reveal())
    await until(lambda: pid.exists() and bool(pid.read_text().strip()))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not _runs(int(pid.read_text()))


async def test_many_uses_at_once_run_the_command_once(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    one = secret(password_command=["sh", "-c", f"echo x >> {runs}; echo {HIDDEN}"])
    assert runs.exists() is False  # nothing happens before the first use
    assert await asyncio.gather(*(one.reveal() for _ in range(20))) == [HIDDEN] * 20
    assert runs.read_text() == "x\n"
    one.forget()
    assert await one.reveal() == HIDDEN
    assert runs.read_text() == "x\nx\n"


async def test_after_a_failure_the_next_use_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LATER_TEST_PASSWORD", raising=False)
    one = secret(password_env="LATER_TEST_PASSWORD")
    assert 'the environment variable "LATER_TEST_PASSWORD" is not set' in await refused(one)
    monkeypatch.setenv("LATER_TEST_PASSWORD", HIDDEN)
    assert await one.reveal() == HIDDEN


async def test_from_a_file_of_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".mailpw"
    file.write_text(f"{HIDDEN}\nsecond line\n")
    file.chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert await secret(password_file="~/.mailpw").reveal() == HIDDEN
    file.chmod(0o400)
    assert await secret(password_file=str(file)).reveal() == HIDDEN


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o660, 0o610])
async def test_a_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "pw"
    file.write_text(HIDDEN)
    file.chmod(mode)
    said = await refused(secret(password_file=str(file)))
    assert f"has mode {mode:04o}" in said
    assert f"`chmod 600 {file}`" in said


async def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo", 0o600)
    (tmp_path / "empty").touch(0o600)
    (tmp_path / "link").symlink_to(tmp_path / "link")
    (tmp_path / "folder").mkdir(0o700)
    for name, said in {
        "fifo": "is not a file; expected one of mode 0600",
        "empty": "is empty",
        "link": "cannot be read: too many levels of symbolic links",
        "folder": "is not a file; expected",
        "nothing": "cannot be read: no such file or directory",
    }.items():
        assert said in await refused(secret(password_file=str(tmp_path / name)))


BACKEND = """
import os, time
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked
class Keyring(KeyringBackend):
    priority = 1
    def get_password(self, service, username):
        match service:
            case "locked": raise KeyringLocked("hunter2")
            case "breaks": raise RuntimeError("hunter2")
            case "hangs": time.sleep(600)
            case "nobody": return None
        return f"{service} of {username}"
    def set_password(self, service, username, password): pass
"""


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's keyring: the real package, with a store of this test's."""
    pytest.importorskip("keyring", reason="the extra keyring is not installed")
    (tmp_path / "later_test_keyring.py").write_text(BACKEND)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "later_test_keyring.Keyring")


@pytest.mark.usefixtures("keyring")
async def test_from_the_keyring() -> None:
    one = secret(password_keyring="smtp://mail.example/ada")
    assert await one.reveal() == "smtp://mail.example of ada"


@pytest.mark.usefixtures("keyring")
@pytest.mark.parametrize(
    ("service", "said"),
    [
        ("locked", "the keyring did not open; unlock it and try again"),
        ("nobody", "no such entry; add it by `keyring set SERVICE USERNAME`"),
        ("breaks", "the keyring failed (status 1)"),
        ("hangs", "did not end within 3 s"),
    ],
)
async def test_a_keyring_that_does_not_answer_is_said(
    service: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secret_command, "PATIENCE_S", 3.0 if service == "hangs" else 60.0)
    refusal = await refused(secret(password_keyring=f"{service}/ada"))
    assert said in refusal
    assert "hunter2" not in refusal


@pytest.mark.usefixtures("keyring")
async def test_a_machine_without_a_keyring_is_told_the_other_ways(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    said = await refused(secret(password_keyring="mail/ada"))
    assert "there is no keyring on this machine; use a command" in said


async def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    said = await refused(secret(password_keyring="mail/ada"))
    assert "pip install 'later-tui[keyring]'" in said


@pytest.mark.usefixtures("keyring")
async def test_a_file_in_the_current_folder_does_not_pass_for_the_keyring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "keyring.py").write_text("raise SystemExit(23)")
    monkeypatch.chdir(tmp_path / "here")
    assert await secret(password_keyring="mail/ada").reveal() == "mail of ada"


async def test_a_message_never_tells_what_a_literal_was() -> None:
    one = secret(password=HIDDEN)
    frames = traceback.StackSummary.extract(traceback.walk_stack(None), capture_locals=True)
    assert HIDDEN not in repr(one)
    assert not any(HIDDEN in str(frame.locals.get("one")) for frame in frames if frame.locals)
