"""What is written to a terminal that is gone holds up nobody."""

from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from later_tui.ui.enduring import Enduring


class Gone:
    """A file as a terminal is once it was closed."""

    name = "<stderr>"

    def write(self, _: str) -> None:
        raise OSError(5, "Input/output error")

    def flush(self) -> None:
        raise OSError(5, "Input/output error")


def test_the_thread_that_writes_goes_on_emptying_its_queue() -> None:
    thread = WriterThread(Enduring(Gone()))  # type: ignore[arg-type]
    thread.start()
    for _ in range(2 * MAX_QUEUED_WRITES):
        thread.write("a frame")
    thread.stop()
    assert not thread.is_alive()


def test_all_else_is_the_files() -> None:
    assert Enduring(Gone()).name == "<stderr>"
