"""What to warn of at the start: a server that would lose reminders, said in plain sentences."""

from later_tui.domain.errors import StoreError
from later_tui.store import checkup
from later_tui.store.command import Flow, command

_ASKED = ("appendfsync", "save", "cluster-require-full-coverage")


def warnings(place: str) -> Flow[tuple[str, ...]]:
    """Return a sentence for each thing that the server at `place` would lose reminders by.

    A server that keeps its configuration to itself (managed, or by ACL) is judged by what INFO
    says; one that keeps that to itself too, not at all. What `everysec` may lose, a second before a
    power cut, is for `later doctor` to say, not for every start.
    """
    try:
        [reply] = yield [command("INFO")]
    except StoreError:
        return ()
    told = dict(
        line.split(":", 1) for line in reply.decode("utf-8", "replace").split("\r\n") if ":" in line
    )
    config: dict[str, str] = {}
    for name in _ASKED:
        try:
            [setting] = yield [command("CONFIG", "GET", name)]
        except StoreError:
            break
        if len(setting) == 2:
            config[name] = setting[1].decode("utf-8", "replace")
    judged = {**config}
    if judged.get("appendfsync") == "everysec":
        judged["appendfsync"] = "always"
    findings = (
        checkup.version(told, place),
        checkup.persistence(told, judged),
        checkup.eviction(told),
    )
    sentences = [
        f"{found.says}: {found.todo}" for found in findings if found.level is not checkup.Level.OK
    ]
    if told.get("cluster_enabled") == "1" and config.get(_ASKED[2]) == "yes":
        sentences.append(
            "one primary that is gone stops the whole cluster: "
            "set cluster-require-full-coverage no on its nodes"
        )
    return tuple(sentences)
