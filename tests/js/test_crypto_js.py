"""Where crypto-js gives something that means nothing, `taropy.js.packages.crypto_js` says so; what it does without
`cryptography`; and what other programs than crypto-js have encrypted.

What it answers as crypto-js does stands in `packages/crypto_js.txt`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from taropy.js import Array, MissingExtra, NotPorted, NotPortedWarning, Obj, caught, text
from taropy.js.packages import crypto_js as C

KEY = C.enc.Utf8.parse("0123456789abcdef")
#: `printf hello | openssl enc -aes-256-cbc -md md5 -a -k secret`, with the salt 0011223344556677.
SALTED = "U2FsdGVkX18AESIzRFVmd9PkH1U2ExPjRl0H4q80cy8="


@pytest.mark.parametrize(
    ("use", "told"),
    [
        (lambda: C.MD5(5), "neither a text nor a WordArray"),
        (lambda: C.SHA256(True), "neither a text nor a WordArray"),
        (lambda: C.SHA256(Obj(a=1)), "neither a text nor a WordArray"),
        (lambda: C.AES.encrypt(5, KEY, Obj(iv=KEY)), "neither a text nor a WordArray"),
        (lambda: C.AES.encrypt("x", 5, Obj(iv=KEY)), "neither a text nor a WordArray"),
        (lambda: C.MD5(C.enc.Hex.parse("abc")), "a WordArray of 1.5 bytes"),
        (lambda: C.MD5(C.lib.WordArray.create(Array([1]), -1)), "a WordArray of -1 bytes"),
        (lambda: C.MD5(C.lib.WordArray.create(Array([0x12345678]), 2)), r"clamp\(\)"),
        (lambda: C.AES.encrypt("x", C.enc.Utf8.parse("short"), Obj(iv=KEY)), "a key of 5 bytes"),
        (lambda: C.AES.encrypt("x", C.enc.Utf8.parse(""), Obj(iv=KEY)), "a key of 0 bytes"),
        (lambda: C.AES.encrypt("x", KEY, Obj(iv=C.enc.Utf8.parse("short"), mode=C.mode.CTR)), "shorter than a block"),
        (lambda: C.AES.encrypt("x", KEY, Obj(iv=KEY, mode=Obj())), "of one's own"),
        (lambda: C.AES.encrypt("x", KEY, Obj(iv=KEY, padding=Obj())), "of one's own"),
        (lambda: C.SHA3("x", Obj(outputLength=100)), "an outputLength of 100"),
        (lambda: C.enc.Hex.parse(5), "what is no text"),
        (lambda: C.enc.Base64url.parse("YQ", False), "Base64url.parse"),
        (partial(getattr, C.mode, "CTRGladman"), "mode.CTRGladman"),
        (partial(getattr, C.algo, "Rabbit"), "algo.Rabbit"),
        (partial(getattr, C.lib, "Base"), "lib.Base"),
    ],
)
def test_what_is_not_done_is_told(use: Callable[[], Any], told: str) -> None:
    with pytest.warns(NotPortedWarning, match=told), pytest.raises(NotPorted, match=told):
        use()


def test_a_hasher_does_not_go_on_after_it_has_given_its_hash() -> None:
    hasher = C.algo.SHA256.create().update("a")
    hasher.finalize()
    for go_on in (lambda: hasher.update("b"), hasher.finalize, lambda: hasher.finalize("b")):
        with pytest.warns(NotPortedWarning), pytest.raises(NotPorted, match="without reset"):
            go_on()
    hasher.reset()
    assert text(hasher.finalize("b")) == text(C.SHA256("b"))


def test_names_that_crypto_js_has_not_are_none() -> None:
    assert not hasattr(C, "SHA999")
    for part in (C.algo, C.enc, C.lib, C.mode, C.pad):
        assert not hasattr(part, "nothing")


@pytest.mark.parametrize("name", ["AES", "DES", "TripleDES"])
def test_without_cryptography_a_cipher_says_what_to_install(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [each for each in sys.modules if each.partition(".")[0] == "cryptography"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(MissingExtra, match=r"\w+ of crypto-js needs .*pip install 'taropy\[crypto\]'"):
        getattr(C, name).encrypt("x", "secret")
    assert text(C.MD5("hello")) == "5d41402abc4b2a76b9719d911017c592"
    assert text(C.RC4.decrypt(C.RC4.encrypt("x", "secret"), "secret").toString(C.enc.Utf8)) == "x"


def test_what_openssl_has_encrypted_is_read() -> None:
    assert C.AES.decrypt(SALTED, "secret").toString(C.enc.Utf8) == "hello"


def test_a_wrong_passphrase_is_not_the_text() -> None:
    try:
        read = C.AES.decrypt(SALTED, "wrong").toString(C.enc.Utf8)
    except Exception as error:
        read = caught(error).message
    assert read in ("", "Malformed UTF-8 data")


def test_each_encryption_with_a_passphrase_has_a_salt_of_its_own() -> None:
    one, other = (text(C.AES.encrypt("x", "secret")) for _ in range(2))
    assert one != other


def test_what_the_standards_publish() -> None:
    # FIPS 197, appendix C.1; RFC 6229, the first bytes for a key of 40 bits; RFC 4231, case 2
    key = C.enc.Hex.parse("000102030405060708090a0b0c0d0e0f")
    plain = C.enc.Hex.parse("00112233445566778899aabbccddeeff")
    options = Obj(mode=C.mode.ECB, padding=C.pad.NoPadding)
    assert text(C.AES.encrypt(plain, key, options).ciphertext) == "69c4e0d86a7b0430d8cdb78070b4c55a"
    stream = C.RC4.encrypt(C.lib.WordArray.create(Array([0, 0]), 8), C.enc.Hex.parse("0102030405"))
    assert text(stream.ciphertext) == "b2396305f03dc027"
    made = C.HmacSHA256("what do ya want for nothing?", "Jefe")
    assert text(made) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
