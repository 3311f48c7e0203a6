"""Alipay's gateway: signatures, `alipay.system.oauth.token`, and the trades that `alipay_trade` plays.

Facts from opendocs.alipay.com (alipay.system.oauth.token; the gateway's common errors; signing): a form or query
whose signature, RSA2, is over all other parameters that have a value, sorted by name. The answer stands under the
method's name, an error under `error_response`, and `sign` signs exactly the bytes of that part. The texts that explain
a code (`sub_msg`), and how long tokens live, are taropy's own choice: programs should go by the codes. An app that
registered no public key is not asked to sign, and gets no signature.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from ..core.crypto import rsa2_sign, rsa2_verified
from . import alipay_trade
from .calls import Answer, Call, Endpoint, as_json
from .paying import joined
from .platform import REFRESH_TOKEN_LIFETIME, Registry
from .records import RegisteredApp
from .refusals import Reason, Refused

TOKEN_METHOD = "alipay.system.oauth.token"
TOKEN_LIFETIME = 15 * 86_400

MISSING = ("40001", "Missing Required Arguments")
INVALID = ("40002", "Invalid Arguments")
LIMITED = ("40005", "Call Limited")
ERRORS: Mapping[Reason, tuple[tuple[str, str], str, str]] = {
    Reason.NO_APPID: (MISSING, "isv.missing-app-id", "缺少AppID参数"),
    Reason.WRONG_APPID: (INVALID, "isv.invalid-app-id", "无效的AppID参数"),
    Reason.WRONG_SIGNATURE: (INVALID, "isv.invalid-signature", "无效签名"),
    Reason.WRONG_SIGNATURE_METHOD: (INVALID, "isv.invalid-signature-type", "无效签名类型"),
    Reason.WRONG_GRANT_TYPE: (INVALID, "isv.grant-type-invalid", "grant_type参数不正确"),
    Reason.NO_CODE: (INVALID, "isv.code-invalid", "授权码code无效"),
    Reason.WRONG_CODE: (INVALID, "isv.code-invalid", "授权码code无效"),
    Reason.USED_CODE: (INVALID, "isv.code-invalid", "授权码code无效"),
    Reason.WRONG_CODE_APP: (INVALID, "isv.unmatched-app-id", "调用接口的应用标识与令牌授权的应用不相符"),
    Reason.WRONG_TOKEN: (INVALID, "isv.refresh-token-invalid", "刷新令牌无效"),
    Reason.WRONG_BODY: (INVALID, "isv.invalid-format", "无效数据格式"),
    Reason.TOO_OFTEN: (LIMITED, "isv.app-call-limited", "应用调用次数超限"),
}


def gateway(platform: Registry, call: Call) -> Answer:
    """One address for all methods; which one is a parameter."""
    app: RegisteredApp | None = None
    try:
        app = _app(platform, call.form)
        _check_signature(app, call.form)
        method = call.form.get("method", "")
        if method in alipay_trade.METHODS:
            trade = alipay_trade.play(platform, app, call.form)
            return _signed(platform, app, f"{method.replace('.', '_')}_response", trade)
        if method != TOKEN_METHOD:
            return _signed(platform, app, "error_response", _method_error(call.form))
        token = _token(platform, app, call.form)
    except Refused as refused:
        return _signed(platform, app, "error_response", _error(*ERRORS[refused.reason]))
    return _signed(platform, app, "alipay_system_oauth_token_response", token)


def _app(platform: Registry, form: Mapping[str, str]) -> RegisteredApp:
    if not form.get("app_id"):
        raise Refused(Reason.NO_APPID)
    app = platform.app(form["app_id"], "alipay")
    if app is None:
        raise Refused(Reason.WRONG_APPID)
    return app


def _check_signature(app: RegisteredApp, form: Mapping[str, str]) -> None:
    if app.public_key is None:
        return
    if form.get("sign_type") != "RSA2":
        raise Refused(Reason.WRONG_SIGNATURE_METHOD)
    content = joined({name: text for name, text in form.items() if name != "sign" and text})
    if not rsa2_verified(content, form.get("sign", ""), app.public_key):
        raise Refused(Reason.WRONG_SIGNATURE)


def _token(platform: Registry, app: RegisteredApp, form: Mapping[str, str]) -> Answer:
    grant = form.get("grant_type")
    if grant == "authorization_code":
        user_id, openid = _user(platform, app, form.get("code"), "login")
    elif grant == "refresh_token":
        user_id, openid = _refreshed_user(platform, app, form.get("refresh_token"))
    else:
        raise Refused(Reason.WRONG_GRANT_TYPE)
    return {
        "access_token": f"authbseB{secrets.token_hex(16)}",
        "user_id": openid,
        "alipay_user_id": openid,
        "expires_in": TOKEN_LIFETIME,
        "re_expires_in": REFRESH_TOKEN_LIFETIME,
        "refresh_token": platform.new_code("refresh", app.platform, app.appid, user_id),
    }


def _user(platform: Registry, app: RegisteredApp, code: str | None, kind: str) -> tuple[str, str]:
    login = platform.exchange(app, code, kind=kind)
    # A user has one id for all apps of a developer here, so it is the unionid that counts.
    return login.user_id, login.unionid


def _refreshed_user(platform: Registry, app: RegisteredApp, token: str | None) -> tuple[str, str]:
    try:
        return _user(platform, app, token, "refresh")
    except Refused as refused:
        raise Refused(Reason.WRONG_TOKEN) from refused


def _method_error(form: Mapping[str, str]) -> Answer:
    if not form.get("method"):
        return _error(MISSING, "isv.missing-method", "缺少方法名参数")
    return _error(INVALID, "isv.invalid-method", "不存在的方法名")


def _error(kind: tuple[str, str], sub_code: str, sub_msg: str) -> Answer:
    code, msg = kind
    return {"code": code, "msg": msg, "sub_code": sub_code, "sub_msg": sub_msg}


def _signed(platform: Registry, app: RegisteredApp | None, name: str, part: Answer) -> Answer:
    answer: dict[str, Any] = {name: part}
    if app is not None and app.public_key is not None:
        answer["sign"] = rsa2_sign(as_json(part), platform.private_key)
    return answer


ENDPOINTS: Mapping[str, Endpoint] = {"/gateway.do": gateway}
