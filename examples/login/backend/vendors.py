"""Login codes to users: each vendor's own call, one result."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import httpx2
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from .settings import VendorApp

# Alipay reads timestamps as Beijing's.
BEIJING = timedelta(hours=8)


@attrs.frozen
class Identity:
    """Whom a vendor knows the user as. `session_key` decrypts what the vendor's client encrypts; Alipay has none."""

    openid: str
    session_key: str | None = attrs.field(default=None, repr=False)


class Refused(Exception):
    """The vendor does not take the code, or the app's id and secret. The text has the vendor's number and words."""


class Unreachable(Exception):
    """The vendor did not answer, or not in a way that can be understood."""


Exchange = Callable[[httpx2.AsyncClient, VendorApp, str], Awaitable[Identity]]


async def wechat(client: httpx2.AsyncClient, app: VendorApp, code: str) -> Identity:
    """`code2Session` of WeChat, and of QQ, which took it over."""
    query = {"appid": app.appid, "secret": app.secret, "js_code": code, "grant_type": "authorization_code"}
    answer = await _ask(client, "GET", f"{app.url}/sns/jscode2session", params=query)
    if answer.get("errcode"):
        raise Refused(f"{answer['errcode']} {answer.get('errmsg', '')}")
    return Identity(answer["openid"], answer["session_key"])


async def douyin(client: httpx2.AsyncClient, app: VendorApp, code: str) -> Identity:
    """`code2Session`, version 2."""
    body = {"appid": app.appid, "secret": app.secret, "code": code}
    answer = await _ask(client, "POST", f"{app.url}/api/apps/v2/jscode2session", json=body)
    if answer.get("err_no"):
        raise Refused(f"{answer['err_no']} {answer.get('err_tips', '')}")
    return Identity(answer["data"]["openid"], answer["data"]["session_key"])


async def baidu(client: httpx2.AsyncClient, app: VendorApp, code: str) -> Identity:
    """`jscode2sessionkey`; Baidu calls the id `client_id` and the secret `sk`."""
    form = {"client_id": app.appid, "sk": app.secret, "code": code}
    answer = await _ask(client, "POST", f"{app.url}/oauth/jscode2sessionkey", data=form)
    if "error" in answer:
        raise Refused(f"{answer['error']} {answer.get('error_description', '')}")
    return Identity(answer["openid"], answer["session_key"])


async def alipay(client: httpx2.AsyncClient, app: VendorApp, code: str) -> Identity:
    """`alipay.system.oauth.token` at the gateway, signed with the app's key."""
    form = {
        "app_id": app.appid,
        "method": "alipay.system.oauth.token",
        "charset": "utf-8",
        "sign_type": "RSA2",
        "timestamp": f"{datetime.now(UTC) + BEIJING:%Y-%m-%d %H:%M:%S}",
        "version": "1.0",
        "grant_type": "authorization_code",
        "code": code,
    }
    form["sign"] = _rsa2("&".join(f"{name}={form[name]}" for name in sorted(form)), app.secret)
    answer = await _ask(client, "POST", f"{app.url}/gateway.do", data=form)
    if "error_response" in answer:
        error = answer["error_response"]
        raise Refused(f"{error.get('sub_code', error['code'])} {error.get('sub_msg', error['msg'])}")
    token = answer["alipay_system_oauth_token_response"]
    return Identity(token.get("open_id") or token["user_id"])


EXCHANGES: Mapping[str, Exchange] = {
    "WEAPP": wechat,
    "QQ": wechat,
    "TT": douyin,
    "SWAN": baidu,
    "ALIPAY": alipay,
}


async def identify(client: httpx2.AsyncClient, platform: str, app: VendorApp, code: str) -> Identity:
    """The user whose login made `code`. Raises `Refused` or `Unreachable`."""
    try:
        return await EXCHANGES[platform](client, app, code)
    except (KeyError, TypeError) as error:
        raise Unreachable("its answer lacks what it should have") from error


async def _ask(client: httpx2.AsyncClient, method: str, url: str, **content: Any) -> dict[str, Any]:
    """The JSON object that the vendor answers. Errors come with status 200, so the status says nothing."""
    try:
        answer = (await client.request(method, url, **content)).json()
    except httpx2.HTTPError as error:
        raise Unreachable(str(error)) from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise Unreachable("its answer is no JSON") from error
    if not isinstance(answer, dict):
        raise Unreachable("its answer is no object")
    return answer


def _rsa2(text: str, private_key: str) -> str:
    key = serialization.load_pem_private_key(private_key.encode(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("Alipay signs with an RSA key")
    return base64.b64encode(key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()
