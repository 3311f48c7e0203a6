"""How a phone words the failures of its network, in `errMsg` and `errno`.

WeChat's network stack is Chromium's (cronet). It words a fault as `errcode:-102 cronet_error_code:-102
error_msg:net::ERR_CONNECTION_REFUSED` with errno 600001: so users report it
(segmentfault.com/a/1190000043973064), and so WeChat's HttpDNS guide quotes it. Codes and names are those of
Chromium's `net_error_list.h`; the errno values those of developers.weixin.qq.com, "Errno错误码", class 06.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...core.answers import Fail

NET_ERRORS: Mapping[str, int] = {
    "ERR_FAILED": -2,
    "ERR_INVALID_ARGUMENT": -4,
    "ERR_INSUFFICIENT_RESOURCES": -12,
    "ERR_UPLOAD_FILE_CHANGED": -14,
    "ERR_NETWORK_CHANGED": -21,
    "ERR_CONNECTION_CLOSED": -100,
    "ERR_CONNECTION_RESET": -101,
    "ERR_CONNECTION_REFUSED": -102,
    "ERR_NAME_NOT_RESOLVED": -105,
    "ERR_INTERNET_DISCONNECTED": -106,
    "ERR_SSL_PROTOCOL_ERROR": -107,
    "ERR_ADDRESS_INVALID": -108,
    "ERR_ADDRESS_UNREACHABLE": -109,
    "ERR_CONNECTION_TIMED_OUT": -118,
    "ERR_PROXY_CONNECTION_FAILED": -130,
    "ERR_CERT_COMMON_NAME_INVALID": -200,
    "ERR_CERT_DATE_INVALID": -201,
    "ERR_CERT_AUTHORITY_INVALID": -202,
    "ERR_CERT_INVALID": -207,
    "ERR_INVALID_REDIRECT": -303,
    "ERR_TOO_MANY_REDIRECTS": -310,
    "ERR_UNSAFE_REDIRECT": -311,
    "ERR_EMPTY_RESPONSE": -324,
    "ERR_RESPONSE_HEADERS_TOO_BIG": -325,
    "ERR_CONTENT_DECODING_FAILED": -330,
    "ERR_CONTENT_LENGTH_MISMATCH": -354,
    "ERR_INCOMPLETE_CHUNKED_ENCODING": -355,
    "ERR_INVALID_HTTP_RESPONSE": -370,
    "ERR_CACHE_MISS": -400,
}


#: The errno of every failure that is the network's.
NETWORK_ERRNO = 600001


def timeout() -> Fail:
    """The failure of what took longer than it was given."""
    return Fail("timeout", errno=5)


def interrupted() -> Fail:
    """The failure of a request that the phone ended: it was closed, or the app was in the background for too long."""
    return Fail("interrupted", errno=600003)


def not_in_domain_list() -> Fail:
    """The failure of a request to an origin that is not among the app's."""
    return Fail("url not in domain list", errno=600002)


def invalid_url(url: str) -> Fail:
    """The failure for a URL that is none."""
    return Fail(f'invalid url "{url}"', errno=600009)


def net_fail(name: str) -> Fail:
    """The failure that Chromium calls `net::<name>`."""
    code = NET_ERRORS[name]
    return Fail(f"errcode:{code} cronet_error_code:{code} error_msg:net::{name}", errno=NETWORK_ERRNO)
