"""Kuaishou (`kwai`), as a platform of taropy.

Public facts, from Taro's plugin for it, `@tarojs/plugin-platform-kwai` 6.0.0: every call goes to `ks` under its own name
and with its own options, as WeChat's do to `wx`, and `Taro.cloud` is `ks.cloud`.

Judgement: which functions there are. The plugin names none; it hands through whatever `ks` has. So the table starts from
WeChat's, which Kuaishou's follows, without the services that are WeChat's own. Over a real `ks` a function that is in the
list, and not in `ks`, still says so: `NotSupported`, with the host as the reason.
"""

from __future__ import annotations

from collections.abc import Callable

from taropy import Platform, hookimpl

# By judgement: channels, WeRun, stickers, red packets, calls and invoices are WeChat's own; so are its customer service and updates.
WECHATS_OWN = (
    "chooseInvoice", "chooseInvoiceTitle", "chooseLicensePlate", "exitVoIPChat", "getChannelsLiveInfo",
    "getChannelsLiveNoticeInfo", "getChannelsShareKey", "getDeviceVoIPList", "getWeRunData", "join1v1Chat",
    "joinVoIPChat", "offVoIPChatInterrupted", "offVoIPChatMembersChanged", "offVoIPChatSpeakersChanged",
    "offVoIPChatStateChanged", "offVoIPVideoMembersChanged", "onVoIPChatInterrupted", "onVoIPChatMembersChanged",
    "onVoIPChatSpeakersChanged", "onVoIPChatStateChanged", "onVoIPVideoMembersChanged", "openChannelsActivity",
    "openChannelsEvent", "openChannelsLive", "openChannelsUserProfile", "openCustomerServiceChat",
    "openSingleStickerView", "openStickerIPView", "openStickerSetView", "requestDeviceVoIP", "reserveChannelsLive",
    "setEnable1v1Chat", "shareToWeRun", "showRedPackage", "subscribeVoIPVideoMembers", "updateVoIPChatMuteConfig",
    "updateWeChatApp",
)  # fmt: skip

PLATFORM = Platform(
    name="kwai",
    title="Kuaishou",
    env_type="kwai",  # what Taro.getEnv() gives: of a platform that Taro does not know, its name
    native_name="ks",
    extends="weapp",
    lacks=WECHATS_OWN,
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `kwai`."""
    register(PLATFORM)
