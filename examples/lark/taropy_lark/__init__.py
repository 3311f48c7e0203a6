"""Feishu (`lark`), as a platform of taropy.

Public facts, from Taro's plugin for it, `@tarojs/plugin-platform-lark` 1.1.5: the native object is called `tt`, as
Douyin's is, but Taro's adapter for Douyin has no part in it; calls go through under their own names, as WeChat's do; and
Feishu has `connectBLEDevice`, `disconnectBLEDevice` and others that Taro does not know (`chooseChat`, `docsPicker`,
`enterBot`, …). These are handed through: programs call `Taro.chooseChat({...})` with callbacks, as natively.

Judgement: which of Taro's functions there are, since the plugin hands through whatever `tt` has: the table starts from
WeChat's, without the services that are WeChat's own. And that Feishu's two functions for a Bluetooth device are Taro's
`createBLEConnection` and `closeBLEConnection`, as Alipay's of the same names are for Taro. Over a real `tt` a function that
is in the list, and not in `tt`, still says so: `NotSupported`, with the host as the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from taropy import Adaptation, Platform, hookimpl

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

APIS: Mapping[str, Adaptation] = {
    "closeBLEConnection": Adaptation(alias="disconnectBLEDevice"),
    "createBLEConnection": Adaptation(alias="connectBLEDevice"),
}

PLATFORM = Platform(
    name="lark",
    title="Feishu",
    env_type="lark",  # what Taro.getEnv() gives: of a platform that Taro does not know, its name
    native_name="tt",
    extends="weapp",
    lacks=WECHATS_OWN,
    apis=APIS,
)


@hookimpl
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings `lark`."""
    register(PLATFORM)
