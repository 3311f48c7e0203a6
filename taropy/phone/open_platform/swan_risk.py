"""Baidu's access tokens, and its interface that tells who may be a cheat.

Facts: github.com/swan-team/swan-docs at 87accb3c, serverapi/power_exp.md and serverapi/open_risk_power_detectrisk.md.
The numbers of the failures are not on these pages: 110 and 111 are those of Baidu's open interfaces for tokens, 1 is
ours. Which of its parameters the interface insists on, beside `xtoken`, isn't known either.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from ..core.javascript import parsed_object
from .calls import Answer, Call, Endpoint
from .platform import Registry
from .refusals import Reason, Refused
from .risks import TOKEN_LIFETIME
from .swan import ERRORS as OAUTH_ERRORS

SCOPE = "smartapp_snsapi_base"

TOKEN_ERRORS: Mapping[Reason, tuple[int, str]] = {
    Reason.WRONG_TOKEN: (110, "Access token invalid or no longer valid"),
    Reason.EXPIRED_TOKEN: (111, "Access token expired"),
}
OTHER_ERROR = (1, "param error")


def access_token(platform: Registry, call: Call) -> Answer:
    """A token for who shows the app's id and secret."""
    try:
        if call.form.get("grant_type") != "client_credentials":
            return {"error": "unsupported_grant_type", "error_description": "The grant type is not supported"}
        app = platform.checked_app(call.form.get("client_id"), call.form.get("client_secret"), "swan")
    except Refused as refused:
        error, description = OAUTH_ERRORS.get(refused.reason, ("invalid_client", "unknown client id"))
        return {"error": error, "error_description": description}
    return {"access_token": platform.risks.issue(app), "expires_in": TOKEN_LIFETIME, "scope": SCOPE}


def detect_risk(platform: Registry, call: Call) -> Answer:
    """How risky the person is whose program was told the `xtoken`."""
    told = {"request_id": str(secrets.randbelow(10**10)), "timestamp": int(platform.clock.now())}
    try:
        call.needs("POST")
        app_key = platform.risks.app_key(call.query.get("access_token", ""))
        described = parsed_object(call.form.get("xtoken", ""))
        judged = platform.risks.of(app_key, described.get("key"), described.get("value"))
    except Refused as refused:
        number, words = TOKEN_ERRORS.get(refused.reason, OTHER_ERROR)
        return {"errno": number, "errmsg": words, **told}
    return {"data": {"level": str(judged.level), "tag": judged.tags}, "errno": 0, "errmsg": "succ", **told}


ENDPOINTS: Mapping[str, Endpoint] = {
    "/oauth/2.0/token": access_token,
    "/rest/2.0/smartapp/detectrisk": detect_risk,
}
