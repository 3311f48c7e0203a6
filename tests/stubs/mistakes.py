"""Mistakes in the use of Taro, one on each line that ends in `# error`; type checkers find these lines, and no others.

The file is checked, never run.
"""

from __future__ import annotations

import taropy
from taropy import Promise, Taro, TaroError
from taropy.models import (
    CallbackResult,
    Chain,
    ChooseImageOption,
    GetLocationResult,
    LoginOption,
    LoginOptionDict,
    LoginResult,
    RequestMethod,
    RequestOption,
    RequestOptionDict,
    RequestResult,
    ShowModalOption,
)
from taropy.platforms.alipay import Taro as My
from taropy.platforms.h5 import Taro as Web
from taropy.platforms.swan import Taro as Swan
from taropy.typing import (
    AlipayTaro,
    AnyTaro,
    AppSettings,
    DeviceName,
    H5Taro,
    NetworkType,
    PhoneFunction,
    PlatformName,
    QuestionKind,
    WeappTaro,
)


def told(res: CallbackResult) -> None: ...
def located(res: GetLocationResult) -> None: ...
def failed(error: TaroError) -> None: ...
def nothing() -> None: ...


# --- names -------------------------------------------------------------------------------------------------------

Taro.logIn()  # error
Taro.chekSession()  # error
Taro.requst(url="https://example.com")  # error
Taro.getSystemInfosync()  # error
Taro.showtoast(title="a")  # error
Taro.navigateToPage(url="/a")  # error
Taro.eventCentre  # error
Taro.Curent  # error
Taro.Event()  # error
Taro.ENV_TYPE.WECHAT  # error
Taro.env.TARO_ENV.name  # error
Taro.interceptors.retryInterceptor  # error
Taro.cloud.callFunctions({"name": "f"})  # error
Taro.PageConfig(navigationBarTitle="a")  # error
taropy.Phon()  # error
taropy.models.LogInOption  # error
taropy.platforms.wechat  # error

# --- options: names ----------------------------------------------------------------------------------------------

Taro.login(tiemout=3)  # error
Taro.login({"tiemout": 3})  # error
Taro.login(LoginOption(tiemout=3))  # error
Taro.request(url="https://example.com", headers={})  # error
Taro.request({"url": "https://example.com", "headers": {}})  # error
Taro.request(RequestOption(url="https://example.com", headers={}))  # error
Taro.showToast(title="a", message="b")  # error
Taro.showModal(title="a", confirm="Yes")  # error
Taro.chooseImage(maxCount=1)  # error
Taro.chooseImage(ChooseImageOption(maxCount=1))  # error
Taro.getLocation(kind="gcj02")  # error
Taro.setStorage(key="a", value=1)  # error
Taro.getStorage(name="a")  # error
Taro.previewImage(url=["a"])  # error
Taro.scanCode(onlyCamera=True)  # error
Taro.navigateTo(path="/a")  # error
Taro.setClipboardData(text="a")  # error
Taro.makePhoneCall(number="1")  # error
Taro.vibrateShort(strength="heavy")  # error
Taro.openLocation(lat=1, lng=2)  # error
Taro.uploadFile(url="a", path="b", name="c")  # error
Taro.downloadFile(uri="a")  # error
Taro.createAnimation(length=1)  # error
Taro.initPxTransform(width=750)  # error

# --- options: what is missing ------------------------------------------------------------------------------------

Taro.request()  # error
Taro.request({})  # error
Taro.request({"method": "GET"})  # error
Taro.request(RequestOption())  # error
Taro.request(method="GET")  # error
Taro.showActionSheet()  # error
Taro.showActionSheet({"itemColor": "#000000"})  # error
Taro.setStorage(key="a")  # error
Taro.setStorage({"data": "a"})  # error
Taro.getStorage()  # error
Taro.removeStorage()  # error
Taro.navigateTo()  # error
Taro.redirectTo({})  # error
Taro.switchTab()  # error
Taro.setClipboardData()  # error
Taro.makePhoneCall()  # error
Taro.openLocation(latitude=1)  # error
Taro.uploadFile(url="a")  # error
Taro.downloadFile({})  # error
Taro.getImageInfo()  # error
Taro.previewImage({"current": "a"})  # error
Taro.requestPayment(nonceStr="a")  # error
Taro.authorize()  # error
Taro.connectSocket({"protocols": ["a"]})  # error
Taro.setNavigationBarTitle()  # error
Taro.setTabBarBadge(index=0)  # error
Taro.getUserProfile()  # error
Taro.connectWifi(SSID="a")  # error
Taro.createBLEConnection({})  # error
Taro.getStorageSync()  # error
Taro.setStorageSync("a")  # error
Taro.pxTransform()  # error
Taro.canIUse()  # error
Taro.createCanvasContext()  # error
Taro.onNetworkStatusChange()  # error
Taro.addInterceptor()  # error
Taro.nextTick()  # error

