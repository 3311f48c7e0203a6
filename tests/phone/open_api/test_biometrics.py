"""Fingerprints and faces: whom the phone recognises, and what a backend is told of it by the vendor."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from backends import log_in
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from supporting import supporting

import taropy
from taropy.phone import Phone
from taropy.phone.core.apps import default_secret
from taropy.phone.core.crypto import rsa_pss_verified
from taropy.phone.media.library import SAMPLES

#: The example of GB 11643-1999.
ID_CARD = "11010519491231002X"
WANTED = {"requestAuthModes": ["fingerPrint", "facial"], "challenge": "order-7"}


@pytest.fixture
def phone() -> Iterator[Phone]:
    with Phone(device="Pixel 8") as phone:
        phone.clock.stop()
        yield phone


@pytest.fixture
def weapp(phone: Phone) -> Iterator[Any]:
    with taropy.create("weapp", phone=phone) as runtime:
        yield runtime


@pytest.fixture
def token(get: Any, phone: Phone) -> str:
    """What the program's backend asks the vendor with."""
    appid = phone.app("weapp").appid
    credentials = {"appid": appid, "secret": default_secret(appid), "grant_type": "client_credential"}
    return str(get("/cgi-bin/token", **credentials)["access_token"])


def number(promise: Any) -> int:
    with pytest.raises(taropy.TaroError) as caught:
        promise.result()
    return caught.value.errCode


# --- SOTER ---------------------------------------------------------------------------------------------------------


@supporting("startSoterAuthentication")
def test_what_the_phone_signs_verifies_with_its_key(t: Any) -> None:
    told = t.startSoterAuthentication(WANTED).result()
    assert (told.authMode, told.errCode) == ("fingerPrint", 0)
    signed = json.loads(told.resultJSON)
    assert (signed["raw"], signed["counter"]) == ("order-7", 1)
    load_pem_public_key(t.phone.biometrics.public_key.encode()).verify(
        base64.b64decode(told.resultJSONSignature),
        told.resultJSON.encode(),
        padding.PSS(padding.MGF1(SHA256()), 20),
        SHA256(),
    )
    again = json.loads(t.startSoterAuthentication(WANTED).result().resultJSON)
    assert again["counter"] == 2


def test_two_that_the_phone_signs_at_once_verify_with_one_key(weapp: Any, phone: Phone) -> None:
    async def main() -> list[Any]:
        return await taropy.Promise.all([weapp.startSoterAuthentication(WANTED) for _ in range(2)])

    both = taropy.run(main)
    key = phone.biometrics.public_key
    assert [rsa_pss_verified(each.resultJSON, each.resultJSONSignature, key) for each in both] == [True, True]
    assert [json.loads(each.resultJSON)["counter"] for each in both] == [1, 2]


def test_a_backend_has_the_vendor_verify_it(weapp: Any, phone: Phone, post: Any, token: str) -> None:
    openid = log_in(phone).openid
    told = weapp.startSoterAuthentication(WANTED).result()
    path = f"/cgi-bin/soter/verify_signature?access_token={token}"
    asked = {"openid": openid, "json_string": told.resultJSON, "json_signature": told.resultJSONSignature}
    assert post(path, json=asked) == {"errcode": 0, "errmsg": "ok", "is_ok": True}
    for wrong in (
        {"json_string": told.resultJSON.replace("order-7", "order-8")},
        {"json_signature": "bm8gc2lnbmF0dXJl"},
        {"json_signature": "no base64"},
        {"openid": "another's"},
    ):
        assert post(path, json={**asked, **wrong})["is_ok"] is False
    assert post(path, json={**asked, "openid": ""})["errcode"] == 41009
    assert post("/cgi-bin/soter/verify_signature?access_token=none", json=asked)["errcode"] == 40001


def test_another_person_s_finger_is_no_signature_of_the_first(weapp: Any, phone: Phone, post: Any, token: str) -> None:
    first = log_in(phone).openid
    phone.account.switch_user("bob")
    told = weapp.startSoterAuthentication(WANTED).result()
    asked = {"openid": first, "json_string": told.resultJSON, "json_signature": told.resultJSONSignature}
    assert post(f"/cgi-bin/soter/verify_signature?access_token={token}", json=asked)["is_ok"] is False


def test_a_program_asks_what_there_is_first(weapp: Any, phone: Phone) -> None:
    assert weapp.checkIsSupportSoterAuthentication().result().supportMode == ["fingerPrint", "facial"]
    phone.biometrics.modes = ["facial"]
    phone.biometrics.enrolled = []
    assert weapp.checkIsSupportSoterAuthentication().result().supportMode == ["facial"]
    assert weapp.checkIsSoterEnrolledInDevice(checkAuthMode="facial").result().isEnrolled is False
    assert number(weapp.checkIsSoterEnrolledInDevice(checkAuthMode="fingerPrint")) == 90003


def test_in_the_hybrid_it_is_told_what_there_is_instead_as_its_code_asks() -> None:
    with taropy.create("harmony-hybrid") as t:
        assert t.checkIsSoterEnrolledInDevice(checkAuthMode="facial").result().supportMode == ["fingerPrint", "facial"]


