"""The channel `desktop`: a ladder of ways to show a reminder on the person's own screen."""

import sys
from typing import ClassVar

from later_tui.channels.base import ChannelContext
from later_tui.channels.desktop.ladder import Ladder
from later_tui.channels.desktop.native import Native
from later_tui.channels.desktop.options import DesktopOptions
from later_tui.channels.desktop.plain import Plain
from later_tui.channels.desktop.popup import PopUp
from later_tui.channels.desktop.rung import Rung
from later_tui.channels.desktop.service import NotificationService
from later_tui.channels.desktop.terminal import Terminal
from later_tui.channels.desktop.toast import Toast
from later_tui.domain.errors import ConfigError


class Desktop(Ladder):
    """The ladder for this platform. Touches no bus and no screen before the first delivery."""

    Options: ClassVar = DesktopOptions

    def __init__(self, options: DesktopOptions, context: ChannelContext) -> None:
        if options.sound is False and options.sound_name:
            raise ConfigError(
                "channel.desktop has sound = false and a sound_name, which would never be played"
            )
        rungs: list[Rung] = []
        if sys.platform in ("win32", "darwin"):
            rungs += [Native(context.on_answer, options), Plain(None)]
        else:
            service = NotificationService()
            popup = PopUp(service, context.on_answer, options, context.on_open)
            rungs += [popup, Plain(service)]
        rungs += [Terminal(context.terminal, options.terminal), Toast(context.toast)]
        super().__init__(rungs)