# --- options: types ----------------------------------------------------------------------------------------------

Taro.login(timeout="3000")  # error
Taro.login({"timeout": "3000"})  # error
Taro.login(LoginOption(timeout="3000"))  # error
Taro.login("3000")  # error
Taro.login([1])  # error
Taro.request(url=1)  # error
Taro.request(1)  # error
Taro.request(b"https://example.com")  # error
Taro.request(url="a", header="text")  # error
Taro.request(url="a", timeout="1")  # error
Taro.request({"url": "a", "enableCache": "yes"})  # error
Taro.showToast(title=1)  # error
Taro.showToast(title="a", duration="long")  # error
Taro.showToast(title="a", mask="yes")  # error
Taro.showActionSheet(itemList="a")  # error
Taro.showActionSheet(itemList=[1, 2])  # error
Taro.setStorage(key=1, data="a")  # error
Taro.chooseImage(count="1")  # error
Taro.previewImage(urls=[1])  # error
Taro.openLocation(latitude="1", longitude=2)  # error
Taro.setTabBarBadge(index="0", text="1")  # error
Taro.pageScrollTo(scrollTop="top")  # error
Taro.navigateBack(delta="1")  # error
Taro.makePhoneCall(phoneNumber=1)  # error
Taro.connectSocket(url="a", protocols="b")  # error
Taro.getStorageSync(1)  # error
Taro.canIUse(1)  # error
Taro.arrayBufferToBase64("text")  # error
Taro.base64ToArrayBuffer(b"bytes")  # error
Taro.reportMonitor("a", "b")  # error
Taro.createWorker(1)  # error
Taro.nextTick("later")  # error
Taro.createVideoContext(1)  # error
Taro.batchSetStorageSync([{"key": 1, "value": 1}])  # error
Taro.batchGetStorageSync("abc" if nothing else 1)  # error
Taro.addCard(cardList=[{"cardId": "1"}])  # error
Taro.getFileSystemManager().readFile({"filePath": 1})  # error
Taro.createInnerAudioContext().src = 1  # error

# --- methods of managers -----------------------------------------------------------------------------------------

fs = Taro.getFileSystemManager()
fs.readFile()  # error
fs.readFile(path="a")  # error
fs.readFile(filePath=1)  # error
fs.readFile(filePath="a", encoding="utf-7")  # error
fs.readFile({"filePath": "a"}, encoding="utf8")  # error
fs.readFile(filePath="a", success=lambda res: res.dta)  # error
fs.readFile(filePath="a", fail=located)  # error
fs.writeFile(filePath="a")  # error
fs.getSavedFileList(limit=1)  # error
fs.openSync(filePath="a").upper(1)  # error
fs.rename("a", "b")  # error
Taro.connectSocket(url="a").result().send(text="a")  # error
Taro.createMapContext("map").moveToLocation(latitude="1")  # error
Taro.createCameraContext().takePhoto(quality="best")  # error
Taro.getRecorderManager().start(duration="long")  # error

# --- literals ----------------------------------------------------------------------------------------------------

Taro.request(url="a", method="PSOT")  # error
Taro.request({"url": "a", "method": "PSOT"})  # error
Taro.request(RequestOption(url="a", method="PSOT"))  # error
Taro.request(url="a", responseType="json")  # error
Taro.request(url="a", credentials="always")  # error
Taro.showToast(title="a", icon="sucess")  # error
Taro.chooseImage(sizeType=["big"])  # error
Taro.chooseImage(sourceType=["gallery"])  # error
Taro.chooseMedia(mediaType=["sound"])  # error
Taro.vibrateShort(type="strong")  # error
Taro.startAccelerometer(interval="fast")  # error
Taro.scanCode(scanType=["qr"])  # error
Taro.navigateToMiniProgram(appId="1", envVersion="beta")  # error
Taro.createVKSession("v3")  # error
Taro.getUserProfile(desc="a", lang="de")  # error
Taro.setBackgroundTextStyle(textStyle="grey")  # error
Taro.getFileSystemManager().readFileSync("a", "utf-7")  # error
Taro.requestPayment(timeStamp="1", nonceStr="n", package="p", paySign="s", signType="SHA1")  # error
method: RequestMethod = "get"  # error

