"""What WeChat knows of checks that were made on phones: the keys that sign fingerprints, and faces that were verified.

Facts: developers.weixin.qq.com, `soter.verifySignature`; of `/cityservice/face/identify/getinfo`, whose page is not
public, the forms that an SDK has (DotNetCore.SKIT.FlurlHttpClient.Wechat, "CityServiceFaceIdentifyGetInfo").
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import attrs

from ..core.crypto import rsa_pss_verified
from ..core.telling import Showing, count
from .records import Store


@attrs.frozen
class DeviceKeys:
    """The public keys, as PEM, of the phones on which a user has been checked."""

    public_keys: list[str]


@attrs.frozen
class VerifiedFace:
    """A face that was verified in an app, and when; `validate_data` are the digits that the person has read aloud."""

    app_key: str
    made_at: float
    validate_data: str


class Checks(Showing):
    """The checks of all users."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._keys = store.table("soter key", DeviceKeys)
        self._faces = store.table("verified face", VerifiedFace)

    def in_words(self) -> Iterator[str]:
        """How many faces were verified."""
        yield count(len(self._faces.rows), "faces")

    def enroll(self, app_key: str, openid: str, public_key: str) -> None:
        """Gets to know the key of a phone, by which the user signs in the app."""
        with self._store.changing():
            known = self._keys_of(app_key, openid)
            if public_key not in known:
                self._keys.put(f"{app_key}\n{openid}", DeviceKeys([*known, public_key]))

    def is_signed(self, app_key: str, openid: str, text: str, signature: str) -> bool:
        """Whether it is the signature of a phone of the user's."""
        self._store.refresh()
        return any(rsa_pss_verified(text, signature, key) for key in self._keys_of(app_key, openid))

    def verify_face(self, app_key: str, now: float) -> str:
        """A receipt for a face that was verified."""
        with self._store.changing():
            receipt = secrets.token_urlsafe(48)
            self._faces.put(receipt, VerifiedFace(app_key, now, f"{secrets.randbelow(10_000):04d}"))
            return receipt

    def face(self, app_key: str, receipt: str) -> VerifiedFace | None:
        """What the receipt is worth in the app; None if nothing."""
        self._store.refresh()
        face = self._faces.rows.get(receipt)
        return face if face is not None and face.app_key == app_key else None

    def _keys_of(self, app_key: str, openid: str) -> list[str]:
        return self._keys.rows.get(f"{app_key}\n{openid}", DeviceKeys([])).public_keys
