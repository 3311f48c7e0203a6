"""A program that uses every group of Taro's functions, in which type checkers find nothing wrong.

It is checked, never run.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import taropy
from taropy import Promise, Record, Taro, TaroError
from taropy.models import (
    AppConfig,
    AppConfigDict,
    CallbackResult,
    Chain,
    FileSystemManagerAccessOption,
    LoginOption,
    LoginResult,
    PageConfig,
    RequestOption,
    RequestOptionDict,
    RequestResult,
    RequestTask,
    SocketTask,
)
from taropy.phone import devices
from taropy.platforms.alipay import Taro as My
from taropy.platforms.swan import Taro as Swan
from taropy.spec import PLATFORMS
from taropy.typing import (
    AnyTaro,
    AppSettings,
    Call,
    DeviceName,
    H5Taro,
    NetworkType,
    OtherPlatform,
    PhoneFunction,
    PlatformName,
    PromiseSettledResult,
    QqTaro,
    WeappTaro,
)


def told(res: CallbackResult) -> None:
    print(res.errMsg)


def failed(error: TaroError) -> None:
    print(error.errMsg, error.errCode, error.api, error.platform)


def ended(res: CallbackResult | TaroError) -> None:
    print(res.errMsg)


# --- open-api ----------------------------------------------------------------------------------------------------


async def log_in() -> str:
    try:
        await Taro.checkSession()
    except TaroError as error:
        failed(error)
    result: LoginResult = await Taro.login()
    also = await Taro.login({"timeout": 3000})
    again = await Taro.login(LoginOption(timeout=3000, fail=failed))
    Taro.login(success=lambda res: print(res.code.upper()), fail=failed, complete=ended)
    Taro.pluginLogin(success=lambda res: print(res.code))
    later: Promise[LoginResult] = Taro.login(timeout=1)
    print(later.result(timeout=2.5).code, result["code"], result.get("more"), "isLogin" in also, again.errMsg)
    return result.code + (result.anonymousCode or "")


async def the_user() -> None:
    profile = await Taro.getUserProfile(desc="to greet", lang="zh_CN")
    print(profile.userInfo.nickName, profile.userInfo["avatarUrl"])
    info = await Taro.getUserInfo(withCredentials=True)
    print(info.userInfo.city)
    settings = await Taro.getSetting(withSubscriptions=True)
    print(settings.authSetting["scope.userInfo"], settings.subscriptionsSetting.mainSwitch)
    await Taro.openSetting()
    await Taro.authorize(scope="scope.record")
    address = await Taro.chooseAddress()
    print(address.userName, address.telNumber)
    print(Taro.getAccountInfoSync().miniProgram.appId)
    title = await Taro.chooseInvoiceTitle()
    print(title.title, (await Taro.chooseInvoice()).invoiceInfo)
    print((await Taro.getWeRunData()).encryptedData, (await Taro.chooseLicensePlate()).plateNumber)
    await Taro.addCard(cardList=[{"cardId": "1", "cardExt": "{}"}])
    await Taro.openCustomerServiceChat(extInfo={"url": "https://example.com"}, corpId="1")
    print((await Taro.getGroupEnterInfo()).cloudID)
    Taro.onNeedPrivacyAuthorization(lambda resolve, event: resolve({"event": "agree", "buttonId": event.referrer}))
    Taro.openStickerSetView(url="https://example.com")
    await Taro.requestSubscribeMessage(tmplIds=["a"], entityIds=[])
    print((await Taro.checkIsSupportSoterAuthentication()).supportMode)
    await Taro.addFileToFavorites(filePath="a", fileName="b")
    await Taro.showRedPackage(url="https://example.com")
    await Taro.startFacialRecognitionVerify(name="n", idCardNumber="1")
    print((await Taro.getDeviceVoIPList()).list)
    live = await Taro.getChannelsLiveInfo(finderUserName="f")
    print(live.headUrl)
    Taro.checkIsAddedToMyMiniProgram(success=lambda res: print(res.added))


# --- network -----------------------------------------------------------------------------------------------------


def with_token(chain: Chain) -> Any:
    options: RequestOptionDict = chain.requestParams
    print(options["url"])
    return chain.proceed(options)


async def talk() -> None:
    Taro.addInterceptor(with_token)
    Taro.addInterceptor(Taro.interceptors.timeoutInterceptor)
    task: RequestTask[Any] = Taro.request(url="https://example.com", method="POST", data={"a": 1}, header={"x": "y"})
    task.onHeadersReceived(lambda res: print(res.header["date"]))
    response: RequestResult[Any] = await task
    print(response.statusCode, response.data["user"], response.header)
    Taro.request("https://example.com").abort()
    Taro.request({"url": "https://example.com", "success": lambda res: print(res.statusCode)})
    Taro.request(RequestOption(url="https://example.com", dataType="json"))
    Taro.cleanInterceptors()
    download = Taro.downloadFile(url="https://example.com/a.png", header={})
    download.onProgressUpdate(lambda res: print(res.progress))
    print((await download).tempFilePath)
    upload = Taro.uploadFile(url="https://example.com", filePath="a.png", name="file", formData={"a": "b"})
    upload.progress(lambda res: print(res.progress))
    upload.abort()
    socket: SocketTask = await Taro.connectSocket(url="wss://example.com", protocols=["a"])
    socket.onMessage(lambda res: print(res.data))
    socket.send({"data": "hello"})
    Taro.onSocketMessage(lambda res: print(res.data))
    await Taro.sendSocketMessage(data=b"bytes")
    tcp = Taro.createTCPSocket()
    tcp.connect({"address": "127.0.0.1", "port": 80})
    udp = Taro.createUDPSocket()
    print(udp.bind(8080))
    Taro.onLocalServiceFound(lambda res: print(res.serviceName))


# --- storage and files -------------------------------------------------------------------------------------------


async def keep() -> None:
    await Taro.setStorage(key="k", data={"a": [1, 2]})
    kept = await Taro.getStorage(key="k")
    print(kept.data["a"], Taro.getStorageSync("k"), Taro.getStorageInfoSync().keys[0])
    Taro.setStorageSync("k", 1)
    Taro.setStorageSync(key="k", data=None)
    Taro.batchSetStorageSync([{"key": "a", "value": 1}])
    info = await Taro.getStorageInfo()
    print(info.currentSize + info.limitSize, [key.upper() for key in info.keys])
    print((await Taro.getBackgroundFetchToken()).token)
    manager = Taro.createCacheManager({"origin": "https://example.com", "mode": "none"})
    print(manager.addRule({"id": "r", "method": "GET", "url": "/a", "maxAge": 1, "dataSchema": []}))
    files = Taro.getFileSystemManager()
    files.readFile({"filePath": "a", "encoding": "utf8", "success": lambda res: print(res.data)})
    files.readFile(filePath="a", success=lambda res: print(res.data), fail=failed, complete=ended)
    files.access(FileSystemManagerAccessOption(path="a", success=told, fail=failed))
    files.getSavedFileList(success=lambda res: print(len(res.fileList)))
    files.getSavedFileList()
    print(files.openSync(filePath="a", flag="r").upper(), files.readFileSync("a", "utf8"))
    files.writeFileSync("a", b"text")
    files.accessSync("/")
    print(files.readdirSync("/")[0])
    saved = await Taro.getSavedFileList()
    print([file.filePath for file in saved.fileList])
    await Taro.openDocument(filePath="a.pdf", fileType="pdf")
    print(Taro.base64ToArrayBuffer(Taro.arrayBufferToBase64(bytearray(2))).hex())
    worker = Taro.createWorker("workers/index.js")
    worker.postMessage({"a": 1})
    worker.onMessage(lambda res: print(res.message))


# --- what is seen ------------------------------------------------------------------------------------------------


async def show() -> None:
    await Taro.showToast(title="Hello", icon="success", duration=1500, mask=True)
    asked = await Taro.showModal(title="Sure?", content="really", confirmText="Yes")
    if asked.confirm:
        Taro.hideToast()
    sheet = await Taro.showActionSheet(itemList=["a", "b"])
    print(sheet.tapIndex + 1)
    await Taro.showLoading({"title": "…"})
    Taro.hideLoading()
    await Taro.setNavigationBarTitle(title="Home")
    await Taro.setNavigationBarColor(backgroundColor="#000000", frontColor="#ffffff")
    await Taro.setTabBarBadge(index=0, text="1")
    await Taro.setBackgroundColor(backgroundColor="#ffffff")
    await Taro.pageScrollTo(scrollTop=0, duration=300)
    await Taro.startPullDownRefresh()
    await Taro.loadFontFace(family="A", source="url('a.ttf')")
    await Taro.setTopBarText(text="top")
    print(Taro.getMenuButtonBoundingClientRect().width, Taro.checkIsPictureInPictureActive())
    Taro.onWindowResize(lambda res: print(res.size.windowWidth))
    Taro.nextTick(lambda: None)
    animation = Taro.createAnimation(duration=400, timingFunction="ease")
    print(animation.rotate(45).scale(1, 2).step().export())
    query = Taro.createSelectorQuery()
    query.select("#a").boundingClientRect(lambda res: print(res)).exec()
    observer = Taro.createIntersectionObserver({}, {"thresholds": [0.5]})
    observer.relativeToViewport({"bottom": 0}).disconnect()
    canvas = Taro.createCanvasContext("canvas")
    canvas.setFillStyle("red")
    canvas.fillRect(0, 0, 10, 10)
    canvas.draw(False)
    print((await Taro.canvasToTempFilePath({"canvasId": "canvas"}, {})).tempFilePath)
    Taro.worklet.timing(1, {"duration": 100})


async def go() -> None:
    moved = await Taro.navigateTo(url="/pages/a?b=1", events={})
    moved.eventChannel.emit("ready")
    await Taro.redirectTo(url="/pages/b")
    await Taro.switchTab({"url": "/pages/c"})
    await Taro.navigateBack(delta=2)
    await Taro.navigateToMiniProgram(appId="1", extraData={"a": 1}, envVersion="release")
    await Taro.showShareMenu(withShareTicket=True)
    print((await Taro.getShareInfo(shareTicket="t")).encryptedData)
    page = Taro.getCurrentPages()[0]
    print(page, Taro.getApp())
    print(Taro.useRouter().params, Taro.options, Taro.requirePlugin("p"))
    Taro.useDidShow(lambda options: print(options))
    Taro.usePageScroll(lambda at: print(at.scrollTop))


# --- the device --------------------------------------------------------------------------------------------------


async def device() -> None:
    system = Taro.getSystemInfoSync()
    print(system.pixelRatio * system.windowWidth, system.brand.upper(), system["language"])
    print((await Taro.getSystemInfo()).statusBarHeight, Taro.getWindowInfo().screenHeight, Taro.getDeviceInfo().model)
    network = await Taro.getNetworkType()
    if network.networkType == "wifi":
        Taro.onNetworkStatusChange(lambda res: print(res.isConnected))
    Taro.onAccelerometerChange(lambda res: print(res.x + res.y + res.z))
    await Taro.startAccelerometer(interval="game")
    Taro.onCompassChange(lambda res: print(res.direction))
    Taro.onGyroscopeChange(lambda res: print(res.x))
    Taro.startDeviceMotionListening(interval="ui")
    Taro.onMemoryWarning(lambda res: print(res.level))
    Taro.onKeyboardHeightChange(lambda res: print(res.height))
    Taro.onUserCaptureScreen(told)
    Taro.offUserCaptureScreen(told)
    print((await Taro.getBatteryInfo()).level, (await Taro.getScreenBrightness()).value)
    await Taro.setClipboardData(data="text")
    print((await Taro.getClipboardData()).data)
    scanned = await Taro.scanCode(onlyFromCamera=True, scanType=["qrCode"])
    print(scanned.result, scanned.charSet)
    await Taro.makePhoneCall(phoneNumber="1")
    await Taro.vibrateShort(type="heavy")
    await Taro.addPhoneContact(firstName="A")
    await Taro.addPhoneCalendar(title="t", startTime=1)
    await Taro.openBluetoothAdapter()
    found = await Taro.getBluetoothDevices()
    print([each.deviceId for each in found.devices])
    Taro.onBLECharacteristicValueChange(lambda res: print(res.value[0]))
    server = await Taro.createBLEPeripheralServer()
    print(server.server)
    await Taro.startBeaconDiscovery(uuids=["u"])
    await Taro.connectWifi(SSID="s", password="p")
    Taro.onGetWifiList(lambda res: print([wifi.SSID for wifi in res.wifiList]))
    nfc = Taro.getNFCAdapter()
    nfc.startDiscovery({"success": told})
    await Taro.sendSms(phoneNumber="1", content="c")
    print((await Taro.checkIsOpenAccessibility()).open)
    place = await Taro.getLocation(type="gcj02", altitude=True)
    print(place.latitude - place.longitude)
    await Taro.openLocation(latitude=1, longitude=2, name="here")


# --- media -------------------------------------------------------------------------------------------------------


async def media() -> None:
    images = await Taro.chooseImage(count=1, sizeType=["original"], sourceType=["album"])
    print(images.tempFilePaths[0], images.tempFiles[0].size)
    await Taro.previewImage(urls=images.tempFilePaths, current="a")
    shot = await Taro.chooseMedia(mediaType=["image"], camera="back")
    print(shot.tempFiles[0].tempFilePath, shot.type)
    print((await Taro.getImageInfo(src="a")).width, (await Taro.chooseVideo()).duration)
    audio = Taro.createInnerAudioContext(useWebAudioImplement=True)
    audio.src = "a.mp3"
    audio.onTimeUpdate(lambda _: print(audio.currentTime))
    background = Taro.getBackgroundAudioManager()
    background.title = "t"
    recorder = Taro.getRecorderManager()
    recorder.onStop(lambda res: print(res.tempFilePath))
    recorder.start({"duration": 1000, "format": "mp3"})
    Taro.createVideoContext("v").play()
    Taro.createCameraContext().takePhoto({"quality": "high", "success": lambda res: print(res.tempImagePath)})
    Taro.createLivePlayerContext("p").mute()
    Taro.createMapContext("m").moveToLocation({"latitude": 1, "longitude": 2})
    Taro.createMapContext("m").moveToLocation(latitude=1, longitude=2).then(lambda res: print(res))
    Taro.createCameraContext().takePhoto(quality="high", success=lambda res: print(res.tempImagePath))
    decoder = Taro.createVideoDecoder()
    await decoder.start({"source": "a.mp4"})
    Taro.createMediaContainer().destroy()
    await Taro.joinVoIPChat(signature="s", nonceStr="n", timeStamp=1, groupId="g")
    Taro.createRewardedVideoAd(adUnitId="a").onClose(lambda res: print(res.isEnded))
    session = Taro.createInferenceSession(model="m")
    session.onLoad(told)
    if Taro.isVKSupport("v1"):
        Taro.createMediaRecorder(Taro.createOffscreenCanvas(type="webgl"), {"duration": 5}).start()
    detected = await Taro.faceDetect(frameBuffer=b"", width=1, height=1)
    print(detected)


# --- the base ----------------------------------------------------------------------------------------------------


async def base() -> None:
    print(Taro.canIUse("login") and Taro.getEnv() == Taro.ENV_TYPE.WEAPP, Taro.pxTransform(10), Taro.env.TARO_ENV)
    Taro.initPxTransform(designWidth=750, deviceRatio={"640": 1.17}, targetUnit="rpx")
    Taro.eventCenter.on("login", print).trigger("login", 1)
    events = Taro.Events()
    events.once("a", print).off("a")
    instance = Taro.getCurrentInstance()
    print(instance.router.params if instance.router else Taro.Current.page)
    shared = Taro.ShareTimelineReturnObject(title="t", query="a=1")
    Taro.useShareTimeline(lambda: shared)
    page = Taro.PageConfig(navigationBarTitleText="Home")
    print(page.navigationBarTitleText)
    Taro.preload("k", 1)
    Taro.onError(lambda error: print(error))
    Taro.onPageNotFound(lambda res: print(res.path))
    Taro.onUnhandledRejection(lambda res: print(res.reason))
    print(Taro.getLaunchOptionsSync().path, Taro.getExtConfigSync())
    Taro.getUpdateManager().onCheckForUpdate(lambda res: print(res.hasUpdate))
    Taro.getLogManager(level=1).log("a")
    Taro.getRealtimeLogManager().info("a", 1)
    print(Taro.getPerformance().getEntries()[0].name)
    Taro.getUserCryptoManager().getLatestUserKey({"success": lambda res: print(res.encryptKey)})
    Taro.reportAnalytics("bought", {"price": 1})
    Taro.reportMonitor("1", 2)
    await Taro.cloud.callFunction({"name": "f", "data": {}})
    found = await Taro.cloud.database().collection("todos").where({"done": False}).get()
    print(found.data)
    await Taro.requestPayment(timeStamp="1", nonceStr="n", package="p", signType="MD5", paySign="s")


async def elsewhere(qq: QqTaro) -> None:
    paid = await My.tradePay(tradeNO="1")
    print((await My.getServerTime()).time, (await My.chooseCity({"showLocatedCity": True})).city)
    await Taro.showLoading()
    await Taro.showToast(icon="none")
    Taro.offWindowResize()
    print(paid.resultCode)
    Swan.setPageInfo(title="t", keywords="k", description="d")
    Swan.queryBookshelf(contentIds=["1"], success=lambda res: print(res))
    Swan.loadSubPackage(root="tea", success=told)
    Swan.requestPolymerPayment(
        orderInfo={
            "dealId": "1",
            "appKey": "a",
            "totalAmount": "1",
            "tpOrderId": "o",
            "dealTitle": "t",
            "signFieldsRange": "1",
            "rsaSign": "s",
            "bizInfo": "b",
        }
    )
    qq.setCustomDress(action="a", path="p", success=told)


def over(taro: H5Taro) -> None:
    print(taro.platform.name, taro.host.name, taro.native, taro.phone.clock)
    taro.getSystemInfoSync()


def runtimes() -> None:
    web = taropy.create("h5")
    weapp: WeappTaro = taropy.create("weapp", phone=taropy.Phone(device="iPhone 15 Pro"), timeout=1000)
    anywhere: AnyTaro = taropy.create()
    with taropy.create("harmony-hybrid") as taro:
        print(taro.getEnv())
    over(web)
    over(taropy.use("h5"))
    over(anywhere)
    weapp.close()
    values: Record = Record(a=1)
    print(values.a, taropy.run(log_in))


# --- promises ----------------------------------------------------------------------------------------------------


async def number() -> int:
    return 1


async def together(tasks: list[Promise[LoginResult]], later: Iterable[Call[LoginResult]]) -> None:
    login, kept = await Promise.all((Taro.login(), Taro.getStorage(key="k")))
    print(login.code.upper(), kept.data["a"])
    response, count, place = await Promise.all((Taro.request("https://example.com"), number(), Taro.getLocation()))
    print(response.statusCode + count + place.latitude)
    first, second = await Promise.all([Taro.login(), Taro.login()])
    print(first.code + second.code)
    print([each.code for each in await Promise.all(tasks)], [each.code for each in await Promise.all(later)])
    print([each.data for each in await Promise.all(Taro.request(url) for url in ("a", "b"))])
    for each in await Promise.all([Taro.login(), Taro.getLocation()]):
        print(each.errMsg)
    fastest = await Promise.race((Taro.login(), number()))
    print(fastest + 1 if isinstance(fastest, int) else fastest.code)
    print((await Promise.any([Taro.login(), Taro.login()])).code)
    one, other = await Promise.allSettled((Taro.login(), number()))
    print(one.value.code if one.status == "fulfilled" else one.reason)
    print(other.value + 1 if other.status == "fulfilled" else other["reason"])
    ends(await Promise.allSettled([Taro.login()]))


def ends(all_of_them: Iterable[PromiseSettledResult[LoginResult]]) -> None:
    for end in all_of_them:
        print(end.value.code if end.status == "fulfilled" else end.reason)


async def in_turn() -> None:
    said: Promise[str] = Taro.login().then(lambda res: res.code)
    counted: Promise[int] = Taro.login().then(lambda: 1)
    awaited: Promise[int] = Taro.login().then(number)
    chained: Promise[LoginResult] = Taro.checkSession().then(Taro.login)
    either: Promise[LoginResult | str] = Taro.login().catch(lambda error: error.errMsg.upper())
    nothing: Promise[LoginResult | None] = Taro.login().catch(lambda: None)
    told_later: Promise[LoginResult | int] = Taro.login().catch(number)
    both: Promise[str | int] = Taro.login().then(lambda res: res.code, lambda error: error.errCode or 0)
    same: Call[LoginResult] = Taro.login().catch()
    after: Promise[LoginResult] = Taro.login().finally_(lambda: print("done"))
    caught: Promise[str | int] = said.then(len).catch(lambda error: str(error))
    resolved: Promise[int] = Promise.resolve(1)
    of_another: Promise[int] = Promise.resolve(number())
    rejected: Promise[str] = Promise.reject(ValueError("a"))
    empty: Promise[None] = Promise.resolve()
    made: Promise[int] = Promise(lambda resolve, reject: resolve(1))
    print(said, counted, awaited, chained, either, nothing, told_later, both, same, after, caught)
    print(resolved, of_another, rejected, empty, made)


def run_it() -> None:
    code: str = taropy.run(log_in)
    one: int = taropy.run(number())
    login: LoginResult = taropy.run(lambda: Taro.login())
    length: int = taropy.run(lambda: len("a"))
    taropy.run(show)
    print(code.upper(), one + 1, login.code, length)


# --- apps and phones ---------------------------------------------------------------------------------------------

SETTINGS: AppSettings = {"pages": ["pages/a/a"], "cloud": True}
CONFIG: AppConfigDict = {"pages": ["pages/a/a"], "window": {"navigationBarTitleText": "Tea"}}


def apps() -> None:
    app = taropy.App(
        pages=["pages/a/a", "pages/b/b"],
        window={"navigationBarTitleText": "Tea", "enablePullDownRefresh": True},
        tabBar={"list": [{"pagePath": "pages/a/a", "text": "A"}, {"pagePath": "pages/b/b", "text": "B"}]},
        networkTimeout={"request": 1000},
        cloud=True,
    )
    taropy.App({"pages": ["pages/a/a"], "debug": True})
    taropy.App(SETTINGS)
    taropy.App(CONFIG)
    taropy.App(AppConfig(pages=["pages/a/a"]))

    @app.page("pages/a/a", enablePullDownRefresh=True, navigationBarTitleText="A")
    class Page:
        def onLoad(self, query: dict[str, str]) -> None:
            print(query, self)

    @app.page("pages/b/b", {"disableScroll": True})
    def page() -> None:
        Taro.useLoad(print)

    app.page("pages/b/b", PageConfig(navigationStyle="custom"))(page)
    app.launch(path="pages/b/b", query={"a": "b"}, scene=1037, referrerInfo={"appId": "1"})
    print(Page)


def phones(device: DeviceName, kind: NetworkType, function: PhoneFunction) -> None:
    taropy.Phone(device=device)
    for each in devices():
        taropy.Phone(device=each)
    phone = taropy.Phone(device="Pixel 8")
    phone.network.type = kind
    phone.network.type = "none"
    phone.network.behave_as("3g")
    phone.system.theme = "dark"
    phone.rotate("landscape")
    phone.faults.fail(function, "system error", errCode=-1)
    phone.faults.fail("FileSystemManager.readFile", "no such file", times=None)
    phone.faults.answer("scanCode", result="4711")
    phone.faults.answer("getStorageSync", 5)
    phone.faults.delay("request", 2.0)
    phone.faults.hang("getLocation")
    phone.faults.clear()
    phone.faults.clear("request")
    phone.person.script("modal", confirm=True, content="yes")
    phone.person.script("login", allow=False)
    phone.person.script("openSetting", authSetting={"scope.camera": True})
    phone.person.script("pick", paths=[Path("a.png")])
    phone.person.script("preview")


def platforms(platform: PlatformName, name: str) -> None:
    taropy.create(platform).login()
    for each in PLATFORMS:
        taropy.create(each).close()
    taropy.create(OtherPlatform("pocket"))
    taropy.use(OtherPlatform(name))
    taropy.use(platform)
