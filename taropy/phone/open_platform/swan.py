"""Baidu's code-to-session-key interface.

Facts from smartprogram.baidu.com (Session Key): a form with `code`, `client_id` (here the appid) and `sk`, the secret;
a missing one is number 10010100. No numbers are published for what else can be wrong: it is said here with the error
names of OAuth 2.0 (RFC 6749), and the descriptions beside them are taropy's own.
"""

from __future__ import annotations

from collections.abc import Mapping

from .calls import Answer, Call, Endpoint
from .platform import Registry
from .refusals import Reason, Refused

FIELDS = {"code": "Code", "client_id": "ClientID", "sk": "SK"}
PARAMETER_IS_INVALID = 10010100

ERRORS: Mapping[Reason, tuple[str, str]] = {
    Reason.WRONG_APPID: ("invalid_client", "unknown client id"),
    Reason.WRONG_SECRET: ("invalid_client", "Client authentication failed"),
    Reason.WRONG_CODE: ("invalid_grant", "Invalid authorization code"),
    Reason.WRONG_CODE_APP: ("invalid_grant", "Invalid authorization code"),
    Reason.USED_CODE: ("invalid_grant", "Authorization code has been used"),
    Reason.TOO_OFTEN: ("temporarily_unavailable", "Too many requests of this user"),
    Reason.WRONG_BODY: ("invalid_request", "malformed request"),
    Reason.NEEDS_POST: ("invalid_request", "the request has to be a POST"),
}


def code_to_session_key(platform: Registry, call: Call) -> Answer:
    """A login code for openid and session key."""
    try:
        call.needs("POST")
        missing = next((field for name, field in FIELDS.items() if not call.form.get(name)), None)
        if missing is not None:
            return _parameter_is_invalid(missing)
        app = platform.checked_app(call.form["client_id"], call.form["sk"], "swan")
        login = platform.exchange(app, call.form["code"])
    except Refused as refused:
        error, description = ERRORS[refused.reason]
        return {"error": error, "error_description": description}
    return {"openid": login.openid, "session_key": login.session_key}


def _parameter_is_invalid(field: str) -> Answer:
    detail = f"Key: 'Code2SessionKeyParam.{field}' Error:Field validation for '{field}' failed on the 'required' tag"
    return {"errno": PARAMETER_IS_INVALID, "error": "parameter is invalid", "error_description": detail}


ENDPOINTS: Mapping[str, Endpoint] = {"/oauth/jscode2sessionkey": code_to_session_key}
