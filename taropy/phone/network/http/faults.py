"""From what the HTTP client raises to the failure that a phone reports."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Mapping

import httpcore2
import httpx2

from ...core.answers import Fail
from .failures import net_fail

# What the HTTP client raises when a request fails.
CLIENT_ERRORS = (
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.ProxyError,
    httpcore2.TimeoutException,
    httpx2.DecodingError,
)

# How a connection could not be made, or broke.
_BY_KIND: tuple[tuple[type[OSError], str], ...] = (
    (ssl.SSLError, "ERR_SSL_PROTOCOL_ERROR"),
    (socket.gaierror, "ERR_NAME_NOT_RESOLVED"),
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

# The HTTP/1.1 parser tells these apart by its words only.
_BY_WORDS: Mapping[str, str] = {
    "Server disconnected without sending": "ERR_EMPTY_RESPONSE",
    "incomplete chunked read": "ERR_INCOMPLETE_CHUNKED_ENCODING",
    "without sending complete message body": "ERR_CONTENT_LENGTH_MISMATCH",
    "Receive buffer too long": "ERR_RESPONSE_HEADERS_TOO_BIG",
}


def fail_of(error: Exception) -> Fail:
    """The failure that a phone reports for what the HTTP client raised."""
    return net_fail(_name_of(error))


def _name_of(error: Exception) -> str:
    if isinstance(error, httpx2.DecodingError):
        return "ERR_CONTENT_DECODING_FAILED"
    if isinstance(error, httpcore2.RemoteProtocolError):
        words = str(error)
        return next((name for part, name in _BY_WORDS.items() if part in words), "ERR_INVALID_HTTP_RESPONSE")
    if isinstance(error, httpcore2.LocalProtocolError):
        return "ERR_INVALID_ARGUMENT"
    if isinstance(error, httpcore2.ProxyError):
        return "ERR_PROXY_CONNECTION_FAILED"
    return _name_of_cause(error) if isinstance(error, httpcore2.NetworkError) else "ERR_FAILED"


def _name_of_cause(error: Exception) -> str:
    """By the system's error, which `stream` puts into those of the HTTP client."""
    cause = error.args[0] if error.args else None
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _BY_VERIFY_CODE.get(cause.verify_code, "ERR_CERT_INVALID")
    if not isinstance(cause, OSError):
        return "ERR_CONNECTION_CLOSED"
    by_kind = (name for kind, name in _BY_KIND if isinstance(cause, kind))
    return next(by_kind, _BY_ERRNO.get(cause.errno, "ERR_CONNECTION_CLOSED"))
