"""From what goes wrong on the wire to the failure that a phone reports."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Mapping

from ....hints import check_word
from ...core.answers import Fail
from .failures import NET_ERRORS, net_fail

# How a connection could not be made, or broke.
_BY_KIND: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLError, "ERR_SSL_PROTOCOL_ERROR"),
    (socket.gaierror, "ERR_NAME_NOT_RESOLVED"),
    (UnicodeError, "ERR_NAME_NOT_RESOLVED"),  # a host name with a part that is longer than names can be
    (ConnectionRefusedError, "ERR_CONNECTION_REFUSED"),
    (ConnectionResetError, "ERR_CONNECTION_RESET"),
    (BrokenPipeError, "ERR_CONNECTION_RESET"),
    (TimeoutError, "ERR_CONNECTION_TIMED_OUT"),
)
_BY_ERRNO: Mapping[int | None, str] = {
    errno.EHOSTUNREACH: "ERR_ADDRESS_UNREACHABLE",
    errno.ENETUNREACH: "ERR_INTERNET_DISCONNECTED",
    errno.EADDRNOTAVAIL: "ERR_ADDRESS_INVALID",
    errno.EINVAL: "ERR_ADDRESS_INVALID",
}

# OpenSSL's X509_V_ERR_* numbers; every other one is a certificate that is invalid in itself.
_BY_VERIFY_CODE: Mapping[int, str] = {
    9: "ERR_CERT_DATE_INVALID",
    10: "ERR_CERT_DATE_INVALID",
    18: "ERR_CERT_AUTHORITY_INVALID",
    19: "ERR_CERT_AUTHORITY_INVALID",
    20: "ERR_CERT_AUTHORITY_INVALID",
    21: "ERR_CERT_AUTHORITY_INVALID",
    62: "ERR_CERT_COMMON_NAME_INVALID",
    64: "ERR_CERT_COMMON_NAME_INVALID",
}


class NetError(Exception):
    """A fault of the network, by the name that Chromium has for it."""

    @property
    def name(self) -> str:
        """`ERR_…`."""
        return str(self)


def fail_of(error: NetError) -> Fail:
    """The failure that a phone reports for it."""
    return net_fail(error.name)


def name_of(error: Exception | None) -> str:
    """Chromium's name for the system's error that has kept a connection from being made, or ended it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _BY_VERIFY_CODE.get(error.verify_code, "ERR_CERT_INVALID")
    found = next((name for kind, name in _BY_KIND if isinstance(error, kind)), None)
    return found or _BY_ERRNO.get(getattr(error, "errno", None), "ERR_CONNECTION_CLOSED")


#: The words that tests have for what goes wrong, beside Chromium's names. "timeout" is no fault of a connection: the
#: request's time is up.
WORDS: Mapping[str, str] = {
    "certificate": "ERR_CERT_AUTHORITY_INVALID",
    "closed": "ERR_CONNECTION_CLOSED",
    "empty": "ERR_EMPTY_RESPONSE",
    "offline": "ERR_INTERNET_DISCONNECTED",
    "refused": "ERR_CONNECTION_REFUSED",
    "reset": "ERR_CONNECTION_RESET",
    "tls": "ERR_SSL_PROTOCOL_ERROR",
    "unreachable": "ERR_ADDRESS_UNREACHABLE",
    "unresolved": "ERR_NAME_NOT_RESOLVED",
}
TIMEOUT = "timeout"


def fault_called(word: str) -> Exception:
    """The fault that a test calls by a word, or by Chromium's name. ValueError for another."""
    if word == TIMEOUT:
        return TimeoutError()
    name = WORDS.get(word, word)
    if name not in NET_ERRORS:
        check_word(word, (TIMEOUT, *WORDS), "{!r} is no fault of a network")
    return NetError(name)


def network_fault(error: BaseException) -> Exception | None:
    """What an error is to a client whose server it stands for: `NetError`, or TimeoutError; None for any other."""
    if isinstance(error, NetError | TimeoutError):
        return error
    if isinstance(error, ConnectionError | socket.gaierror | ssl.SSLError):
        return NetError(name_of(error))
    return None