@pytest.mark.parametrize(
    ("modes", "enrolled", "told"),
    [
        (["fingerPrint", "facial"], ["facial"], "facial"),
        (["facial"], ["facial"], "facial"),
        (["facial"], ["fingerPrint"], 90011),
        (["fingerPrint"], [], 90011),
        ([], [], 90001),
    ],
)
def test_the_check_is_the_first_that_the_person_has_set_up(
    weapp: Any, phone: Phone, modes: list[str], enrolled: list[str], told: Any
) -> None:
    phone.biometrics.modes, phone.biometrics.enrolled = modes, enrolled
    asked = weapp.startSoterAuthentication(WANTED)
    assert (number(asked) if isinstance(told, int) else asked.result().authMode) == told


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"challenge": ""}, 90004),
        ({"challenge": "x" * 513}, 90004),
        ({"authContent": "x" * 43}, 90005),
        ({"requestAuthModes": ["speech"]}, 90003),
    ],
)
def test_wrong_options_have_their_numbers(weapp: Any, options: dict[str, Any], told: int) -> None:
    assert number(weapp.startSoterAuthentication({**WANTED, **options})) == told


def test_the_person_may_give_up_or_be_another(weapp: Any, phone: Phone) -> None:
    phone.biometrics.cancel_next()
    assert number(weapp.startSoterAuthentication(WANTED)) == 90008
    phone.biometrics.fail_next()
    assert number(weapp.startSoterAuthentication(WANTED)) == 90009


def test_after_five_tries_it_is_locked_for_a_while(weapp: Any, phone: Phone) -> None:
    for _ in range(5):
        phone.biometrics.fail_next()
        assert number(weapp.startSoterAuthentication(WANTED)) == 90009
    assert number(weapp.startSoterAuthentication(WANTED)) == 90010
    phone.clock.advance(30)
    assert weapp.startSoterAuthentication(WANTED).result().errCode == 0


def test_a_phone_with_a_folder_has_its_key_the_next_day(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone, taropy.create("weapp", phone=phone) as t:
        t.startSoterAuthentication(WANTED).result()
        phone.biometrics.enrolled = ["facial"]
        key = phone.biometrics.public_key
    with Phone(tmp_path) as phone, taropy.create("weapp", phone=phone) as t:
        assert (phone.biometrics.public_key, phone.biometrics.enrolled) == (key, {"facial"})
        assert json.loads(t.startSoterAuthentication(WANTED).result().resultJSON)["counter"] == 2


def test_a_snapshot_has_it(weapp: Any, phone: Phone) -> None:
    taken = phone.snapshot()
    phone.biometrics.enrolled, phone.biometrics.modes = [], []
    phone.restore(taken)
    assert (phone.biometrics.enrolled, phone.biometrics.modes) == (
        {"fingerPrint", "facial"},
        ("fingerPrint", "facial"),
    )
    assert repr(phone.biometrics) == "<Biometrics fingerPrint, facial, enrolled: facial, fingerPrint>"


def test_a_phone_has_two_checks_at_the_most(phone: Phone) -> None:
    with pytest.raises(ValueError, match="speech"):
        phone.biometrics.modes = ["speech"]
    with pytest.raises(ValueError, match="fingerprint"):
        phone.biometrics.enrolled = ["fingerprint"]


# --- faces ---------------------------------------------------------------------------------------------------------


def test_a_backend_redeems_the_receipt_of_a_face(weapp: Any, phone: Phone, post: Any, token: str) -> None:
    assert weapp.checkIsSupportFacialRecognition(checkAliveType=2).result().errCode == 0
    told = weapp.startFacialRecognitionVerify(name="张三", idCardNumber=ID_CARD).result()
    path = f"/cityservice/face/identify/getinfo?access_token={token}"
    info = post(path, json={"verify_result": told.verifyResult})
    assert (info["errcode"], info["identify_ret"]) == (0, 0)
    assert info["identify_time"] == int(phone.clock.now())
    assert post(path, json={"verify_result": "made up"})["identify_ret"] == 10017


def test_another_app_redeems_nothing(weapp: Any, phone: Phone) -> None:
    receipt = weapp.startFacialRecognitionVerify(name="张三", idCardNumber=ID_CARD).result().verifyResult
    assert phone.open_platform.checks.face("weapp/another", receipt) is None
    assert phone.open_platform.checks.face(f"weapp/{phone.app('weapp').appid}", receipt) is not None


@pytest.mark.parametrize(
    ("answer", "told"),
    [({"allow": False}, 10004), ({"cancel": True}, 90100)],
)
def test_the_face_may_be_another_s_or_none(weapp: Any, phone: Phone, answer: dict[str, bool], told: int) -> None:
    phone.person.script("startFacialRecognitionVerify", **answer)
    assert number(weapp.startFacialRecognitionVerify(name="张三", idCardNumber=ID_CARD)) == told


@pytest.mark.parametrize("card", ["110105194912310021", "1101051949123100", "x" * 18, ""])
def test_an_identity_card_has_a_number_that_adds_up(weapp: Any, card: str) -> None:
    assert number(weapp.startFacialRecognitionVerify(name="张三", idCardNumber=card)) == 10001


def test_a_phone_may_verify_none(weapp: Any, phone: Phone) -> None:
    assert number(weapp.checkIsSupportFacialRecognition(checkAliveType=7)) == 10001
    phone.biometrics.verifies_faces = False
    assert number(weapp.checkIsSupportFacialRecognition()) == 10006
    assert number(weapp.startFacialRecognitionVerify(name="张三", idCardNumber=ID_CARD)) == 10006


def test_the_video_of_it_is_what_the_camera_sees(weapp: Any, phone: Phone) -> None:
    phone.camera.show(SAMPLES["video"])
    weapp.startFacialRecognitionVerifyAndUploadVideo(name="张三", idCardNumber=ID_CARD).result()
    assert [each.read_bytes() for each in phone.biometrics.videos] == [SAMPLES["video"].read_bytes()]