# --- callbacks ---------------------------------------------------------------------------------------------------

Taro.login(success=nothing)  # error
Taro.login(success=located)  # error
Taro.login({"success": located})  # error
Taro.login(success="told")  # error
Taro.login(success=told("a"))  # error
Taro.login(success=lambda res: res.cod)  # error
Taro.login({"success": lambda res: res.cod})  # error
Taro.login(success=lambda: None)  # error
Taro.login(fail=located)  # error
Taro.login(complete=located)  # error
Taro.getLocation(success=lambda res: res.latitude.upper())  # error
Taro.getSystemInfo(success=lambda res: res.screen_width)  # error
Taro.onNetworkStatusChange(lambda res: res.connected)  # error
Taro.onNetworkStatusChange(located)  # error
Taro.onAccelerometerChange(lambda res: res.x.upper())  # error
Taro.onCompassChange(lambda: None)  # error
Taro.onWindowResize(1)  # error
Taro.addInterceptor(lambda chain: chain.procede(chain.requestParams))  # error
Taro.addInterceptor(lambda chain: chain.requestParams["uri"])  # error
Taro.onError("print")  # error


# --- what the platform does not have -----------------------------------------------------------------------------

taropy.create("h5").checkSession()  # error
taropy.create("h5").login()  # error
taropy.create("rn").getAccountInfoSync()  # error
taropy.create("weapp").tradePay(tradeNO="1")  # error
taropy.create("alipay").setCustomDress(action="a", path="p")  # error
taropy.create("tt").openQzonePublish()  # error
taropy.create("jd").cloud  # error
taropy.create("qq").tradePay(tradeNO="1")  # error
taropy.create("swan").getNFCAdapter()  # error
taropy.create("harmony").createVKSession("v1")  # error
taropy.create("harmony-hybrid").worklet  # error
taropy.use("h5").checkSession()  # error
Web.checkSession()  # error
My.openChannelsLive(finderUserName="a")  # error
Swan.getWeRunData()  # error
Swan.getServerTime()  # error
Web.pay(service=5)  # error
My.getServerTime("now")  # error
with taropy.create("h5") as inside:
    inside.pluginLogin()  # error
taropy.create(1)  # error
taropy.create("h5", timeout="1")  # error
taropy.create("h5", phone="iPhone")  # error
taropy.use()  # error


def on_h5(taro: H5Taro) -> None:
    taro.getBLEMTU(deviceId="1")  # error
    taro.platform.nam  # error


def on_weapp(taro: WeappTaro) -> None:
    on_h5(taro)  # error
    taro.queryBookshelf(contentIds=["1"])  # error


def on_alipay(taro: AlipayTaro) -> None:
    taro.phone.clok  # error
    on_weapp(taro)  # error


web: H5Taro = taropy.create("weapp")  # error
anywhere: AnyTaro = taropy.create("h5")  # error

# --- results -----------------------------------------------------------------------------------------------------


