"""What programs are told of devices, services and values, as WeChat has it; another vendor's is a subclass."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping

from ...core.answers import Fail, Options, Result
from ...core.options import required
from .advertising import manufacturer_bytes
from .failures import INVALID_DATA, NOT_AVAILABLE, SYSTEM_ERROR, failure
from .radio import Attribute, Heard, Offer
from .uuids import full


class Form:
    """developers.weixin.qq.com/miniprogram/dev/api/device: UUIDs have 128 bits in capitals, values are bytes."""

    #: Whether connecting twice, and opening twice, is a success.
    twice_is_fine = False
    #: Whether a search may also be for names, ids and classic devices.
    searches_more = False
    #: Whether a subscription may name its descriptor.
    names_descriptors = False
    #: Whether `getConnectedBluetoothDevices` has to be told services.
    needs_services = True

    def uuid(self, uuid: str, *, ios: bool) -> str:
        """A UUID."""
        return full(uuid)

    def value(self, value: bytes) -> bytes | str:
        """A value."""
        return value

    def device(self, device_id: str, heard: Heard, *, ios: bool, connectable: bool) -> Result:
        """A device that was heard; `connectable` is whether the system tells that of it."""
        told: Result = {
            "deviceId": device_id,
            "name": heard.name,
            "RSSI": heard.rssi,
            "localName": heard.local_name,
            "advertisData": manufacturer_bytes(heard),
            "advertisServiceUUIDs": [self.uuid(uuid, ios=ios) for uuid in heard.services],
            "serviceData": {self.uuid(uuid, ios=ios): data for uuid, data in heard.service_data.items()},
        }
        return {**told, "connectable": heard.connectable} if connectable else told

    def not_available(self, state: int, *, ios: bool, opening: bool) -> Fail:
        """That Bluetooth can't be used; an iPhone says why when the adapter is opened."""
        return failure(NOT_AVAILABLE, state=state) if ios and opening else failure(NOT_AVAILABLE)

    def no_location(self) -> Fail:
        """That Android does not search without the location. The number is judgement."""
        return Fail(":location permission is denied", SYSTEM_ERROR)

    def done(self) -> Result:
        """What comes of what gives nothing: Taro's declarations have the number of a failure there, too."""
        return {"errCode": 0}

    def opened(self) -> Result:
        """What comes of opening the adapter."""
        return self.done()

    def services(self, offers: Iterable[Offer], *, ios: bool) -> list[Result]:
        """The services of a device."""
        return [{"uuid": self.uuid(each.uuid, ios=ios), "isPrimary": each.primary} for each in offers]

    def characteristic(self, offer: Offer, attribute: Attribute, value: bytes, *, ios: bool) -> Result:
        """A characteristic, and what was last heard of its value."""
        return {"uuid": self.uuid(attribute.uuid, ios=ios), "properties": self.properties(attribute.properties)}

    def properties(self, allowed: frozenset[str]) -> Mapping[str, bool]:
        """What a characteristic allows."""
        return {
            "read": "read" in allowed,
            "write": bool(allowed & {"write", "writeNoResponse"}),
            "writeDefault": "write" in allowed,
            "writeNoResponse": "writeNoResponse" in allowed,
            "notify": "notify" in allowed,
            "indicate": "indicate" in allowed,
        }

    def state(self, options: Options) -> bool:
        """Whether a subscription is to begin or to end."""
        begins: bool = required(options, "state", "Boolean")
        return begins

    def pin(self, options: Options) -> str:
        """The pin that a program pairs with, which it gives in Base64."""
        try:
            return base64.b64decode(required(options, "pin", "String"), validate=True).decode()
        except ValueError as error:
            raise failure(INVALID_DATA) from error

    def read(self, characteristic: Result) -> Result:
        """What comes of reading; the value itself is told to the listeners."""
        return self.done()


WECHAT = Form()
