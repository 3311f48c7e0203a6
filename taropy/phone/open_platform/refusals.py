"""Why the open platform refuses a backend; each vendor says it with numbers and words of its own."""

from __future__ import annotations

from enum import StrEnum, auto


class Reason(StrEnum):
    """What was wrong with what a backend asked for."""

    NO_APPID = auto()
    NO_SECRET = auto()
    NO_CODE = auto()
    NO_TOKEN = auto()
    NO_OPENID = auto()
    WRONG_GRANT_TYPE = auto()
    WRONG_APPID = auto()
    WRONG_SECRET = auto()
    WRONG_CODE = auto()
    WRONG_CODE_APP = auto()
    USED_CODE = auto()
    WRONG_ANONYMOUS_CODE = auto()
    WRONG_TOKEN = auto()
    EXPIRED_TOKEN = auto()
    WRONG_OPENID = auto()
    WRONG_SIGNATURE = auto()
    WRONG_SIGNATURE_METHOD = auto()
    WRONG_BODY = auto()
    NEEDS_GET = auto()
    NEEDS_POST = auto()
    TOO_OFTEN = auto()
    TOO_OFTEN_TODAY = auto()
    WRONG_TEMPLATE = auto()
    WRONG_TEMPLATE_DATA = auto()
    WRONG_PAGE = auto()
    NOT_SUBSCRIBED = auto()
    WRONG_CARD = auto()


class Refused(Exception):
    """The open platform does not do what a backend asked for; `detail` says what of it is wrong, if that is told."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason.value} {detail}".rstrip())
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.reason, self.detail)
