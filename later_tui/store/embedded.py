"""The private server: started by the first `later` process, shared, stopped by the last.

Two locks in its folder say everything, and the kernel keeps them true after any kill -9:

- `server.lock` is held by the server process itself (it inherits the descriptor): whoever can take
  it knows that no server runs on this folder, and may start one.
- `users.lock` is held, shared, by each process that uses the server: the one that can take it alone
  on its way out is the last, and stops the server.
"""

import os
import socket
import time
from enum import Enum
from pathlib import Path

from later_tui.domain.errors import ServerError
from later_tui.store.address import Address
from later_tui.store.locks import FileLock
from later_tui.store.serverfiles import (
    configuration,
    find_program,
    make_folder,
    socket_path,
)

START_TIMEOUT_S = 20.0
SILENT_S = 5.0
"""How long a server that is there, and does not answer, is waited for, s."""
STOP_TIMEOUT_S = 5.0
HEARD_S = 2.0
"""How long its first answer to being stopped is waited for, s; it reads the word later, too."""
LOOK_S = 1.0
"""How long one look at the server waits for its answer, s."""
POLL_S = 0.002
LOADING_POLL_S = 0.02


class _Look(Enum):
    GONE = "gone"
    LOADING = "loading"
    SILENT = "silent"
    """It is there, and does not answer: stopped, or the disk holds it up."""
    READY = "ready"


class EmbeddedServer:
    """This process's share in the private server of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / "server"
        self._users = FileLock(self._folder / "users.lock")
        self._pid: int | None = None
        self._given_up = False
        self._socket = self._folder / "redis.sock"

    @property
    def log(self) -> Path:
        return self._folder / "server.log"

    def join(self) -> Address:
        """Use the server, starting it if nobody did. Raises ServerError."""
        make_folder(self._folder)
        self._socket = socket_path(self._folder)
        try:
            if not self._users.shared(START_TIMEOUT_S):
                raise ServerError(f"another process holds {self._folder} and does not let it go")
            self.ensure()
        except OSError as error:
            raise ServerError(
                f"the private server in {self._folder} cannot be started ({error.strerror}): "
                "choose another folder with LATER_DATA_DIR"
            ) from error
        return Address(path=str(self._socket), embedded=True, folder=str(self._folder))

    def ensure(self) -> None:
        """Return once the server answers, starting it if it is gone. Raises ServerError."""
        begun = time.monotonic()
        deadline = begun + START_TIMEOUT_S
        while (state := self._look()) is not _Look.READY:
            if self._given_up:
                raise ServerError("the private server is not waited for any more")
            if state is _Look.LOADING:
                # However much it has to read, it is alive; its data is worth the wait.
                time.sleep(LOADING_POLL_S)
                continue
            if state is _Look.SILENT:
                if time.monotonic() - begun >= SILENT_S:
                    raise ServerError(
                        f"the private server is there and does not answer: its log is {self.log}"
                    )
                continue
            if self._reap():
                # It had begun to read its data, and met what it cannot read.
                self._raise_if_damaged()
            lock = FileLock(self._folder / "server.lock")
            try:
                if lock.try_exclusive():
                    self._start(lock)
                    self._await_answer(deadline)
                    continue
            finally:
                lock.close()
            if time.monotonic() > deadline:
                raise ServerError(f"the private server does not answer: its log is {self.log}")
            time.sleep(POLL_S)

    def give_up(self) -> None:
        """Have `join` or `ensure`, where another thread is in it, end soon with ServerError."""
        self._given_up = True

    def leave(self) -> None:
        """Stop using the server, and stop it if nobody else uses it."""
        try:
            if self._users.try_exclusive():
                self._stop()
        except OSError:
            # The folder is gone or the server just ended by itself: there is nothing to stop.
            pass
        finally:
            self._users.close()

    def _look(self) -> _Look:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
                link.settimeout(LOOK_S)
                link.connect(str(self._socket))
                link.sendall(b"PING\r\n")
                answer = link.recv(64)
        except TimeoutError:
            return _Look.SILENT
        except OSError:
            return _Look.GONE
        if answer.startswith(b"-LOADING"):
            return _Look.LOADING
        return _Look.READY if answer else _Look.GONE

    def _start(self, lock: FileLock) -> None:
        program = find_program()
        config = self._folder / "server.conf"
        _write_private(config, configuration(self._folder, self._socket))
        self._socket.unlink(missing_ok=True)
        held = lock.fileno()
        os.set_inheritable(held, True)
        log = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            self._pid = os.posix_spawn(
                program,
                [program, str(config)],
                {"PATH": os.defpath, "LC_ALL": "C"},
                file_actions=[
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                    (os.POSIX_SPAWN_DUP2, log, 1),
                    (os.POSIX_SPAWN_DUP2, log, 2),
                ],
                # Its own session: neither Ctrl-C nor a closed terminal reaches it.
                setsid=True,
            )
        finally:
            os.close(log)

    def _await_answer(self, deadline: float) -> None:
        while self._look() is _Look.GONE:
            if self._reap():
                self._raise_if_damaged()
                raise ServerError(
                    f"the private server does not start ({self._last_words()}): "
                    f"its log is {self.log}"
                )
            if time.monotonic() > deadline:
                raise ServerError(f"the private server does not answer: its log is {self.log}")
            time.sleep(POLL_S)

    def _raise_if_damaged(self) -> None:
        from later_tui.store.damage import damaged, says_damaged

        if says_damaged(self.log.read_text("utf-8", "replace")):
            raise damaged(self._folder)

    def _reap(self) -> bool:
        """Return whether the server that this process started has ended."""
        if self._pid is None:
            return False
        try:
            ended, _ = os.waitpid(self._pid, os.WNOHANG)
        except ChildProcessError:
            ended = self._pid
        if ended:
            self._pid = None
        return bool(ended)

    def _last_words(self) -> str:
        try:
            lines = self.log.read_text("utf-8", "replace").splitlines()
        except OSError:
            return "it left no log"
        told = [line for line in lines if line.strip()]
        return told[-1].split(" # ")[-1].strip() if told else "it left no word"

    def _stop(self) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
            link.settimeout(HEARD_S)
            link.connect(str(self._socket))
            link.sendall(b"SHUTDOWN NOSAVE\r\n")
            link.recv(64)  # it closes the connection when it is gone, or says why it stays
        # Until its lock is free it may still be writing; the next to come must not meet it.
        deadline = time.monotonic() + STOP_TIMEOUT_S
        lock = FileLock(self._folder / "server.lock")
        try:
            while not lock.try_exclusive() and time.monotonic() < deadline:
                self._reap()
                time.sleep(POLL_S)
        finally:
            lock.close()
        self._reap()


def _write_private(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
