"""`AES.encrypt(message, key, cfg)` and its kin: whole messages, with a key or with a passphrase."""

from __future__ import annotations

from typing import Any

from ...errors import TypeError
from ...missing import is_nullish
from ...obj import Obj
from . import format, kdf
from .ciphers import Cipher
from .params import CipherParams
from .words import WordArray


class SerializableCipher:
    """A cipher with a key that is a `WordArray`."""

    @staticmethod
    def encrypt(cipher: type[Cipher], message: Any, key: Any, cfg: Any = None) -> CipherParams:
        """The message, encrypted. Options: `iv`, `mode`, `padding`, `format`."""
        options = Obj({"format": format.OpenSSL}, cfg)
        encryptor = cipher.createEncryptor(key, options)
        ciphertext = encryptor.finalize(message)
        used = encryptor.cfg
        return CipherParams(
            {"ciphertext": ciphertext, "key": key, "iv": used.iv, "algorithm": cipher, "mode": used.mode,
             "padding": used.padding, "blockSize": cipher.blockSize, "formatter": options.format}
        )  # fmt: skip

    @staticmethod
    def decrypt(cipher: type[Cipher], ciphertext: Any, key: Any, cfg: Any = None) -> WordArray:
        """What was encrypted: of a text in the form of `format`, or of an object with `ciphertext`."""
        options = Obj({"format": format.OpenSSL}, cfg)
        given = _parsed(ciphertext, options)
        return cipher.createDecryptor(key, options).finalize(given["ciphertext"])


class PasswordBasedCipher:
    """A cipher with a passphrase, of which `kdf` makes the key and the iv."""

    @staticmethod
    def encrypt(cipher: type[Cipher], message: Any, password: Any, cfg: Any = None) -> CipherParams:
        """The message, encrypted. Options: `salt`, `hasher`, `kdf`, `mode`, `padding`, `format`."""
        options = Obj({"format": format.OpenSSL, "kdf": kdf.OpenSSL}, cfg)
        derived = options.kdf.execute(password, cipher.keySize, cipher.ivSize, options.salt, options.hasher)
        options.iv = derived.iv
        made = SerializableCipher.encrypt(cipher, message, derived.key, options)
        made.mixIn(derived)
        return made

    @staticmethod
    def decrypt(cipher: type[Cipher], ciphertext: Any, password: Any, cfg: Any = None) -> WordArray:
        """What was encrypted, by the salt that stands in the text."""
        options = Obj({"format": format.OpenSSL, "kdf": kdf.OpenSSL}, cfg)
        given = _parsed(ciphertext, options)
        derived = options.kdf.execute(password, cipher.keySize, cipher.ivSize, given["salt"], options.hasher)
        options.iv = derived.iv
        return SerializableCipher.decrypt(cipher, given, derived.key, options)


def _parsed(ciphertext: Any, options: Any) -> Any:
    if isinstance(ciphertext, str):
        return options.format.parse(ciphertext)
    if is_nullish(ciphertext):
        raise TypeError("Cannot read properties of undefined (reading 'ciphertext')")
    return ciphertext


class Helper:
    """`encrypt` and `decrypt` of a cipher."""

    def __init__(self, cipher: type[Cipher]) -> None:
        self._cipher = cipher

    def encrypt(self, message: Any = None, key: Any = None, cfg: Any = None) -> CipherParams:
        """A text or a `WordArray`, encrypted with a key, which is a `WordArray`, or a passphrase, which is a text."""
        return _strategy(key).encrypt(self._cipher, message, key, cfg)

    def decrypt(self, ciphertext: Any = None, key: Any = None, cfg: Any = None) -> WordArray:
        """What `encrypt` gave, or its text, decrypted. Nobody looks whether the key was the right one."""
        return _strategy(key).decrypt(self._cipher, ciphertext, key, cfg)


def _strategy(key: Any) -> type[SerializableCipher] | type[PasswordBasedCipher]:
    return PasswordBasedCipher if isinstance(key, str) else SerializableCipher
