"""Fingerprints and faces: SOTER, whose outcomes the phone signs, and WeChat's verification of faces.

Facts: developers.weixin.qq.com/miniprogram/dev/api/open-api/soter and …/framework/open-ability/bio-auth; the numbers of
SOTER's failures are in its community (community/develop/doc/0002ac389d0f10ed159c970265b000), their words are ours. The
verification of faces has no public page: what is told here is what its users have written down of it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import attrs

from ...hints import check_word
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import FLAG, checked
from ..core.crypto import new_rsa_key, public_pem, rsa_pss_sign
from ..core.functions import answered
from ..core.options import optional, required, strings
from ..core.person import Question
from ..core.remembered import Remembered
from ..core.room import Room
from ..core.saved import Saved
from ..open_platform.identity import openid

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..open_platform import OpenPlatform

MODES = ("fingerPrint", "facial")
NO_MODE = "a phone checks no {!r}"

NO_SOTER = ("this phone has no SOTER", 90001)
NOT_OFFERED = ("no such check on this phone", 90003)
CHALLENGE = ("challenge is missing, or longer than 512 characters", 90004)
CONTENT = ("authContent is longer than 42 characters", 90005)
CANCELLED = ("cancel", 90008)
NOT_RECOGNISED = ("not recognised", 90009)
LOCKED = ("locked after too many tries", 90010)
NOT_ENROLLED = ("nothing is enrolled", 90011)
LONGEST_CHALLENGE, LONGEST_CONTENT = 512, 42
#: As Android locks its sensors: after so many tries in a row, for so many seconds.
TRIES, LOCKED_FOR = 5, 30.0

WRONG_PARAMETERS, OTHER_FACE, FACE_CANCELLED, NO_FACES = 10001, 10004, 90100, 10006
#: How a person proves to be alive: by reading digits, by light on the face, by either.
ALIVE = (0, 1, 2)


@attrs.frozen
class Device:
    """What the phone's secure hardware keeps: its key, as PEM, and how often it has signed."""

    private_key: str = attrs.field(default="", repr=False)
    counter: int = 0
    enrolled: list[str] = attrs.field(factory=lambda: list(MODES))


