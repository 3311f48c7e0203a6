"""WeChat's interfaces for mini programs, and QQ's one, which took over path and numbers from WeChat.

Facts from developers.weixin.qq.com (code2Session, getAccessToken, getStableAccessToken, checkSessionKey,
ResetUserSessionKey, getUserEncryptKey, getPluginOpenPId and the table of general error codes) and q.qq.com
(code2Session). Two answers are not documented and chosen to fit beside the others: 41009 for a missing openid, 40066
for a path that does not exist.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from functools import wraps

from .calls import Answer, Call, Endpoint
from .platform import Registry
from .records import RegisteredApp
from .refusals import Reason, Refused
from .tokens import LIFETIME

ERRORS: Mapping[Reason, tuple[int, str]] = {
    Reason.NO_APPID: (41002, "appid missing"),
    Reason.NO_SECRET: (41004, "appsecret missing"),
    Reason.NO_CODE: (41008, "missing code"),
    Reason.NO_TOKEN: (41001, "access_token missing"),
    Reason.NO_OPENID: (41009, "missing openid"),
    Reason.WRONG_GRANT_TYPE: (40002, "invalid grant_type"),
    Reason.WRONG_APPID: (40013, "invalid appid"),
    Reason.WRONG_SECRET: (40125, "invalid appsecret"),
    Reason.WRONG_CODE: (40029, "invalid code"),
    Reason.WRONG_CODE_APP: (40029, "invalid code"),
    Reason.USED_CODE: (40163, "code been used"),
    Reason.WRONG_TOKEN: (40001, "invalid credential, access_token is invalid or not latest"),
    Reason.EXPIRED_TOKEN: (42001, "access_token expired"),
    Reason.WRONG_OPENID: (40003, "invalid openid"),
    Reason.WRONG_SIGNATURE: (87009, "invalid signature"),
    Reason.WRONG_SIGNATURE_METHOD: (87008, "invalid sig_method"),
    Reason.WRONG_BODY: (47001, "data format error"),
    Reason.NEEDS_GET: (43001, "require GET method"),
    Reason.NEEDS_POST: (43002, "require POST method"),
    Reason.TOO_OFTEN: (45011, "api minute-quota reach limit  mustslower  retry next minute"),
    Reason.TOO_OFTEN_TODAY: (45009, "reach max api daily quota limit"),
    Reason.WRONG_TEMPLATE: (40037, "invalid template_id"),
    Reason.WRONG_TEMPLATE_DATA: (47003, "argument invalid!"),
    Reason.WRONG_PAGE: (41030, "invalid page"),
    Reason.WRONG_CARD: (40056, "invalid serial code"),
    Reason.NOT_SUBSCRIBED: (43101, "user refuse to accept the msg"),
}


def wechat_endpoint(play: Callable[[Registry, Call], Answer]) -> Endpoint:
    """An endpoint that says in WeChat's way why it refuses, with the id of the request at the end."""

    @wraps(play)
    def endpoint(platform: Registry, call: Call) -> Answer:
        try:
            return play(platform, call)
        except Refused as refused:
            code, words = ERRORS[refused.reason]
            told = f"{words} {refused.detail}".rstrip()
            return {"errcode": code, "errmsg": f"{told}, rid: {_request_id(platform)}"}

    return endpoint


def _request_id(platform: Registry) -> str:
    return f"{int(platform.clock.now()):08x}-{secrets.token_hex(4)}-{secrets.token_hex(4)}"


@wechat_endpoint
def code_to_session(platform: Registry, call: Call) -> Answer:
    """A login code for openid, session key and unionid. Parameters of the URL only, whatever the method."""
    app = platform.checked_app(call.query.get("appid"), call.query.get("secret"), "weapp", "qq")
    if call.query.get("grant_type", "authorization_code") != "authorization_code":
        raise Refused(Reason.WRONG_GRANT_TYPE)
    login = platform.exchange(app, call.query.get("js_code"))
    return {"session_key": login.session_key, "openid": login.openid, "unionid": login.unionid}


@wechat_endpoint
def access_token(platform: Registry, call: Call) -> Answer:
    """A new access token."""
    if call.query.get("grant_type") != "client_credential":
        raise Refused(Reason.WRONG_GRANT_TYPE)
    app = platform.checked_app(call.query.get("appid"), call.query.get("secret"), "weapp")
    return {"access_token": platform.tokens.issue(app), "expires_in": LIFETIME}


@wechat_endpoint
def stable_access_token(platform: Registry, call: Call) -> Answer:
    """The stable access token; a new one with `force_refresh`."""
    call.needs("POST")
    if call.json.get("grant_type") != "client_credential":
        raise Refused(Reason.WRONG_GRANT_TYPE)
    app = platform.checked_app(call.json_text("appid"), call.json_text("secret"), "weapp")
    token, left = platform.tokens.stable(app, force=call.json.get("force_refresh") is True)
    return {"access_token": token, "expires_in": left}


