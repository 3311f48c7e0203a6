"""The vendors' side: what gives out login codes, and the HTTP interfaces that a backend exchanges them at.

`platform` knows apps, users, codes and sessions; `tokens` the access tokens; `weapp`, `tt`, `swan` and `alipay` speak
each vendor's HTTP interface; `server` brings them onto a socket. `payments` knows `merchants` and their orders;
`wechat_pay`, `alipay_trade`, `douyin_pay`, `baidu_pay` and `qq_wallet` speak the interfaces of paying, and `notices`
has what backends are told of it.

JD is not played: how its backends exchange a code is not publicly documented in full, nor how they are paid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...lazily import names_of

if TYPE_CHECKING:
    from .orders import BaiduMerchant as BaiduMerchant
    from .orders import DouyinMerchant as DouyinMerchant
    from .orders import Merchant as Merchant
    from .orders import Notice as Notice
    from .orders import QQMerchant as QQMerchant
    from .platform import Login as Login
    from .records import RegisteredApp as RegisteredApp
    from .refusals import Reason as Reason
    from .refusals import Refused as Refused
    from .served import OpenPlatform as OpenPlatform

_HOMES = {
    "BaiduMerchant": ".orders",
    "DouyinMerchant": ".orders",
    "Login": ".platform",
    "Merchant": ".orders",
    "Notice": ".orders",
    "OpenPlatform": ".served",
    "QQMerchant": ".orders",
    "Reason": ".refusals",
    "Refused": ".refusals",
    "RegisteredApp": ".records",
}

__getattr__, __dir__ = names_of(__name__, _HOMES)
