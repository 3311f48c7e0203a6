"""Which room of the phone answers which native function: tables, so that asking costs no import of the rooms."""

from __future__ import annotations

from collections.abc import Mapping

ROOMS: Mapping[str, tuple[str, ...]] = {
    "account": (
        "login", "checkSession", "pluginLogin", "getAccountInfoSync", "getUserInfo", "getUserProfile",
        "getGroupEnterInfo", "checkIsAddedToMyMiniProgram",
    ),
    "permissions": ("authorize", "authorizeForMiniProgram", "getSetting", "openSetting"),
    "network": (
        "request", "uploadFile", "downloadFile", "getNetworkType", "getLocalIPAddress", "onNetworkStatusChange",
        "offNetworkStatusChange", "onNetworkWeakChange", "offNetworkWeakChange",
    ),
    "sockets": (
        "connectSocket", "sendSocketMessage", "closeSocket", "onSocketOpen", "onSocketMessage", "onSocketError",
        "onSocketClose", "createTCPSocket", "createUDPSocket",
    ),
    "discovery": (
        "startLocalServiceDiscovery", "stopLocalServiceDiscovery", "onLocalServiceFound", "offLocalServiceFound",
        "onLocalServiceResolveFail", "offLocalServiceResolveFail", "onLocalServiceLost", "offLocalServiceLost",
        "onLocalServiceDiscoveryStop", "offLocalServiceDiscoveryStop",
    ),
    "files": (
        "getFileSystemManager", "saveFile", "getFileInfo", "getSavedFileList", "getSavedFileInfo", "removeSavedFile",
        "openDocument", "saveFileToDisk",
    ),
    "storage": (
        "getStorage", "setStorage", "removeStorage", "clearStorage", "getStorageInfo",
        "batchGetStorage", "batchSetStorage",
        "getStorageSync", "setStorageSync", "removeStorageSync", "clearStorageSync", "getStorageInfoSync",
        "batchGetStorageSync", "batchSetStorageSync",
    ),
    "background_fetch": (
        "setBackgroundFetchToken", "getBackgroundFetchToken", "getBackgroundFetchData", "onBackgroundFetchData",
    ),
    "caches": ("createCacheManager",),
    "buffers": ("arrayBufferToBase64", "base64ToArrayBuffer", "createBufferURL", "revokeBufferURL"),
    "user_crypto": ("getRandomValues", "getUserCryptoManager"),
    "pages": ("navigateTo", "redirectTo", "reLaunch", "switchTab", "navigateBack", "getCurrentPages"),
    "lifecycle": (
        "getApp", "getLaunchOptionsSync", "getEnterOptionsSync", "onAppShow", "offAppShow", "onAppHide", "offAppHide",
        "onError", "offError", "onPageNotFound", "offPageNotFound", "onThemeChange", "offThemeChange",
        "onAudioInterruptionBegin", "offAudioInterruptionBegin", "onAudioInterruptionEnd", "offAudioInterruptionEnd",
        "exitMiniProgram", "navigateToMiniProgram", "openEmbeddedMiniProgram", "navigateBackMiniProgram",
    ),
    "screen": ("showToast", "hideToast", "showLoading", "hideLoading", "showModal", "showActionSheet"),
    "navigation_bars": (
        "setNavigationBarTitle", "setNavigationBarColor", "setNavigationBar", "showNavigationBarLoading",
        "hideNavigationBarLoading", "hideHomeButton", "setBackgroundColor", "setBackgroundTextStyle", "setTopBarText",
    ),
    "tab_bars": (
        "setTabBarBadge", "removeTabBarBadge", "showTabBarRedDot", "hideTabBarRedDot", "setTabBarItem",
        "setTabBarStyle", "showTabBar", "hideTabBar",
    ),
    "scrolling": ("startPullDownRefresh", "stopPullDownRefresh", "pageScrollTo"),
    "window": (
        "getMenuButtonBoundingClientRect", "onWindowResize", "offWindowResize", "setWindowSize",
        "checkIsPictureInPictureActive", "enableAlertBeforeUnload", "disableAlertBeforeUnload",
    ),
    "animations": ("createAnimation",),
    "fonts": ("loadFontFace",),
    "nodes": ("createSelectorQuery", "createIntersectionObserver", "createMediaQueryObserver"),
    "keyboard": ("hideKeyboard", "getSelectedTextRange", "onKeyboardHeightChange", "offKeyboardHeightChange"),
    "display": (
        "setScreenBrightness", "getScreenBrightness", "setKeepScreenOn", "setVisualEffectOnCapture",
        "onUserCaptureScreen", "offUserCaptureScreen", "getScreenRecordingState", "onScreenRecordingStateChanged",
        "offScreenRecordingStateChanged",
    ),
    "media": (
        "chooseImage", "chooseMedia", "chooseVideo", "chooseMessageFile", "previewImage", "previewMedia",
        "getImageInfo", "getVideoInfo", "compressImage", "compressVideo", "cropImage", "editImage",
        "openVideoEditor", "saveImageToPhotosAlbum", "saveVideoToPhotosAlbum",
    ),
    "camera": (),
    "scanner": ("scanCode",),
    "location": (
        "getLocation", "getFuzzyLocation", "chooseLocation", "choosePoi", "openLocation",
        "startLocationUpdate", "startLocationUpdateBackground", "stopLocationUpdate",
        "onLocationChange", "offLocationChange", "onLocationChangeError", "offLocationChangeError",
    ),
    "clipboard": ("setClipboardData", "getClipboardData"),
    "telephone": ("makePhoneCall", "sendSms", "addPhoneContact", "chooseContact"),
    "forms": ("chooseAddress", "chooseInvoiceTitle", "chooseInvoice", "chooseLicensePlate"),
    "hardware": (
        "vibrateShort", "vibrateLong", "getBatteryInfo", "getBatteryInfoSync", "checkIsOpenAccessibility",
        "onMemoryWarning", "offMemoryWarning",
    ),
    "system": (
        "getSystemInfo", "getSystemInfoSync", "getSystemInfoAsync", "getDeviceInfo", "getWindowInfo",
        "getAppBaseInfo", "getSystemSetting", "getAppAuthorizeSetting", "getSkylineInfo", "getSkylineInfoSync",
        "getRendererUserAgent", "getEnvInfoSync", "setEnableDebug", "openAppAuthorizeSetting",
        "openSystemBluetoothSetting",
    ),
    "updates": ("getUpdateManager", "updateWeChatApp"),
    "performance": ("getPerformance", "preloadAssets", "preloadWebview", "preloadSkylineView"),
    "debugging": ("getLogManager", "getRealtimeLogManager"),
    "analysis": (
        "reportAnalytics", "reportEvent", "reportMonitor", "reportPerformance", "getExptInfoSync", "getCommonConfig",
    ),
    "ext": ("getExtConfig", "getExtConfigSync"),
    "privacy": (
        "getPrivacySetting", "openPrivacyContract", "requirePrivacyAuthorize", "onNeedPrivacyAuthorization",
    ),
}  # fmt: skip

ROOM_OF: Mapping[str, str] = {name: room for room, names in ROOMS.items() for name in names}

#: Which module has the class of which native objects: those whose methods are native functions of their own.
MANAGERS: Mapping[str, str] = {
    "CacheManager": "cache_manager", "DownloadTask": "http.task", "EntryList": "performance",
    "FileSystemManager": "files.manager", "IntersectionObserver": "nodes.observers", "LogManager": "debugging",
    "MediaQueryObserver": "nodes.observers", "NodesRef": "nodes.query", "Performance": "performance",
    "PerformanceObserver": "performance", "RealtimeLogManager": "debugging", "RealtimeTagLogManager": "debugging",
    "RequestTask": "http.task", "ScrollViewContext": "nodes.scroll_view", "SelectorQuery": "nodes.query",
    "SocketTask": "sockets.websocket", "TCPSocket": "sockets.tcp", "UDPSocket": "sockets.udp",
    "UpdateManager": "updates", "UploadTask": "http.task", "UserCryptoManager": "user_crypto",
}  # fmt: skip
