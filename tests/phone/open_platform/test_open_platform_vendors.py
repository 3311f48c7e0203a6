"""The interfaces of the vendors other than WeChat, as a backend meets them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from backends import code
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from natively import Answer, call

from taropy.phone import Phone, RegisteredApp
from taropy.phone.core.apps import default_secret

# --- Douyin -----------------------------------------------------------------------------------------------------------

TT = Phone().app("tt").appid
TT_SECRET = default_secret(TT)


def test_douyin_answers_under_data(phone: Phone, post: Callable[..., Answer]) -> None:
    login = call(phone.native("tt", "tt"), "login")
    assert login["isLogin"] is True
    body = {"appid": TT, "secret": TT_SECRET, "code": login["code"], "anonymous_code": login["anonymousCode"]}
    answer = post("/api/apps/v2/jscode2session", json=body)
    assert (answer["err_no"], answer["err_tips"]) == (0, "success")
    data = answer["data"]
    assert data["openid"] != data["anonymous_openid"] != ""
    assert data["session_key"]


@pytest.mark.parametrize(
    ("wrong", "number"),
    [
        ({"appid": Phone().app("weapp").appid}, 40015),
        ({"secret": "x"}, 40017),
        ({"code": "x"}, 40018),
        ({"code": ""}, 40018),
        ({"code": "", "anonymous_code": "x"}, 40019),
        ({"code": None}, 40018),
    ],
)
def test_douyin_has_numbers_of_its_own(
    phone: Phone, post: Callable[..., Answer], wrong: dict[str, Any], number: int
) -> None:
    right = {"appid": TT, "secret": TT_SECRET, "code": code(phone, "tt", "tt")}
    answer = post("/api/apps/v2/jscode2session", json=right | wrong)
    assert answer["err_no"] == number
    assert set(answer["data"].values()) == {""}


def test_douyins_first_version_answers_at_the_top(phone: Phone, get: Callable[..., Answer]) -> None:
    query = {"appid": TT, "secret": TT_SECRET, "code": code(phone, "tt", "tt")}
    answer = get("/api/apps/jscode2session", **query)
    assert answer["error"] == 0
    assert answer["openid"]
    assert get("/api/apps/jscode2session", **query)["errcode"] == 40018


@pytest.mark.parametrize("content", [b"", b"{", b"[1]"])
def test_douyin_calls_the_rest_a_system_error(post: Callable[..., Answer], content: bytes) -> None:
    assert post("/api/apps/v2/jscode2session", content=content)["err_no"] == -1


# --- Baidu ------------------------------------------------------------------------------------------------------------

SWAN = Phone().app("swan").appid


@pytest.mark.parametrize("how", ["data", "params"])
def test_baidu_takes_a_form_or_an_address(phone: Phone, post: Callable[..., Answer], how: str) -> None:
    fields = {"client_id": SWAN, "sk": default_secret(SWAN), "code": code(phone, "swan", "swan", "getLoginCode")}
    answer = post("/oauth/jscode2sessionkey", **{how: fields})
    assert answer.keys() == {"openid", "session_key"}
    assert len(answer["session_key"]) == 32


@pytest.mark.parametrize(
    ("wrong", "error", "description"),
    [
        ({"client_id": ""}, "parameter is invalid", "failed on the 'required' tag"),
        ({"sk": ""}, "parameter is invalid", "failed on the 'required' tag"),
        ({"code": ""}, "parameter is invalid", "failed on the 'required' tag"),
        ({"client_id": "x"}, "invalid_client", "unknown client id"),
        ({"sk": "x"}, "invalid_client", "Client authentication failed"),
        ({"code": "x"}, "invalid_grant", "Invalid authorization code"),
    ],
)
def test_baidu_says_what_is_wrong(
    phone: Phone, post: Callable[..., Answer], wrong: dict[str, str], error: str, description: str
) -> None:
    right = {"client_id": SWAN, "sk": default_secret(SWAN), "code": code(phone, "swan", "swan")}
    answer = post("/oauth/jscode2sessionkey", data=right | wrong)
    assert answer["error"] == error
    assert answer["error_description"].endswith(description)


# --- Alipay -----------------------------------------------------------------------------------------------------------

ALIPAY = Phone().app("alipay").appid


def alipay_form(phone: Phone, **more: str) -> dict[str, str]:
    auth_code = code(phone, "alipay", "my", "getAuthCode")
    grant = {"grant_type": "authorization_code", "code": auth_code}
    return {"app_id": ALIPAY, "method": "alipay.system.oauth.token", "charset": "utf-8", **grant, **more}


def test_alipay_gives_a_user_id_and_tokens(phone: Phone, post: Callable[..., Answer]) -> None:
    answer = post("/gateway.do", data=alipay_form(phone))
    token = answer["alipay_system_oauth_token_response"]
    assert token["user_id"].startswith("2088")
    refreshed = {"grant_type": "refresh_token", "refresh_token": token["refresh_token"]}
    again = post("/gateway.do", data=alipay_form(phone, **refreshed))["alipay_system_oauth_token_response"]
    assert again["user_id"] == token["user_id"]
    assert again["access_token"] != token["access_token"]


@pytest.mark.parametrize(
    ("wrong", "sub_code"),
    [
        ({"app_id": ""}, "isv.missing-app-id"),
        ({"app_id": "2021000000000000"}, "isv.invalid-app-id"),
        ({"method": ""}, "isv.missing-method"),
        ({"method": "alipay.trade.pay"}, "isv.invalid-method"),
        ({"grant_type": "password"}, "isv.grant-type-invalid"),
        ({"code": "x"}, "isv.code-invalid"),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, "isv.refresh-token-invalid"),
    ],
)
def test_alipay_says_what_is_wrong(
    phone: Phone, post: Callable[..., Answer], wrong: dict[str, str], sub_code: str
) -> None:
    answer = post("/gateway.do", data=alipay_form(phone, **wrong))
    assert answer["error_response"]["sub_code"] == sub_code


@pytest.fixture
def merchant(phone: Phone) -> tuple[rsa.RSAPrivateKey, RegisteredApp]:
    """An app whose developer has registered a public key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    app = phone.open_platform.register(ALIPAY, platform="alipay", public_key=base64.b64encode(der).decode())
    return key, app


