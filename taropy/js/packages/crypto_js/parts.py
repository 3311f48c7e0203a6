"""What the files of crypto-js export, by their names: `crypto-js/enc-base64` is `enc_base64`."""

from __future__ import annotations

from .. import crypto_js
from . import enc, format, lib, mode, pad

core = index = x64_core = crypto_js
lib_typedarrays = lib.WordArray

md5 = crypto_js.MD5
sha1 = crypto_js.SHA1
sha224 = crypto_js.SHA224
sha256 = crypto_js.SHA256
sha384 = crypto_js.SHA384
sha512 = crypto_js.SHA512
sha3 = crypto_js.SHA3
ripemd160 = crypto_js.RIPEMD160

hmac_md5 = crypto_js.HmacMD5
hmac_sha1 = crypto_js.HmacSHA1
hmac_sha224 = crypto_js.HmacSHA224
hmac_sha256 = crypto_js.HmacSHA256
hmac_sha384 = crypto_js.HmacSHA384
hmac_sha512 = crypto_js.HmacSHA512
hmac_sha3 = crypto_js.HmacSHA3
hmac_ripemd160 = crypto_js.HmacRIPEMD160

evpkdf = crypto_js.EvpKDF
pbkdf2 = crypto_js.PBKDF2

aes = crypto_js.AES
rc4 = crypto_js.RC4
tripledes = crypto_js.TripleDES

enc_base64 = enc.Base64
enc_base64url = enc.Base64url
enc_hex = enc.Hex
enc_latin1 = enc.Latin1
enc_utf16 = enc.Utf16
enc_utf8 = enc.Utf8

format_hex = format.Hex
format_openssl = format.OpenSSL

mode_cfb = mode.CFB
mode_ctr = mode.CTR
mode_ecb = mode.ECB
mode_ofb = mode.OFB

pad_iso10126 = pad.Iso10126
pad_iso97971 = pad.Iso97971
pad_nopadding = pad.NoPadding
pad_pkcs7 = pad.Pkcs7
pad_zeropadding = pad.ZeroPadding
