"""A small notification service, run as a program: it does what a test wants to see survived.

Arguments: a file to which it writes each call it gets, one JSON a line; and a JSON object:
`capabilities`; `delay` (s before Notify is answered); `number` (the only one it gives);
`refuse` (the words with which Notify is refused); `closed_first` (it says closed before pressed).
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"


class Service:
    def __init__(self, bus: MessageBus, calls: Path, behaviour: dict[str, Any]) -> None:
        self.bus = bus
        self.calls = calls
        self.behaviour = behaviour
        self.number = 0

    def heard(self, message: Message) -> Message | bool | None:
        if message.message_type is not MessageType.METHOD_CALL:
            return None
        if message.interface == "later.Test":
            self.do(json.loads(message.body[0]))
            return Message.new_method_return(message)
        if message.interface != NAME:
            return None
        body = [str(item) if isinstance(item, dict) else item for item in message.body]
        with self.calls.open("a") as file:
            file.write(json.dumps({"member": message.member, "body": body}) + "\n")
        if message.member == "GetCapabilities":
            listed = self.behaviour.get("capabilities", ["body", "body-markup", "actions"])
            return Message.new_method_return(message, "as", [listed])
        if message.member == "GetServerInformation":
            return Message.new_method_return(message, "ssss", ["small", "later", "1", "1.2"])
        if message.member == "Notify":
            return self.notify(message)
        self.signal("NotificationClosed", "uu", message.body[0], 3)
        return Message.new_method_return(message)

    def notify(self, message: Message) -> Message | bool:
        if words := self.behaviour.get("refuse"):
            return Message.new_error(message, f"{NAME}.Error.Refused", words)
        if not message.body[1]:
            self.number += 1
        number = self.behaviour.get("number") or message.body[1] or self.number
        reply = Message.new_method_return(message, "u", [number])
        if delay := self.behaviour.get("delay"):
            asyncio.get_running_loop().call_later(delay, self.bus.send, reply)
            return True
        return reply

    def do(self, command: dict[str, Any]) -> None:
        self.behaviour |= command.get("behave", {})
        if press := command.get("press"):
            if self.behaviour.get("closed_first"):
                self.signal("NotificationClosed", "uu", press[0], 2)
            self.signal("ActionInvoked", "us", *press)
        if closed := command.get("close"):
            self.signal("NotificationClosed", "uu", *closed)

    def signal(self, member: str, signature: str, *body: Any) -> None:
        self.bus.send(Message.new_signal(PATH, NAME, member, signature, list(body)))


async def main() -> None:
    bus = await MessageBus().connect()
    service = Service(bus, Path(sys.argv[1]), json.loads(sys.argv[2]))
    bus.add_message_handler(service.heard)
    await bus.request_name(NAME)
    await asyncio.get_running_loop().create_future()


asyncio.run(main())
