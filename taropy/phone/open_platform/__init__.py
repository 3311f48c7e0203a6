"""The vendors' side: what gives out login codes, and the HTTP interfaces that a backend exchanges them at.

`platform` knows apps, users, codes and sessions; `tokens` the access tokens; `weapp`, `tt`, `swan` and `alipay` speak
each vendor's HTTP interface; `server` brings them onto a socket. `payments` knows merchants and their orders;
`wechat_pay` and `alipay_trade` speak the interfaces of paying, and `notices` has what backends are told of it.

JD is not played: how its backends exchange a code is not publicly documented in full.
"""

from .orders import Merchant, Notice
from .platform import Login
from .records import RegisteredApp
from .refusals import Reason, Refused
from .served import OpenPlatform

__all__ = ["Login", "Merchant", "Notice", "OpenPlatform", "Reason", "Refused", "RegisteredApp"]
