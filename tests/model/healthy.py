"""The end of every walk: a healthy worker comes when every other is dead."""

from typing import TYPE_CHECKING

from later_tui.store.claims import Outcome
from tests.model.invariants import Place, Violation
from tests.model.moments import CHANNELS

if TYPE_CHECKING:
    from tests.model.rig import Rig


def settle_all(rig: "Rig") -> None:
    """Settle whatever is open; nagging ends with it. Raises Violation for what is lost."""
    for name, found in rig.seen.items():
        rig.ledgers[name] = rig.ledgers[name]._replace(holds=())
        for channel, lane in enumerate(CHANNELS):
            if found.place(lane) is Place.LEASED:
                rig.expire(name, channel)
        rig.fall_due(name)
    rig.nagging.clear()
    # Twice: a nag that may have been sent is settled by the one after it.
    for _ in range(2):
        for channel in range(len(CHANNELS)):
            _work(rig, channel)
    for name, found in rig.seen.items():
        if any(found.delivery(channel).upcoming for channel in CHANNELS):
            raise Violation(f"{name}: it is lost: no worker can settle it")


def _work(rig: "Rig", channel: int) -> None:
    lane = CHANNELS[channel]
    for name in rig.seen:
        if rig.seen[name].ahead(lane) and rig.seen[name].delivery(lane).upcoming:
            rig.come(name, channel)
    for name, hold in rig.claim(channel):
        answer, armed = rig.arm(name, hold)
        if answer != "ok":
            raise Violation(f"{name}: a claim of what is due cannot be armed")
        rig.settle(name, rig.send(name, armed), Outcome.DELIVERED)
