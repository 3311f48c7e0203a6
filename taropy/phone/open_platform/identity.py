"""The names that the vendors give a user, in each vendor's form.

They are made of the user, and of the app or its developer, by a hash, so that they are the same every time.
The forms follow what the vendors' examples look like (length, alphabet, how they begin); the vendors do not specify
them.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping

import attrs

from .records import RegisteredApp


@attrs.frozen
class Forms:
    """How one vendor writes an openid (from a digest of the app and one of the user), a unionid, a session key."""

    openid: Callable[[bytes, bytes], str]
    unionid: Callable[[bytes], str]
    session_key: Callable[[bytes], str]


def openid(app: RegisteredApp, user_id: str) -> str:
    """The user's name in this app."""
    return _forms(app.platform).openid(_digest("app", app.key), _digest("openid", app.key, user_id))


def unionid(app: RegisteredApp, user_id: str) -> str:
    """The user's name in all apps of this app's developer."""
    return _forms(app.platform).unionid(_digest("unionid", app.platform, app.developer, user_id))


def group_id(app: RegisteredApp, group: str) -> str:
    """A group chat's name in this app."""
    return f"tG{_letters(_digest('group', app.key, group), 26)}"


def new_session_key(platform: str, raw: bytes | None = None) -> str:
    """A session key of these 16 bytes; by default a new random one."""
    return _forms(platform).session_key(secrets.token_bytes(16) if raw is None else raw)


def _forms(platform: str) -> Forms:
    return FORMS.get(platform, FORMS["weapp"])


def _digest(*parts: str) -> bytes:
    return hashlib.sha256("\n".join(parts).encode()).digest()


def _letters(digest: bytes, length: int) -> str:
    return base64.urlsafe_b64encode(digest).decode()[:length]


def _wechat_openid(app: bytes, user: bytes) -> str:
    # All openids of one app begin alike: "o" and five letters.
    return f"o{_letters(app, 5)}{_letters(user, 22)}"


def _alipay_user_id(_app: bytes, user: bytes) -> str:
    return f"2088{int.from_bytes(user[:8]) % 10**12:012d}"


def _uuid(user: bytes) -> str:
    digits = user.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))


def _base64_key(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


FORMS: Mapping[str, Forms] = {
    "weapp": Forms(_wechat_openid, lambda user: f"o{_letters(user, 27)}", _base64_key),
    "qq": Forms(lambda _, user: user.hex()[:32].upper(), lambda user: f"UID_{user.hex()[:32].upper()}", _base64_key),
    "tt": Forms(lambda _, user: f"_000{_letters(user, 32)}", _uuid, _base64_key),
    "swan": Forms(lambda _, user: f"l{user.hex()[:25]}", lambda user: user.hex()[:32], bytes.hex),
    "alipay": Forms(_alipay_user_id, lambda user: _alipay_user_id(b"", user), _base64_key),
}
