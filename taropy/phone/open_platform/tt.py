"""Douyin's code-to-session interfaces: version 2, and the first one, which still answers.

Facts from developer.open-douyin.com (code2Session): a code, an anonymous code, or both are exchanged; numbers 40015,
40017, 40018 and 40019, else -1. Version 2 always answers with all fields of `data`, empty where nothing is to say.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from .calls import Answer, Call, Endpoint
from .platform import Registry
from .refusals import Reason, Refused

FIELDS = ("appid", "secret", "code", "anonymous_code")
EMPTY = {"session_key": "", "openid": "", "anonymous_openid": "", "unionid": "", "dopenid": ""}
BAD_APPID = (40015, "bad appid")
BAD_SECRET = (40017, "bad secret")
BAD_CODE = (40018, "bad code")
OTHER_ERROR = (-1, "system error")

ERRORS: Mapping[Reason, tuple[int, str]] = {
    Reason.NO_APPID: BAD_APPID,
    Reason.WRONG_APPID: BAD_APPID,
    Reason.NO_SECRET: BAD_SECRET,
    Reason.WRONG_SECRET: BAD_SECRET,
    Reason.NO_CODE: BAD_CODE,
    Reason.WRONG_CODE: BAD_CODE,
    Reason.WRONG_CODE_APP: BAD_CODE,
    Reason.USED_CODE: BAD_CODE,
    Reason.WRONG_ANONYMOUS_CODE: (40019, "bad anonymous code"),
}


def code_to_session(platform: Registry, call: Call) -> Answer:
    """Version 2: a POST of a JSON object, answered under `data`."""
    log_id = secrets.token_hex(16).upper()
    try:
        call.needs("POST")
        data = _exchange(platform, {name: call.json_text(name) for name in FIELDS})
    except Refused as refused:
        number, words = ERRORS.get(refused.reason, OTHER_ERROR)
        return {"err_no": number, "err_tips": words, "log_id": log_id, "data": EMPTY}
    return {"err_no": 0, "err_tips": "success", "log_id": log_id, "data": {**EMPTY, **data}}


def first_code_to_session(platform: Registry, call: Call) -> Answer:
    """Version 1: a GET, answered at the top; only what was exchanged is in the answer."""
    try:
        data = _exchange(platform, call.query)
    except Refused as refused:
        number, words = ERRORS.get(refused.reason, OTHER_ERROR)
        return {"error": 1, "errcode": number, "errmsg": words, "message": words}
    return {"error": 0, **data}


def _exchange(platform: Registry, given: Mapping[str, str]) -> dict[str, str]:
    app = platform.checked_app(given.get("appid"), given.get("secret"), "tt")
    code, anonymous_code = given.get("code"), given.get("anonymous_code")
    data: dict[str, str] = {}
    if code or not anonymous_code:
        login = platform.exchange(app, code)
        data |= {"session_key": login.session_key, "openid": login.openid, "unionid": login.unionid}
    if anonymous_code:
        try:
            data["anonymous_openid"] = platform.exchange(app, anonymous_code, kind="anonymous").openid
        except Refused as refused:
            raise Refused(Reason.WRONG_ANONYMOUS_CODE) from refused
    return data


ENDPOINTS: Mapping[str, Endpoint] = {
    "/api/apps/v2/jscode2session": code_to_session,
    "/api/apps/jscode2session": first_code_to_session,
}
