"""Devices that may call the person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from supporting import failure

import taropy
from taropy.phone import Phone

DEVICE = {"sn": "S-1", "snTicket": "ticket", "modelId": "model", "deviceName": "door"}
GROUP = {"isGroup": True, "groupId": "house"}


def test_a_device_that_the_person_lets_call_is_listed(weapp: Any) -> None:
    assert weapp.getDeviceVoIPList().result()["list"] == []
    weapp.requestDeviceVoIP(DEVICE).result()
    weapp.requestDeviceVoIP(GROUP).result()
    listed = weapp.getDeviceVoIPList().result()["list"]
    assert [(each.get("sn"), each.get("group_id"), each.status) for each in listed] == [
        ("S-1", None, 1),
        (None, "house", 1),
    ]
    question = weapp.phone.person.asked[0]
    assert (question.kind, question.shown.deviceName) == ("requestDeviceVoIP", "door")


def test_one_that_was_refused_is_not_asked_about_again_until_the_settings_say_so(weapp: Any) -> None:
    weapp.phone.person.script("requestDeviceVoIP", allow=False)
    assert failure(weapp.requestDeviceVoIP(DEVICE)) == "requestDeviceVoIP:fail auth deny"
    with pytest.raises(taropy.TaroError) as caught:
        weapp.requestDeviceVoIP(DEVICE).result()
    assert caught.value.errCode == 10021
    assert weapp.getDeviceVoIPList().result()["list"][0].status == 0
    assert len(weapp.phone.person.asked) == 1
    weapp.phone.calling_devices.allow("S-1")
    assert weapp.getDeviceVoIPList().result()["list"][0].status == 1
    with pytest.raises(taropy.TaroError) as again:
        weapp.requestDeviceVoIP(DEVICE).result()
    assert again.value.errCode == 10001
    with pytest.raises(LookupError, match="never asked"):
        weapp.phone.calling_devices.allow("S-2")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({**DEVICE, "sn": "a b"}, "parameter.sn"),
        ({**DEVICE, "sn": "x" * 129}, "parameter.sn"),
        ({**DEVICE, "deviceName": "x" * 14}, "parameter.deviceName"),
        ({"isGroup": True}, "parameter.groupId"),
        ({"sn": "S-1"}, "parameter.modelId"),
    ],
)
def test_a_device_that_cannot_be_is_refused(weapp: Any, wrong: dict[str, Any], words: str) -> None:
    assert words in failure(weapp.requestDeviceVoIP(wrong))
    assert weapp.phone.person.asked == []


def test_a_phone_with_a_folder_remembers_its_devices(tmp_path: Path) -> None:
    for expected in (0, 1):
        with Phone(tmp_path / "phone") as phone, taropy.create("weapp", phone=phone) as t:
            assert len(t.getDeviceVoIPList().result()["list"]) == expected
            if not expected:
                t.requestDeviceVoIP(DEVICE).result()


def test_a_snapshot_has_the_devices(weapp: Any) -> None:
    then = weapp.phone.snapshot()
    weapp.requestDeviceVoIP(DEVICE).result()
    weapp.phone.restore(then)
    assert weapp.phone.calling_devices.of() == []