async def results() -> None:
    login = await Taro.login()
    login.cod  # error
    login["cod"]  # error
    login.code + 1  # error
    login.code()  # error
    login.anonymousCode.upper()  # error
    login.code = 1  # error
    number: int = login.code  # error
    Taro.login().code  # error
    Taro.login()["code"]  # error
    await Taro.getStorageSync("a").data if False else await Taro.getSystemInfoSync()  # error
    profile: LoginResult = await Taro.getUserProfile(desc="a")  # error
    response: RequestResult = Taro.request("a")  # error
    (await Taro.request("a")).status  # error
    (await Taro.request("a")).statusCode.upper()  # error
    (await Taro.request("a"))["status"]  # error
    Taro.request("a").cancel()  # error
    Taro.request("a").onProgressUpdate(print)  # error
    Taro.downloadFile(url="a").onChunkReceived(print)  # error
    Taro.downloadFile(url="a").onProgressUpdate(lambda res: res.percent)  # error
    (await Taro.chooseImage()).tempFilePaths.path  # error
    (await Taro.chooseImage()).tempFiles[0].name  # error
    (await Taro.showModal(title="a")).confirmed  # error
    (await Taro.getSetting()).authSetting["scope.user"]  # error
    (await Taro.getNetworkType()).networkType.wifi  # error
    (await Taro.getNetworkType()).networkType == 1 + "a"  # error
    (await Taro.getLocation()).lat  # error
    Taro.getSystemInfoSync().windowWidth.upper()  # error
    Taro.getSystemInfoSync()["windowwidth"]  # error
    Taro.getMenuButtonBoundingClientRect().centre  # error
    Taro.getStorageInfoSync().keys()  # error
    Taro.createAnimation().rotated(1)  # error
    Taro.createSelectorQuery().selectOne("#a")  # error
    Taro.createCanvasContext("a").fillRect(0, 0)  # error
    Taro.createInnerAudioContext().start()  # error
    (await Taro.connectSocket(url="a")).emit("a")  # error
    Taro.login().then(1)  # error
    Taro.login().result("now")  # error
    Taro.login().finaly()  # error
    list(Taro.getSystemInfoSync().pixelRatio)  # error


def dicts(chain: Chain) -> None:
    options: LoginOptionDict = {"timeout": "1"}  # error
    request: RequestOptionDict = {"method": "GET"}  # error
    chain.requestParams.url  # error
    ShowModalOption(title="a").titel  # error
    LoginOption(3)  # error
    failed(Taro.login())  # error
    print(options, request)


# --- promises ----------------------------------------------------------------------------------------------------


async def number() -> int:
    return 1


def takes_text(text: str) -> str:
    return text


def takes_two(one: str, two: str) -> str:
    return one + two


async def together() -> None:
    login, kept = await Promise.all((Taro.login(), Taro.getStorage(key="k")))
    login.cod  # error
    kept.dta  # error
    (await Promise.all((Taro.login(), number())))[2]  # error
    swapped: tuple[int, LoginResult] = await Promise.all((Taro.login(), number()))  # error
    each: list[LoginResult] = await Promise.all((Taro.login(), number()))  # error
    for res in await Promise.all([Taro.login(), Taro.login()]):
        res.cod  # error
    for found in await Promise.all(Taro.request(url) for url in ("a", "b")):
        found.status  # error
    await Promise.all(Taro.login())  # error
    await Promise.all(Taro.login(), Taro.login())  # error
    await Promise.all((Taro.login, Taro.login))  # error
    await Promise.all([1, 2])  # error
    (await Promise.race((Taro.login(), number()))).code  # error
    (await Promise.race([Taro.login(), Taro.login()])).cod  # error
    (await Promise.any([Taro.login(), Taro.login()])).cod  # error
    settled, other = await Promise.allSettled((Taro.login(), number()))
    settled.value.cod if settled.status == "fulfilled" else None  # error
    settled.status == "fulfiled" and other.value.upper()  # error
    other.value.upper() if other.status == "fulfilled" else None  # error
    Promise.al([Taro.login()])  # error
    Promise.all()  # error
    print(swapped, each)


def in_turn() -> None:
    Taro.login().then(lambda res: res.cod)  # error
    Taro.login().then(takes_text)  # error
    Taro.login().then(takes_two)  # error
    Taro.login().then("told")  # error
    Taro.login().then(number).then(takes_text)  # error
    Taro.login().then(number).then(lambda count: count.upper())  # error
    Taro.login().then(lambda: 1).then(takes_text)  # error
    Taro.checkSession().then(Taro.login).then(lambda res: res.cod)  # error
    Taro.login().catch(lambda error: error.errMsg.uper())  # error
    Taro.login().catch(takes_text)  # error
    Taro.login().catch(takes_two)  # error
    Taro.login().catch(lambda error: error.errMsg).then(lambda res: res.upper())  # error
    Taro.login().then(None, lambda error: error.errMsg.uper())  # error
    Taro.login().finally_(takes_text)  # error
    wrong: Promise[str] = Taro.login().then(number)  # error
    text: Promise[str] = Taro.login().catch(lambda: "")  # error
    resolved: Promise[str] = Promise.resolve(1)  # error
    of_another: Promise[str] = Promise.resolve(number())  # error
    print(wrong, text, resolved, of_another)


