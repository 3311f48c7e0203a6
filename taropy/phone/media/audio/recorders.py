"""How each vendor's recorder differs: what it records, and how it tells that it does not.

Facts: developers.weixin.qq.com, "RecorderManager.start"; github.com/AlipayDocs/open-docs, "RecorderManager.start" and
"RecorderManager.onError"; swan-docs, api/media/recorder_RecorderManager.md and …-start.md; @douyin-microapp/typings
1.3.1, get-recorder-manager.d.ts; taro-rn 4.2.0, src/lib/getRecorderManager/index.ts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum

import attrs

from ...core.answers import Result

#: The bits a second that there may be, by the samples a second: every vendor's page has the same.
BITRATES: Mapping[int, tuple[int, int]] = {
    8000: (16000, 48000),
    11025: (16000, 48000),
    12000: (24000, 64000),
    16000: (24000, 96000),
    22050: (32000, 128000),
    24000: (32000, 128000),
    32000: (48000, 192000),
    44100: (64000, 320000),
    48000: (64000, 320000),
}


class Why(Enum):
    """Why it does not record. The words are WeChat's as developers report them, or ours where none are known."""

    PARAMETER = "parameter error"
    RECORDING = "audio is recording, don't start record again"
    PAUSED = "audio is paused, don't start record again"
    NOT_RECORDING = "recorder not recording"
    NOT_PAUSED = "recorder not paused"
    NOT_STARTED = "recorder not start"
    DENIED = "auth deny"
    SHORT = "recording is too short"
    INTERRUPTED = "recorder is interrupted"
    FULL = "the maximum size of the file storage limit is exceeded"
    SYSTEM = "system error"


Tells = Callable[[Why, str, str], Result]


def _wechat(why: Why, reason: str, system: str) -> Result:
    return {"errMsg": f"operateRecorder:fail {reason or why.value}"}


#: Alipay's numbers on Android, and on iOS where it has others.
ALIPAY: Mapping[Why, tuple[int, str]] = {
    Why.PARAMETER: (3, "参数校验失败"),
    Why.RECORDING: (4, "已有录制在进行"),
    Why.PAUSED: (4, "已有录制在进行"),
    Why.SHORT: (7, "时间不足1s"),
    Why.DENIED: (10, "获取权限失败"),
    Why.INTERRUPTED: (1001, "录制被打断"),
}
ALIPAY_ON_IOS: Mapping[Why, int] = {Why.PARAMETER: 8607, Why.RECORDING: 8607, Why.PAUSED: 8607}


def _alipay(why: Why, reason: str, system: str) -> Result:
    number, words = ALIPAY.get(why, (2, reason or why.value))
    return {"error": ALIPAY_ON_IOS.get(why, number) if system == "ios" else number, "errMsg": words}


#: Baidu's numbers, and the words of its page.
BAIDU: Mapping[Why, tuple[int, str]] = {
    Why.PARAMETER: (202, ""),
    Why.RECORDING: (2003, "start fail: recorder is recording"),
    Why.PAUSED: (2003, "start fail: recorder is paused"),
    Why.NOT_RECORDING: (2003, "pause fail: recorder is not recording"),
    Why.NOT_PAUSED: (2003, "resume fail: recorder is not paused"),
    Why.NOT_STARTED: (2003, "stop fail: recorder is not started"),
    Why.DENIED: (10003, "user deny"),
}


def _baidu(why: Why, reason: str, system: str) -> Result:
    number, words = BAIDU.get(why, (2002, f"start fail: {reason or why.value}"))
    return {"errCode": number, "errMsg": words or reason or why.value}


def _react_native(why: Why, reason: str, system: str) -> Result:
    return {"errMsg": "Permissions denied!" if why is Why.DENIED else reason or why.value}


@attrs.frozen
class Rules:
    """What a vendor's recorder takes, and tells.

    - `formats`: the first is the usual one.
    - `pieces`: in which of them there are pieces.
    - `longest`: milliseconds; `shortest` likewise, for who has it.
    - `ignored`: options that nobody looks at; one that has no limit then is `duration`.
    - `stopped`: what of a recording is told.
    - `in_seconds`: whether its duration is in seconds, and not in milliseconds.
    """

    formats: tuple[str, ...] = ("aac", "mp3", "wav", "PCM")
    rates: tuple[int, ...] = tuple(BITRATES)
    channels: int = 2
    pieces: tuple[str, ...] = ("mp3", "PCM")
    longest: int = 600_000
    shortest: int = 0
    ignored: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ("tempFilePath", "duration", "fileSize")
    in_seconds: bool = False
    tells: Tells = _wechat


WECHAT = Rules()
RULES: Mapping[str, Rules] = {
    "my": Rules(
        ("aac", "mp3"), channels=1, pieces=("mp3",), longest=180_000, shortest=1_000, in_seconds=True, tells=_alipay
    ),
    "swan": Rules(("aac", "PCM"), (8000, 16000, 44100), pieces=(), tells=_baidu),
    "tt": Rules(("aac",), (8000, 16000, 44100), pieces=("aac",), stopped=("tempFilePath",)),
    "rn": Rules(("aac",), pieces=(), ignored=("duration", "format", "frameSize"), tells=_react_native),
}
#: What formats are called otherwise: swan-docs writes it small.
ALSO_CALLED: Mapping[str, str] = {"pcm": "PCM"}
SUFFIXES: Mapping[str, str] = {"PCM": ".pcm", "aac": ".aac", "mp3": ".mp3", "wav": ".wav"}