@wechat_endpoint
def check_session_key(platform: Registry, call: Call) -> Answer:
    """Whether the session key that signed is the one that is valid now."""
    call.needs("GET")
    key = app_of_token(platform, call)
    openid, signature = _signed(call.query)
    platform.check_session(key, openid, signature)
    return {"errcode": 0, "errmsg": "ok"}


@wechat_endpoint
def reset_session_key(platform: Registry, call: Call) -> Answer:
    """A new session key in place of the one that signed. Its parameters may be in the URL or in a JSON body."""
    key = app_of_token(platform, call)
    openid, signature = _signed({**call.query, **call.json} if call.body else call.query)
    fresh = platform.reset_session_key(key, openid, signature)
    return {"errcode": 0, "errmsg": "ok", "openid": openid, "session_key": fresh}


@wechat_endpoint
def user_encrypt_key(platform: Registry, call: Call) -> Answer:
    """The last three keys that `UserCryptoManager.getLatestUserKey` gave the user in the app."""
    call.needs("POST")
    key = app_of_token(platform, call)
    openid, signature = _signed(call.query)
    now = platform.clock.now()
    keys = [
        {
            "encrypt_key": one.key,
            "version": one.version,
            "expire_in": max(0, int(one.ends_at - now)),
            "iv": one.iv,
            "create_time": int(one.made_at),
        }
        for one in platform.keys_of_user(key, openid, signature)
    ]
    return {"errcode": 0, "errmsg": "ok", "key_info_list": keys}


@wechat_endpoint
def plugin_openpid(platform: Registry, call: Call) -> Answer:
    """A code of `pluginLogin` for the user's name in the plugin."""
    call.needs("POST")
    app = calling_app(platform, call)
    login = platform.exchange(app, call.json_text("code"), kind="plugin")
    return {"errcode": 0, "errmsg": "ok", "openpid": login.openid}


@wechat_endpoint
def verify_signature(platform: Registry, call: Call) -> Answer:
    """Whether a text was signed by a phone of the user's, as `startSoterAuthentication` signs it."""
    call.needs("POST")
    key = app_of_token(platform, call)
    openid = call.json_text("openid")
    if not openid:
        raise Refused(Reason.NO_OPENID)
    text, signature = call.json_text("json_string"), call.json_text("json_signature")
    return {"errcode": 0, "errmsg": "ok", "is_ok": platform.checks.is_signed(key, openid, text, signature)}


@wechat_endpoint
def face_info(platform: Registry, call: Call) -> Answer:
    """What came of a verification of a face, by its receipt; another one's, or none, has not succeeded (`10017`)."""
    call.needs("POST")
    face = platform.checks.face(app_of_token(platform, call), call.json_text("verify_result"))
    if face is None:
        return {"errcode": 0, "errmsg": "ok", "identify_ret": 10017, "identify_time": 0, "validate_data": ""}
    told = {"identify_ret": 0, "identify_time": int(face.made_at), "validate_data": face.validate_data}
    return {"errcode": 0, "errmsg": "ok", **told}


def app_of_token(platform: Registry, call: Call) -> str:
    """What the app is known by whose access token the call has."""
    token = call.query.get("access_token")
    if not token:
        raise Refused(Reason.NO_TOKEN)
    return platform.tokens.app_key(token)


def calling_app(platform: Registry, call: Call) -> RegisteredApp:
    """The app itself whose access token the call has."""
    name, _, appid = app_of_token(platform, call).partition("/")
    app = platform.app(appid, name)
    if app is None:
        raise Refused(Reason.WRONG_APPID)
    return app


def _signed(parameters: Mapping[str, object]) -> tuple[str, str]:
    if not parameters.get("openid"):
        raise Refused(Reason.NO_OPENID)
    if parameters.get("sig_method") != "hmac_sha256":
        raise Refused(Reason.WRONG_SIGNATURE_METHOD)
    return str(parameters["openid"]), str(parameters.get("signature", ""))


ENDPOINTS: Mapping[str, Endpoint] = {
    "/sns/jscode2session": code_to_session,
    "/cgi-bin/token": access_token,
    "/cgi-bin/stable_token": stable_access_token,
    "/wxa/checksession": check_session_key,
    "/wxa/resetusersessionkey": reset_session_key,
    "/wxa/getpluginopenpid": plugin_openpid,
    "/wxa/business/getuserencryptkey": user_encrypt_key,
    "/cgi-bin/soter/verify_signature": verify_signature,
    "/cityservice/face/identify/getinfo": face_info,
}