@checked(verifies_faces=FLAG)
class Biometrics(Room, name="biometrics"):
    """The sensors by which the phone knows its person.

    - `modes`: the checks that it has, of `fingerPrint` and `facial`; `enrolled`: those that the person has set up. A
      phone with a folder keeps what is enrolled, its key and its counter.
    - `verifies_faces`: whether WeChat verifies faces on it; `videos`: what was taken meanwhile, and kept for the app.
    """

    STATE = ("_modes", "_device", "_failures", "_locked_until", "verifies_faces", "videos")
    FILE = "biometrics.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._platform = cast("OpenPlatform", phone.open_platform)
        self._saved = Saved(phone, self.FILE, Device)
        self._device = self._saved.load(Device())
        self._modes: tuple[str, ...] = MODES
        self._failures = 0
        self._locked_until = 0.0
        self.verifies_faces = True
        self.videos: Remembered[Path] = Remembered()

    def in_words(self) -> Iterator[str]:
        """What there is, and what is enrolled."""
        yield ", ".join(self.modes) or "no sensor"
        yield f"enrolled: {', '.join(sorted(self.enrolled)) or 'nothing'}"

    # --- for tests ---------------------------------------------------------------------------------------------

    @property
    def modes(self) -> tuple[str, ...]:
        """The checks that the phone has."""
        return self._modes

    @modes.setter
    def modes(self, modes: Iterable[str]) -> None:
        self._modes = _checked(modes)

    @property
    def enrolled(self) -> frozenset[str]:
        """The checks that the person has set up."""
        return frozenset(self._device.enrolled)

    @enrolled.setter
    def enrolled(self, modes: Iterable[str]) -> None:
        self._change(enrolled=list(_checked(modes)))

    @property
    def public_key(self) -> str:
        """The public half of the key that the phone signs with, as PEM. Needs the extra `crypto`."""
        return public_pem(self._private_key())

    def fail_next(self) -> None:
        """The next time, the phone does not recognise who touches it."""
        self.phone.person.script("startSoterAuthentication", allow=False)

    def cancel_next(self) -> None:
        """The next time, the person gives up."""
        self.phone.person.script("startSoterAuthentication", cancel=True)

    # --- native functions: SOTER -------------------------------------------------------------------------------

    @answered
    def checkIsSupportSoterAuthentication(self, app: App, options: Options) -> Result:
        """The checks that the phone has, as `supportMode`; an empty list if it has none."""
        return {"supportMode": list(self.modes)}

    @answered
    def checkIsSoterEnrolledInDevice(self, app: App, options: Options) -> Result:
        """Whether the person has set up `checkAuthMode`, as `isEnrolled`. 90003 for a check that the phone has not."""
        mode = required(options, "checkAuthMode", "String")
        if mode not in self.modes:
            raise Fail(*NOT_OFFERED, isEnrolled=False)
        return {"isEnrolled": mode in self.enrolled}

    @answered
    async def startSoterAuthentication(self, app: App, options: Options) -> Result:
        """Checks the person by the first of `requestAuthModes` that is enrolled, and signs the `challenge`.

        `resultJSON` is what is signed, `resultJSONSignature` its signature: RSA-PSS with SHA-256 and 20 bytes of salt,
        in Base64. A backend has it verified at `/cgi-bin/soter/verify_signature`. Failures by `errCode`: 90001 without
        SOTER, 90003 no such check, 90004 challenge, 90005 authContent, 90008 cancelled, 90009 not recognised, 90010
        locked (here for 30 seconds after five tries, as on Android), 90011 nothing enrolled.
        """
        wanted = strings(required(options, "requestAuthModes", "Array"), "parameter.requestAuthModes")
        challenge = optional(options, "challenge", "String", "")
        content = optional(options, "authContent", "String", "")
        if not 0 < len(challenge) <= LONGEST_CHALLENGE:
            raise Fail(*CHALLENGE)
        if len(content) > LONGEST_CONTENT:
            raise Fail(*CONTENT)
        mode = self._mode(wanted)
        await self._recognise(mode, content)
        text = self._signed_text(challenge)
        signature = await asyncio.to_thread(rsa_pss_sign, text, await self._key())
        registered = self._platform.app_of_phone(app.platform, app.appid)
        name = openid(registered, self.phone.account.user.id)
        self._platform.checks.enroll(registered.key, name, self.public_key)
        return {"authMode": mode, "errCode": 0, "resultJSON": text, "resultJSONSignature": signature}

    # --- native functions: faces -------------------------------------------------------------------------------

    @answered
    def checkIsSupportFacialRecognition(self, app: App, options: Options) -> Result:
        """Whether WeChat verifies faces on this phone, by `errCode` 0; 10006 if not."""
        self._need_faces(options)
        return {"errCode": 0}

    @answered
    async def startFacialRecognitionVerify(self, app: App, options: Options) -> Result:
        """Verifies that the person is who `name` and `idCardNumber` say, as they are unless told otherwise.

        `verifyResult` is a receipt: a backend redeems it at `/cityservice/face/identify/getinfo`. 10001 for wrong
        options, 10004 for another face (`person.script("startFacialRecognitionVerify", allow=False)`), 90100 if the
        person gives up (`cancel=True`).
        """
        return await self._verify_face(app, options)

    @answered
    async def startFacialRecognitionVerifyAndUploadVideo(self, app: App, options: Options) -> Result:
        """The same, and keeps the video: what the camera sees; see `videos`. Where a backend gets it is not known."""
        verified = await self._verify_face(app, options)
        self.videos.append(self.phone.camera.take(["video"]))
        return verified

    # --- its own -----------------------------------------------------------------------------------------------

    def _mode(self, wanted: list[str]) -> str:
        if not self.modes:
            raise Fail(*NO_SOTER)
        offered = [mode for mode in wanted if mode in self.modes]
        if not offered:
            raise Fail(*NOT_OFFERED)
        found = next((mode for mode in offered if mode in self.enrolled), None)
        if found is None:
            raise Fail(*NOT_ENROLLED)
        return found

    async def _recognise(self, mode: str, content: str) -> None:
        if self.phone.clock.now() < self._locked_until:
            raise Fail(*LOCKED)
        shown = {"authMode": mode, "authContent": content}
        answer = await self.phone.person.answer(Question("startSoterAuthentication", shown, {"allow": True}))
        if answer.get("cancel"):
            raise Fail(*CANCELLED)
        if answer["allow"]:
            self._failures = 0
            return
        self._failures += 1
        if self._failures >= TRIES:
            self._failures, self._locked_until = 0, self.phone.clock.now() + LOCKED_FOR
        raise Fail(*NOT_RECOGNISED)

    def _signed_text(self, challenge: str) -> str:
        self._change(counter=self._device.counter + 1)
        android = self.phone.system.device.platform == "android"
        fields = {
            "raw": challenge,
            **({"fid": "1"} if android else {}),
            "counter": self._device.counter,
            "tee_n": "taropy",
            "tee_v": "1",
            "fp_n": "taropy",
            "fp_v": "1",
            "cpu_id": self.phone.system.device.model,
            "uid": "10000",
        }
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))

    async def _key(self) -> str:
        """The private key, which is made in a thread and kept here: of two calls at once, both sign with the first."""
        if not self._device.private_key:
            made = await asyncio.to_thread(new_rsa_key)
            if not self._device.private_key:
                self._change(private_key=made)
        return self._device.private_key

    def _private_key(self) -> str:
        if not self._device.private_key:
            self._change(private_key=new_rsa_key())
        return self._device.private_key

    def _change(self, **changed: Any) -> None:
        self._device = attrs.evolve(self._device, **changed)
        self._keep()

    def _keep(self) -> None:
        self._saved.keep(self._device)

    def _need_faces(self, options: Options) -> None:
        if optional(options, "checkAliveType", "Number", 0) not in ALIVE:
            raise Fail("checkAliveType is none of 0, 1 and 2", WRONG_PARAMETERS)
        if not self.verifies_faces:
            raise Fail("this phone verifies no faces", NO_FACES)

    async def _verify_face(self, app: App, options: Options) -> Result:
        self._need_faces(options)
        person = {name: required(options, name, "String") for name in ("name", "idCardNumber")}
        if not all(person.values()) or not _is_id_card(person["idCardNumber"]):
            raise Fail("name or idCardNumber is none", WRONG_PARAMETERS)
        self.phone.permissions.need_of_device("camera")
        answer = await self.phone.person.answer(Question("startFacialRecognitionVerify", person, {"allow": True}))
        if answer.get("cancel"):
            raise Fail("cancel", FACE_CANCELLED)
        if not answer["allow"]:
            raise Fail("the face is another's", OTHER_FACE)
        registered = self._platform.app_of_phone(app.platform, app.appid)
        receipt = self._platform.checks.verify_face(registered.key, self.phone.clock.now())
        return {"errCode": 0, "verifyResult": receipt}


def _checked(modes: Iterable[str]) -> tuple[str, ...]:
    found = tuple(modes)
    for mode in found:
        check_word(mode, MODES, NO_MODE)
    return found


WEIGHTS: Mapping[int, int] = {position: 2 ** (17 - position) % 11 for position in range(17)}


def _is_id_card(number: str) -> bool:
    """Whether the last of its 18 characters is the one that follows from the others: GB 11643-1999."""
    digits, last = number[:17], number[17:]
    if len(number) != 18 or not (digits.isascii() and digits.isdecimal()):
        return False
    total = sum(int(digit) * WEIGHTS[position] for position, digit in enumerate(digits))
    return last.upper() == "10X98765432"[total % 11]
