"""What the files of crypto-js export, by their names: `crypto-js/enc-base64` is `enc_base64`."""

from __future__ import annotations

from typing import Final

from .. import crypto_js
from . import enc, format, lib, mode, pad

core = index = x64_core = crypto_js
lib_typedarrays = lib.WordArray

md5: Final = crypto_js.MD5
sha1: Final = crypto_js.SHA1
sha224: Final = crypto_js.SHA224
sha256: Final = crypto_js.SHA256
sha384: Final = crypto_js.SHA384
sha512: Final = crypto_js.SHA512
sha3: Final = crypto_js.SHA3
ripemd160: Final = crypto_js.RIPEMD160

hmac_md5: Final = crypto_js.HmacMD5
hmac_sha1: Final = crypto_js.HmacSHA1
hmac_sha224: Final = crypto_js.HmacSHA224
hmac_sha256: Final = crypto_js.HmacSHA256
hmac_sha384: Final = crypto_js.HmacSHA384
hmac_sha512: Final = crypto_js.HmacSHA512
hmac_sha3: Final = crypto_js.HmacSHA3
hmac_ripemd160: Final = crypto_js.HmacRIPEMD160

evpkdf: Final = crypto_js.EvpKDF
pbkdf2: Final = crypto_js.PBKDF2

aes: Final = crypto_js.AES
rc4: Final = crypto_js.RC4
tripledes: Final = crypto_js.TripleDES

enc_base64: Final = enc.Base64
enc_base64url: Final = enc.Base64url
enc_hex: Final = enc.Hex
enc_latin1: Final = enc.Latin1
enc_utf16: Final = enc.Utf16
enc_utf8: Final = enc.Utf8

format_hex: Final = format.Hex
format_openssl: Final = format.OpenSSL

mode_cfb = mode.CFB
mode_ctr = mode.CTR
mode_ecb = mode.ECB
mode_ofb = mode.OFB

pad_iso10126: Final = pad.Iso10126
pad_iso97971: Final = pad.Iso97971
pad_nopadding: Final = pad.NoPadding
pad_pkcs7: Final = pad.Pkcs7
pad_zeropadding: Final = pad.ZeroPadding
