"""How WeChat Pay and its merchants sign what they say.

Facts from pay.weixin.qq.com/doc/v3/merchant/4012365342 and the tables of errors beside it. The moment in a signature is
the computer's, which backends compare with theirs; so a request counts as fresh by it, or by the phone's.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from ..core.crypto import (
    aes_gcm_encrypt,
    certificate_facts,
    new_certificate,
    new_rsa_key,
    public_pem,
    rsa2_sign,
    rsa2_verified,
    sha1_hex,
)
from ..core.javascript import json_of
from .calls import Call, Endpoint, Reply
from .orders import Declined, Merchant
from .platform import Registry
from .refusals import Refused
from .wechat_fields import PayError

SCHEMA = "WECHATPAY2-SHA256-RSA2048"
#: How far the moment in a request's signature may be from now, in seconds.
FRESH = 300
KEY_ID = "PUB_KEY_ID_"

_FIELD = re.compile(r'(\w+)="([^"]*)"')

Play = Callable[[Registry, Merchant, Call], "Mapping[str, Any] | None"]


def signed(method: str) -> Callable[[Play], Endpoint]:
    """An interface that is asked by this method, by a merchant that signs, and that signs what it answers."""

    def make(play: Play) -> Endpoint:
        @wraps(play)
        def endpoint(platform: Registry, call: Call) -> Reply:
            try:
                merchant = _merchant(platform, call)
            except PayError as error:
                return Reply(error.status, json_of(error.body), {"Content-Type": "application/json"})
            try:
                if call.method != method:
                    raise PayError(405, "METHOD_NOT_ALLOWED", f"此接口仅支持{method}请求")
                answer = play(platform, merchant, call)
            except Refused:
                return _signed(platform, merchant, 400, {"code": "PARAM_ERROR", "message": "请求体不是合法的JSON"})
            except (Declined, PayError) as error:
                failed = PayError.of(error)
                return _signed(platform, merchant, failed.status, failed.body)
            return _signed(platform, merchant, 204 if answer is None else 200, answer)

        return endpoint

    return make


# --- the signatures -----------------------------------------------------------------------------------------------


def _merchant(platform: Registry, call: Call) -> Merchant:
    """Who has signed the request. Raises `PayError`."""
    schema, _, rest = call.headers.get("authorization", "").partition(" ")
    fields = dict(_FIELD.findall(rest))
    if schema != SCHEMA or not {"mchid", "nonce_str", "signature", "timestamp", "serial_no"} <= fields.keys():
        raise PayError(401, "SIGN_ERROR", "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》")
    merchant = platform.payments.merchant(fields["mchid"])
    if merchant is None:
        raise PayError(400, "MCH_NOT_EXISTS", "商户号不存在")
    if fields["serial_no"].upper() != merchant.serial_no:
        raise PayError(401, "SIGN_ERROR", "商户证书序列号有误")
    if not _is_fresh(platform, fields["timestamp"]):
        raise PayError(401, "SIGN_ERROR", "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟")
    try:
        body = call.body.decode()
    except UnicodeDecodeError:
        raise PayError(400, "PARAM_ERROR", "请求体不是UTF-8编码") from None
    message = f"{call.method}\n{call.target}\n{fields['timestamp']}\n{fields['nonce_str']}\n{body}\n"
    if not rsa2_verified(message, fields["signature"], merchant.public_key):
        told = {"signature_information": {"method": call.method, "url": call.target}, "issue": "sign not match"}
        raise PayError(401, "SIGN_ERROR", "签名错误，请检查后再试", field="signature", **told)
    return _verifying(platform, merchant, call.headers.get("wechatpay-serial", ""))


def _verifying(platform: Registry, merchant: Merchant, serial: str) -> Merchant:
    """The merchant, which may name what it verifies by: a certificate by its number, or a public key by its id."""
    if not serial.startswith(KEY_ID):
        return merchant
    if serial != public_key_id(platform):
        raise PayError(400, "PARAM_ERROR", "Wechatpay-Serial中的微信支付公钥ID有误", field="Wechatpay-Serial")
    return platform.payments.verifies_by(merchant, serial)


def _is_fresh(platform: Registry, timestamp: str) -> bool:
    if not timestamp.isdecimal() or len(timestamp) > 12:
        return False
    return any(abs(now - int(timestamp)) <= FRESH for now in (time.time(), platform.clock.now()))


def _signed(platform: Registry, merchant: Merchant, status: int, answer: Mapping[str, Any] | None) -> Reply:
    body = "" if answer is None else json_of(answer)
    content = {} if answer is None else {"Content-Type": "application/json; charset=utf-8"}
    return Reply(status, body, {**content, **signature_headers(platform, merchant, body)})


def signature_headers(platform: Registry, merchant: Merchant, body: str) -> dict[str, str]:
    """The headers by which WeChat Pay vouches for what it tells a merchant."""
    timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
    serial = merchant.verifies_by or certificate_facts(certificate(platform))[0]
    return {
        "Request-ID": secrets.token_hex(16).upper(),
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Serial": serial,
        "Wechatpay-Signature": rsa2_sign(f"{timestamp}\n{nonce}\n{body}\n", _key(platform)),
        "Wechatpay-Signature-Type": SCHEMA,
        "Wechatpay-Timestamp": timestamp,
    }


def _key(platform: Registry) -> str:
    return platform.kept_secret("wechat pay key", new_rsa_key)


def certificate(platform: Registry) -> str:
    """WeChat Pay's certificate, as PEM, made when first needed."""
    key = _key(platform)
    return platform.kept_secret("wechat pay certificate", lambda: new_certificate(key, "Tenpay.com Root CA"))


def public_key(platform: Registry) -> str:
    """WeChat Pay's public key, as PEM: what merchants verify with that have no certificate of it."""
    return public_pem(_key(platform))


def public_key_id(platform: Registry) -> str:
    """The id of the public key: pay.weixin.qq.com/doc/v3/merchant/4013053249, `PUB_KEY_ID_` and digits."""
    return f"{KEY_ID}{int(sha1_hex(public_key(platform)), 16) % 10**28:028d}"


def sealed(merchant: Merchant, plain: str, associated: str) -> dict[str, str]:
    """What only the merchant can read."""
    nonce = secrets.token_hex(6)
    return {
        "algorithm": "AEAD_AES_256_GCM",
        "nonce": nonce,
        "associated_data": associated,
        "ciphertext": aes_gcm_encrypt(plain, merchant.apiv3_key, nonce, associated),
    }
