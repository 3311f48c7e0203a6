"""The devices, and groups of devices, that may call the person by voice and video through an app.

Facts: developers.weixin.qq.com/miniprogram/dev, "framework/device/voip/auth" and "api/open-api/device-voip".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import answered, only
from ..core.options import optional, required
from ..core.room import Room
from ..core.saved import Saved, is_app_key
from ..core.telling import count

if TYPE_CHECKING:
    from ..core.faces import Phone

SERIAL_NUMBER = re.compile(r"[A-Za-z0-9_-]{1,128}", re.ASCII)
LONGEST_NAME = 13
#: Of a device that is allowed already, and of one that was refused before.
ALLOWED_BEFORE, REFUSED_BEFORE = 10001, 10021


@attrs.define
class CallingDevice:
    """A device by its serial number and model, or a group of devices by its id; and whether it may call."""

    sn: str = ""
    model_id: str = ""
    group_id: str = ""
    allowed: bool = True

    def told(self) -> Result:
        """As programs are told of it."""
        named: Result = {"group_id": self.group_id} if self.group_id else {"sn": self.sn, "model_id": self.model_id}
        return {**named, "status": int(self.allowed)}


class CallingDevices(Room, name="calling_devices"):
    """The devices that the person was asked about, by app. The settings page is where a no becomes a yes: `allow`."""

    STATE = ("_devices",)
    FILE = "calling-devices.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, self.FILE, dict[str, list[CallingDevice]], is_app_key)
        self._devices: dict[str, list[CallingDevice]] = self._saved.load({})

    def in_words(self) -> Iterator[str]:
        """How many there are."""
        yield count(sum(map(len, self._devices.values())), "devices")

    def of(self, app: App | None = None) -> list[CallingDevice]:
        """The devices that the person was asked about by the app; by default that in front."""
        return list(self._devices.get((app or self.phone.pages.front).key, []))

    def allow(self, name: str, allowed: bool = True, app: App | None = None) -> None:
        """Lets a device call, or no more, on the settings page; `name` is its serial number, or the id of a group.

        LookupError for one that the person was never asked about.
        """
        for device in self.of(app):
            if name in (device.sn, device.group_id):
                device.allowed = allowed
                self._keep()
                return
        raise LookupError(f"the person was never asked about a device {name!r}")

    # --- native functions --------------------------------------------------------------------------------------

    @only("wx")
    @answered
    async def requestDeviceVoIP(self, app: App, options: Options) -> None:
        """Asks the person to let a device, or with `isGroup` a group, call them: the question `requestDeviceVoIP`.

        10001: it may already; 10021: it was refused before, and nobody is asked again. The vendor's server is not
        played: any ticket is good. Who refuses now is told as elsewhere, `auth deny`, which is judgement.
        """
        asked = self._asked(options)
        devices = self._devices.setdefault(app.key, [])
        known = next((each for each in devices if (each.sn, each.group_id) == (asked.sn, asked.group_id)), None)
        if known is not None:
            raise Fail("already authorized", ALLOWED_BEFORE) if known.allowed else Fail("auth deny", REFUSED_BEFORE)
        shown = {"appid": app.appid, "deviceName": options.get("deviceName", ""), **asked.told()}
        asked.allowed = await self.phone.person.allows("requestDeviceVoIP", shown)
        devices.append(asked)
        self._keep()
        if not asked.allowed:
            raise Fail("auth deny")

    @only("wx")
    @answered
    def getDeviceVoIPList(self, app: App, options: Options) -> Result:
        """The devices and groups that the person was asked about, each with its `status`: 1 if it may call, else 0."""
        return {"list": [device.told() for device in self.of(app)]}

    # --- its own -----------------------------------------------------------------------------------------------

    @staticmethod
    def _asked(options: Options) -> CallingDevice:
        if optional(options, "isGroup", "Boolean", False):
            return CallingDevice(group_id=required(options, "groupId", "String"))
        number, model = required(options, "sn", "String"), required(options, "modelId", "String")
        required(options, "snTicket", "String")
        if SERIAL_NUMBER.fullmatch(number) is None:
            raise Fail("parameter error: parameter.sn should be at most 128 letters, digits, _ and -")
        if len(required(options, "deviceName", "String")) > LONGEST_NAME:
            raise Fail(f"parameter error: parameter.deviceName should have at most {LONGEST_NAME} characters")
        return CallingDevice(sn=number, model_id=model)

    def _keep(self) -> None:
        self._saved.keep_if_writable(self._devices)
