"""What Alipay's programs are told of devices and values: github.com/AlipayDocs/open-docs and @mini-types/my 3.0.14.

Values are hexadecimal text, UUIDs as its samples have them: all 128 bits in small letters on Android, the short form in
capitals on an iPhone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...core.answers import Fail, Options, Result
from ...core.options import Buffers, optional
from .advertising import manufacturer_bytes, payload
from .forms import Form
from .radio import Attribute, Heard, Offer
from .uuids import full, short

#: Why Bluetooth can't be used, by WeChat's number of it: the page of `my.openBluetoothAdapter`.
UNAVAILABLE: Mapping[int, tuple[int, str]] = {3: (14, "未授权支付宝使用蓝牙功能"), 4: (12, "蓝牙未打开")}
UNKNOWN = (10001, "当前蓝牙适配器不可用")


class AlipayForm(Form):
    """As the module says."""

    twice_is_fine = True
    searches_more = True
    names_descriptors = True
    needs_services = False

    def uuid(self, uuid: str, *, ios: bool) -> str:
        """A UUID."""
        return short(uuid) if ios else full(uuid).lower()

    def value(self, value: bytes) -> str:
        """A value, as text."""
        return value.hex().upper()

    def device(self, device_id: str, heard: Heard, *, ios: bool, connectable: bool) -> Result:
        """A device: `deviceName` is for old programs, `advertisData` the whole advertisement."""
        return {
            "deviceId": device_id,
            "name": heard.name,
            "deviceName": heard.name,
            "localName": heard.local_name,
            "RSSI": heard.rssi,
            "advertisData": self.value(payload(heard)),
            "manufacturerData": self.value(manufacturer_bytes(heard)),
        }

    def not_available(self, state: int, *, ios: bool, opening: bool) -> Fail:
        """That Bluetooth is off, denied to Alipay, or not there."""
        error, words = UNAVAILABLE.get(state, UNKNOWN)
        return Fail(words, error=error)

    def no_location(self) -> Fail:
        """Android's number alone."""
        return Fail("位置权限未开启", error=10019)

    def done(self) -> Result:
        """Nothing."""
        return {}

    def opened(self) -> Result:
        """That the phone has BLE."""
        return {"isSupportBLE": True}

    def services(self, offers: Iterable[Offer], *, ios: bool) -> list[Result]:
        """The services of a device."""
        return [{"serviceId": self.uuid(each.uuid, ios=ios), "isPrimary": each.primary} for each in offers]

    def characteristic(self, offer: Offer, attribute: Attribute, value: bytes, *, ios: bool) -> Result:
        """A characteristic, with what was last heard of its value."""
        return {
            "characteristicId": self.uuid(attribute.uuid, ios=ios),
            "serviceId": self.uuid(offer.uuid, ios=ios),
            "value": self.value(value),
            "properties": self.properties(attribute.properties),
        }

    def properties(self, allowed: frozenset[str]) -> Mapping[str, bool]:
        """What a characteristic allows."""
        told = super().properties(allowed)
        return {name: told[name] for name in ("read", "write", "notify", "indicate")}

    def state(self, options: Options) -> bool:
        """As WeChat's; one that is not given begins. (The page does not say so; it calls it optional.)"""
        begins: bool = optional(options, "state", "Boolean", True)
        return begins

    def pin(self, options: Options) -> str:
        """The pin: its bytes by the page, a text by the typings; a device of which none is given may have none."""
        given = options.get("pin")
        return bytes(given).decode("utf-8", "replace") if isinstance(given, Buffers) else str(given or "")

    def read(self, characteristic: Result) -> Result:
        """The characteristic that was read."""
        told = {name: value for name, value in characteristic.items() if name != "properties"}
        return {"characteristic": told}


FORM = AlipayForm()
