"""What is shown of values that may be secret: in logs, reprs, warnings and traces, never in what a program is given.

A value is secret by its name: tokens, passwords, session keys, app secrets, the headers with which somebody is known.
In a text it is found by the name before it, as JSON, Python, URLs and headers write it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from reprlib import Repr
from typing import Any

#: What stands for a secret.
MASK = "***"

# What a name has in it, without regard to case: `access_token`, `X-Api-Key`. A hyphen here may be none there, or a `_`.
_WORDS = (
    "authorization", "cookie", "credential", "passphrase", "passwd", "password", "private-key", "secret", "session-key",
    "session-id", "api-key", "token", "pwd",
)  # fmt: skip
# `X-WX-Session` is one with nothing after it, `session_started` is not.
_SECRET = re.compile("|".join(_WORDS).replace("-", "[_-]?") + r"|session(?![\w.-])", re.IGNORECASE)
# It begins where a name does and is not too long, or else a long text without any would be tried from every letter.
_NAME = rf"(?<![\w.-])[\w.-]{{0,60}}(?:{_SECRET.pattern})[\w.-]{{0,60}}"
# Quoted as in JSON and in a repr, and so again within a string that is quoted once more: to the next quote that has as
# many backslashes, or to the end.
_QUOTE = r"""(?:\\{0,7}["'])"""
_QUOTED = rf"""(?P<quote>{_QUOTE})(?:(?!(?<!\\)(?P=quote))[\s\S])*(?:(?<!\\)(?P=quote)|$)"""
_COLLECTED = r"\[(?:[^\[\]]|\[[^\]]*\])*\]|\{(?:[^{}]|\{[^}]*\})*\}"
_IN_A_TEXT = re.compile(
    rf"""
    (?P<before>
        {_QUOTE}?{_NAME}{_QUOTE}?\s* (?: =\s* | :\s*(?={_QUOTE}|[\[{{]) )
        | {_QUOTE}{_NAME}{_QUOTE}\s* :\s*(?=-?\d)
    )
    (?: {_QUOTED} | {_COLLECTED} | [^\s"',;&)}}\]]+ )
    | (?P<scheme> \bBearer\s+ ) [\w.~+/=-]{{6,}}
    | (?P<url> :// ) [^/\s@'"]+ (?=@)
    | (?P<header> ^(?:Authorization|Proxy-Authorization|Cookie|Set-Cookie)\s*:\s* ) [^\r\n]+
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
# Looked for first, since most texts have none of it.
_HINT = re.compile(rf"{_SECRET.pattern}|bearer|://", re.IGNORECASE)


def is_secret(name: object) -> bool:
    """Whether what has this name is not to be shown."""
    return isinstance(name, str) and _SECRET.search(name) is not None


def masked_text(text: str) -> str:
    """The text with a mask for each secret in it."""
    return _IN_A_TEXT.sub(_masked_match, text) if _HINT.search(text) else text


def _masked_match(found: re.Match[str]) -> str:
    before = found["before"] or found["scheme"] or found["url"] or found["header"]
    return f"{before}{MASK}"


def hidden(value: Any) -> str:
    """The repr of a field that is secret, for `attrs.field(repr=hidden)`."""
    return repr(value) if value is None or value == "" else MASK


class Masking(Repr):
    """A `Repr` whose texts have a mask for each secret.

    A pair of `key` and `data`, or `value`, as storage has it, is secret if its key is called so.
    """

    def repr_str(self, x: str, level: int) -> str:
        return super().repr_str(masked_text(x), level)

    def repr_dict(self, x: dict[Any, Any], level: int) -> str:
        return super().repr_dict(masked_fields(x), level)

    def repr_instance(self, x: Any, level: int) -> str:
        if isinstance(x, _Mask):
            return MASK
        try:
            text = masked_text(repr(x))
        except Exception as error:
            text = f"<{type(x).__name__}, whose repr raised {type(error).__name__}>"
        return super().repr_instance(_Told(text), level)


class _Mask:
    """Stands for a secret."""


class _Told:
    """An object that is shown as this text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


_THE_MASK = _Mask()


def masked_fields(fields: Mapping[Any, Any]) -> dict[Any, Any]:
    """The fields of an object, those that are secret masked, for a `Masking`, or for who asks `is_mask`, to show."""
    pair = is_secret(fields.get("key"))
    return {
        name: _THE_MASK if _can_be_secret(value) and (is_secret(name) or (pair and name in PAIRED)) else value
        for name, value in fields.items()
    }


def is_mask(value: Any) -> bool:
    """Whether this stands for a secret among `masked_fields`."""
    return value is _THE_MASK


def in_short(fields: Mapping[str, Any]) -> str:
    """Fields as a repr has them, `name='a', data={…}`: secrets masked, long values cut in the middle."""
    return ", ".join(f"{name}={_SHORT.repr(value)}" for name, value in masked_fields(fields).items())


def whole(value: Any) -> str:
    """The repr of a value with its secrets, for who asks to see them."""
    show = getattr(type(value), "__whole__", repr)
    return str(show(value))


def masked_json(value: Any, secret: Callable[[str], bool] = is_secret) -> Any:
    """JSON with a mask for each secret text in it, and 0 for each secret number, by the names that are `secret`.

    What is not secret by its name may have a secret in it: see `masked_text`.
    """
    if isinstance(value, Mapping):
        key = value.get("key")
        pair = isinstance(key, str) and secret(key)
        return {
            name: _blank(one) if secret(name) or (pair and name in PAIRED) else masked_json(one, secret)
            for name, one in value.items()
        }
    if isinstance(value, list):
        return [masked_json(one, secret) for one in value]
    return masked_text(value) if isinstance(value, str) else value


def _blank(value: Any) -> Any:
    """What stands for something secret, of the same kind."""
    if not _can_be_secret(value):
        return value
    if isinstance(value, Mapping):
        return {name: _blank(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_blank(one) for one in value]
    return MASK if isinstance(value, str) else 0


def asks_for_secrets(options: Mapping[str, Any]) -> bool:
    """Whether a call reads what is stored under a key that is called as secrets are; its result has no name itself."""
    keys = options.get("keyList")
    if "data" in options:
        return False  # it stores
    return is_secret(options.get("key")) or (isinstance(keys, list | tuple) and any(map(is_secret, keys)))


#: What stands beside the key of something stored.
PAIRED = frozenset({"data", "value"})


def _can_be_secret(value: Any) -> bool:
    """Whether it says anything: flags, None and empty texts do not."""
    return not (value is None or isinstance(value, bool) or value == "")


_SHORT = Masking()
_SHORT.maxlevel = 6
_SHORT.maxdict = _SHORT.maxlist = _SHORT.maxtuple = 20
_SHORT.maxstring = _SHORT.maxother = 400
_WHOLE = Masking()
_WHOLE.maxlevel = _WHOLE.maxdict = _WHOLE.maxlist = _WHOLE.maxtuple = _WHOLE.maxset = _WHOLE.maxfrozenset = 1000
_WHOLE.maxstring = _WHOLE.maxother = _WHOLE.maxlong = 1_000_000


def shown(value: Any) -> str:
    """The repr of a value, with a mask for each secret in it."""
    return _WHOLE.repr(value)