def test_alipay_checks_and_makes_real_signatures(
    phone: Phone, post: Callable[..., Answer], merchant: tuple[rsa.RSAPrivateKey, RegisteredApp]
) -> None:
    key, _ = merchant
    form = alipay_form(phone, sign_type="RSA2", timestamp="2026-01-01 00:00:00", version="1.0")
    content = "&".join(f"{name}={value}" for name, value in sorted(form.items()))
    sign = base64.b64encode(key.sign(content.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()
    answer = post("/gateway.do", data={**form, "sign": sign})

    part = json.dumps(answer["alipay_system_oauth_token_response"], ensure_ascii=False, separators=(",", ":"))
    alipay = serialization.load_pem_public_key(phone.open_platform.public_key.encode())
    assert isinstance(alipay, rsa.RSAPublicKey)
    alipay.verify(base64.b64decode(answer["sign"]), part.encode(), padding.PKCS1v15(), hashes.SHA256())


@pytest.mark.parametrize(
    ("wrong", "sub_code"),
    [
        ({}, "isv.invalid-signature"),
        ({"sign": "AAAA"}, "isv.invalid-signature"),
        ({"sign": "no base64!"}, "isv.invalid-signature"),
        ({"sign_type": "RSA"}, "isv.invalid-signature-type"),
    ],
)
def test_alipay_refuses_a_wrong_signature_before_it_looks_at_the_code(
    phone: Phone,
    post: Callable[..., Answer],
    merchant: tuple[rsa.RSAPrivateKey, RegisteredApp],
    wrong: dict[str, str],
    sub_code: str,
) -> None:
    form = alipay_form(phone, sign_type="RSA2")
    answer = post("/gateway.do", data=form | wrong)
    assert answer["error_response"]["sub_code"] == sub_code
    phone.open_platform.register(ALIPAY, platform="alipay")
    assert "alipay_system_oauth_token_response" in post("/gateway.do", data=form)
