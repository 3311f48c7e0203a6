"""The vendors' side: what gives out login codes, and the HTTP interfaces that a backend exchanges them at.

`platform` knows apps, users, codes and sessions; `tokens` the access tokens; `weapp`, `tt`, `swan` and `alipay` speak
each vendor's HTTP interface; `server` brings them onto a socket.

JD is not played: how its backends exchange a code is not publicly documented in full.
"""

from .platform import Login
from .records import RegisteredApp
from .refusals import Reason, Refused
from .served import OpenPlatform

__all__ = ["Login", "OpenPlatform", "Reason", "Refused", "RegisteredApp"]
