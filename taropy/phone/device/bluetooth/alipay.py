"""Bluetooth in Alipay's own form: github.com/AlipayDocs/open-docs, whose table of error numbers is `NUMBERS`."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.alipay import TOLD, succeeded
from ...core.answers import Fail, Options, Ordered, Result
from ...core.options import Buffers
from ...core.variant import Surface, Variant

#: Alipay's numbers and words, by WeChat's numbers.
NUMBERS: Mapping[int, tuple[int, str]] = {
    10000: (10000, "未初始化蓝牙适配器"),
    10001: (10001, "当前蓝牙适配器不可用"),
    10002: (10002, "没有找到指定设备"),
    10003: (10003, "连接失败"),
    10004: (10004, "没有找到指定服务"),
    10005: (10005, "没有找到指定特征值"),
    10006: (10006, "当前连接已断开"),
    10007: (10007, "当前特征值不支持此操作"),
    10008: (10008, "其余所有系统上报的异常"),
    10010: (10010, "没有找到指定描述符"),
    10012: (10015, "操作超时"),
    10013: (10011, "设备 ID 不可用，或为空"),
}
#: By the option that is wrong or missing.
WRONG: Mapping[str, tuple[int, str]] = {
    "parameter.deviceId": (10011, "设备 ID 不可用，或为空"),
    "parameter.serviceId": (10012, "服务 ID 不可用，或为空"),
    "parameter.characteristicId": (10013, "特征 ID 不可用，或为空"),
    "parameter.value": (10014, "发送的数据为空或格式错误"),
}


def told(failure: Result) -> Result:
    """A failure, in Alipay's numbers and words."""
    reason = failure["errMsg"].partition(":fail")[2]
    wrong = next((each for name, each in WRONG.items() if f"{name} " in reason), None)
    found = wrong or NUMBERS.get(failure.get("errCode", 0))
    if isinstance(failure, Ordered) or found is None:
        return TOLD(failure)
    error, words = found
    return {"errMsg": failure["errMsg"], "error": error, "errorMessage": words}


def _needing(options: Options, *names: str) -> Options:
    """The options, if all of these are there and not empty."""
    for name in names:
        if not isinstance(options.get(name), str) or not options[name]:
            raise Fail(f"parameter error: parameter.{name} should be String and not empty")
    return options


def _device(options: Options) -> Options:
    return _needing(options, "deviceId")


def _service(options: Options) -> Options:
    return _needing(options, "deviceId", "serviceId")


def _characteristic(options: Options) -> Options:
    return _needing(options, "deviceId", "serviceId", "characteristicId")


def _written(options: Options) -> Options:
    """The value is hexadecimal text, or bytes."""
    value = _characteristic(options).get("value")
    try:
        given = bytes(value) if isinstance(value, Buffers) else bytes.fromhex(value) if isinstance(value, str) else b""
    except ValueError:
        given = b""
    if not given:
        raise Fail("parameter error: parameter.value should be hexadecimal text")
    return {**options, "value": given}


def _pairing(options: Options) -> Options:
    """The time limit is in seconds."""
    timeout = _device(options).get("timeout")
    return {**options, "timeout": timeout * 1000} if isinstance(timeout, int | float) else options


def _same(name: str) -> Variant:
    return Variant(name, failure=told)


SURFACE = Surface(
    "my",
    {
        **{
            name: _same(name)
            for name in (
                "openBluetoothAdapter",
                "closeBluetoothAdapter",
                "getBluetoothAdapterState",
                "startBluetoothDevicesDiscovery",
                "stopBluetoothDevicesDiscovery",
                "getBluetoothDevices",
                "getConnectedBluetoothDevices",
            )
        },
        "connectBLEDevice": Variant("createBLEConnection", _device, failure=told),
        "disconnectBLEDevice": Variant("closeBLEConnection", _device, failure=told),
        "getBLEDeviceServices": Variant("getBLEDeviceServices", _device, failure=told),
        "getBLEDeviceCharacteristics": Variant("getBLEDeviceCharacteristics", _service, failure=told),
        "getBLEDeviceRSSI": Variant("getBLEDeviceRSSI", _device, failure=told),
        "getBLEMTU": Variant("getBLEMTU", _device, failure=told),
        "setBLEMTU": Variant("setBLEMTU", _device, succeeded, failure=told),
        "readBLECharacteristicValue": Variant("readBLECharacteristicValue", _characteristic, failure=told),
        "writeBLECharacteristicValue": Variant("writeBLECharacteristicValue", _written, failure=told),
        "notifyBLECharacteristicValueChange": Variant(
            "notifyBLECharacteristicValueChange", _characteristic, failure=told
        ),
        "makeBluetoothPair": Variant("makeBluetoothPair", _pairing, succeeded, failure=told),
        "onBLEConnectionStateChanged": Variant("onBLEConnectionStateChange"),
        "offBLEConnectionStateChanged": Variant("offBLEConnectionStateChange"),
    },
    lacks=frozenset(
        {
            "createBLEConnection",
            "closeBLEConnection",
            "onBLEConnectionStateChange",
            "offBLEConnectionStateChange",
            "onBLEMTUChange",
            "offBLEMTUChange",
            "isBluetoothDevicePaired",
            "createBLEPeripheralServer",
            "onBLEPeripheralConnectionStateChanged",
            "offBLEPeripheralConnectionStateChanged",
        }
    ),
)
