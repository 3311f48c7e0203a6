"""What a phone's requests say of themselves: the headers that every request of an app carries.

Referers as the vendors document them: WeChat ("网络", "使用限制": the version is 0 for whatever is not released),
Douyin, Baidu and QQ in their network guides, Alipay under `referrerStrategy`. jd's documents name none, and a
web page has its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..core.app import App
from ..core.devices import Device
from ..core.vendors import of_vendor
from .system_fields import HOSTS

if TYPE_CHECKING:
    from ..core.faces import Phone

REFERERS: Mapping[str, str] = {
    "wx": "https://servicewechat.com/{appid}/{version}/page-frame.html",
    "qq": "https://appservice.qq.com/{appid}/{version}/page-frame.html",
    "swan": "https://smartapps.cn/{appid}/{version}/page-frame.html",
    "tt": "https://tmaservice.developer.toutiao.com/?appid={appid}&version={version}",
    "my": "https://{appid}.hybrid.alipay-eco.com/{appid}/{version}/index.html",
}

# What each vendor's app adds to the user agent of the device's web view.
CLIENTS: Mapping[str, str] = {
    "wx": "MicroMessenger/{version} NetType/WIFI Language/{language}",
    "qq": "QQ/{version} NetType/WIFI",
    "swan": "baiduboxapp/{version} swan/{version}",
    "tt": "aweme/{version} NetType/WIFI ToutiaoMicroApp",
    "my": "AliApp(AP/{version}) AlipayClient/{version} Language/{language}",
    "jd": "jdapp/{version}",
}

# React Native's `fetch` gives a type to bodies that are texts, and none to a request without one.
UNTYPED: Mapping[str, bool] = {"rn": True}

IOS_ENGINE = "AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
ANDROID_ENGINE = "AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36"


def identity(phone: Phone, app: App) -> dict[str, str]:
    """The headers that the phone adds to each request of the app."""
    headers = {
        "Accept": "*/*",
        "Accept-Encoding": "gzip, deflate",
        "content-type": "application/json",
        "User-Agent": user_agent(phone, app),
    }
    if of_vendor(UNTYPED, app, False):
        del headers["content-type"]
    referer = of_vendor(REFERERS, app, "")
    if referer:
        version = phone.updates.version(app) if app.env_version == "release" else "0"
        headers["Referer"] = referer.format(appid=app.appid, version=version)
    return headers


def user_agent(phone: Phone, app: App) -> str:
    """The device's web view, and the vendor's app in which the program runs."""
    version = of_vendor(HOSTS, app, HOSTS["wx"]).get("version", "")
    client = of_vendor(CLIENTS, app, "").format(version=version, language=phone.system.language)
    return f"Mozilla/5.0 {_web_view(phone.system.device)} {client}".rstrip()


def _web_view(device: Device) -> str:
    if device.platform == "ios":
        return f"(iPhone; CPU iPhone OS {device.os_version.replace('.', '_')} like Mac OS X) {IOS_ENGINE}"
    return f"(Linux; Android {device.os_version}; {device.code}; wv) {ANDROID_ENGINE}"