def run_it() -> None:
    taropy.run(number).upper()  # error
    taropy.run(number()).upper()  # error
    taropy.run(lambda: Taro.login()).cod  # error
    taropy.run(takes_text)  # error
    text: str = taropy.run(number)  # error
    print(text)


# --- apps and phones ---------------------------------------------------------------------------------------------

taropy.App()  # error
taropy.App(page=["pages/a/a"])  # error
taropy.App(pages="pages/a/a")  # error
taropy.App(pages=[1])  # error
taropy.App(pages=["pages/a/a"], tabbar={"list": []})  # error
taropy.App(pages=["pages/a/a"], tabBar={"lst": []})  # error
taropy.App(pages=["pages/a/a"], tabBar={"list": [{"pagePath": "pages/a/a", "txt": "A"}]})  # error
taropy.App(pages=["pages/a/a"], window={"navigationBarTitle": "A"})  # error
taropy.App(pages=["pages/a/a"], window={"navigationStyle": "costum"})  # error
taropy.App(pages=["pages/a/a"], networkTimeout={"request": "1"})  # error
taropy.App(pages=["pages/a/a"], cloud="yes")  # error
taropy.App({"pages": ["pages/a/a"], "debg": True})  # error
taropy.App({"pages": "pages/a/a"})  # error
taropy.App(["pages/a/a"])  # error
settings: AppSettings = {"debug": True}  # error
app = taropy.App(pages=["pages/a/a"])
app.page("pages/a/a", enablePullDownRefrsh=True)  # error
app.page("pages/a/a", enablePullDownRefresh="yes")  # error
app.page("pages/a/a", {"navigationBarTitel": "A"})  # error
app.page("pages/a/a", {"navigationStyle": "costum"})  # error
app.page(enablePullDownRefresh=True)  # error
app.page("pages/a/a")("Page")  # error
app.launch(scene="1037")  # error
app.launch(pth="pages/a/a")  # error
app.launch(referrerInfo={"appid": "1"})  # error


def phones(phone: taropy.Phone, text: str) -> None:
    taropy.Phone(device="iPhone 15 Por")  # error
    taropy.Phone(device=15)  # error
    phone.network.type = "6g"  # error
    phone.network.typ = "none"  # error
    phone.network.behave_as("none")  # error
    phone.network.type == "lte" and phone.network.type.wifi  # error
    phone.system.theme = "drak"  # error
    phone.system.language = "en_US"  # error
    phone.system.orientation = "upright"  # error
    phone.rotate("upright")  # error
    phone.faults.fail("reqest", "timeout")  # error
    phone.faults.fail("request")  # error
    phone.faults.fail("readFile", "no such file")  # error
    phone.faults.fail("FileSystemManager.readfile", "no such file")  # error
    phone.faults.fail("getAuthCode", "system error")  # error
    phone.faults.answer("scancode", result="4711")  # error
    phone.faults.delay("getStorageSync", 1.0)  # error
    phone.faults.delay("request", "1")  # error
    phone.faults.hang("getlocation")  # error
    phone.faults.clear("reqest")  # error
    phone.faults.times("request")  # error
    phone.person.script("modl", confirm=True)  # error
    phone.person.script("modal", confrim=True)  # error
    phone.person.script("modal", confirm="yes")  # error
    phone.person.script("login", confirm=True)  # error
    phone.person.script("preview", cancel=True)  # error
    phone.person.script("action sheet", tapIndex="1")  # error
    phone.person.script()  # error
    device: DeviceName = "iPhone 15"  # error
    kind: NetworkType = "6g"  # error
    function: PhoneFunction = "reqest"  # error
    question: QuestionKind = "modl"  # error
    platform: PlatformName = "wepp"  # error
    taropy.create("wepp")  # error
    taropy.create("WEAPP")  # error
    taropy.create("wechat", phone=phone)  # error
    taropy.create(text)  # error
    taropy.use("wepp")  # error
    taropy.use("pocket")  # error
    print(device, kind, function, question, platform)
