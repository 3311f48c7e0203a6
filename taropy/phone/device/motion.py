"""The motion sensors: accelerometer, gyroscope, compass, and the device's orientation, all of one motion.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/accelerometer, …/gyroscope, …/compass, …/motion; pages of
other vendors are named where they differ. What the sensors tell is in `readings`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from os import PathLike
from typing import TYPE_CHECKING

import attrs

from ...hints import check_word
from ..core.answers import Fail, NativeFunction, Options
from ..core.app import App
from ..core.checked import number
from ..core.functions import answered, plain
from ..core.listening import Listener
from ..core.options import UNDEFINED, function, js_type, word
from ..core.room import Room
from ..core.vendors import of_vendor
from .poses import DIGITS, Motion, Pose, Track, held, made, read, shaken
from .readings import SENSORS, reading

if TYPE_CHECKING:
    from ..core.alarms import Alarm
    from ..core.faces import Phone

INTERVALS: Mapping[str, float] = {"game": 0.02, "ui": 0.06, "normal": 0.2}
#: What takes no interval: WeChat's compass; of Douyin also the accelerometer (its pages; they know no "orientation").
#: taro-h5 4.2.1 lets one reading of the compass through in five seconds.
FIXED: Mapping[str, Mapping[str, float]] = {
    "my": {},
    "tt": {"accelerometer": 0.2, "compass": 0.2},
    "h5": {"compass": 5.0},
}
USUALLY_FIXED: Mapping[str, float] = {"compass": 0.2}
#: Which a listener turns on, and how often it is told then. Alipay's pages say 500 ms, and 200 of the orientation, for
#: which it has no start; nor has Baidu, JD or QQ one for the gyroscope. Taro's own code turns nothing on.
LISTENER_STARTS: Mapping[str, Mapping[str, float]] = {
    "my": {"accelerometer": 0.5, "gyroscope": 0.5, "compass": 0.5, "orientation": 0.2},
    **{name: {"accelerometer": 0.2, "compass": 0.2, "gyroscope": 0.2} for name in ("swan", "qq", "jd")},
    **{name: {} for name in ("h5", "rn", "harmony")},
    "harmony-hybrid": {"compass": 0.2},
}
USUALLY_STARTED: Mapping[str, float] = {"accelerometer": 0.2, "compass": 0.2}
#: Where the last listener that leaves turns it off: Alipay's pages of `my.off…`.
LISTENER_STOPS: Mapping[str, bool] = {"my": True}
#: Where a second start fails, and with which words: taro-rn 4.2.0; Douyin's page of `tt.startAccelerometer`.
STARTS_ONCE: Mapping[str, Mapping[str, str]] = {
    "rn": dict.fromkeys(SENSORS, ""),
    "tt": {"accelerometer": "The accelerometer is running"},
}
#: Where the orientation can't be stopped before it was started: taro-rn 4.2.0, `deviceMotion.ts`.
STOPS_ONLY_WHAT_RUNS: Mapping[str, tuple[str, ...]] = {"rn": ("orientation",)}
#: taro-h5's throttle lets the first of a browser's events through.
FIRST_AT_ONCE: Mapping[str, bool] = {"h5": True}
#: What a phone says that lacks the sensor. WeChat's words are those of a phone without a gyroscope in its community.
LACKING: Mapping[str, Mapping[str, str]] = {
    "tt": dict.fromkeys(SENSORS, "sensor disable"),
    "h5": {
        "accelerometer": "accelerometer is not supported",
        "compass": "compass is not supported",
        "orientation": "deviceMotion is not supported",
    },
}
USUALLY_LACKING = ":null sensor"
#: Douyin's gyroscope takes milliseconds: 50 of them, and not less.
IN_MILLISECONDS: Mapping[str, str] = {"tt": "gyroscope"}
SHORTEST = 50

CATCH_UP = 1.0


@attrs.define(eq=False)
class _Readings:
    """What a sensor tells an app every `interval` seconds, until it is stopped; the next when `alarm` rings."""

    app: App
    sensor: str
    interval: float
    loop: asyncio.AbstractEventLoop
    alarm: Alarm | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.app.key, self.sensor

    def cancel(self) -> None:
        if self.alarm is not None:
            self.alarm.cancel()


def _listening(sensor: str, tells: str) -> NativeFunction:
    @plain
    def listen(self: MotionSensors, app: App, callback: object = UNDEFINED) -> None:
        self.audience(app).on(sensor, function(callback), app)
        self.start_for_listeners(app, sensor)

    listen.__doc__ = tells
    return listen


def _leaving(sensor: str) -> NativeFunction:
    @plain
    def leave(self: MotionSensors, app: App, callback: Listener | None = None) -> None:
        """Takes the listener off; without one, all. On Alipay the sensor is off with the last."""
        self.audience(app).off(sensor, callback)
        self.stop_without_listeners(app, sensor)

    return leave


class MotionSensors(Room, name="motion"):
    """How the phone is held and moved; it lies on its back with its top to the north, until told otherwise.

    - `pose`: how it is held now. `motion`: that, how it is accelerated, and how fast it turns; by the phone's clock.
    - `missing`: which sensors it has not: `"accelerometer"`, `"gyroscope"`, `"compass"`, `"orientation"`.
    """

    STATE = ("_track", "_began", "_pace", "_missing")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._track = held(Pose())
        self._began = phone.clock.now()
        self._pace = 1.0
        self._missing: frozenset[str] = frozenset()
        self._readings: dict[tuple[str, str], _Readings] = {}

    def in_words(self) -> Iterator[str]:
        """The angles at which it is held."""
        pose = self.pose
        yield f"alpha {pose.alpha:g}° beta {pose.beta:g}° gamma {pose.gamma:g}°"
        yield from [f"without {', '.join(sorted(self.missing))}"] if self.missing else []

    # --- what the person does ----------------------------------------------------------------------------------

    @property
    def motion(self) -> Motion:
        """How the phone moves at this moment."""
        return self._at(self.phone.clock.now())

    @property
    def pose(self) -> Pose:
        """How the phone is held at this moment."""
        motion = self.motion
        return Pose(*motion.angles, [round(each, DIGITS) for each in motion.acceleration])

    @property
    def missing(self) -> frozenset[str]:
        """The sensors that the phone has not."""
        return self._missing

    @missing.setter
    def missing(self, sensors: Iterable[str]) -> None:
        missing = frozenset(sensors)
        for each in missing:
            check_word(each, SENSORS, "the phone knows no sensor {!r}")
        self._missing = missing

    def hold(self, alpha: float = 0.0, beta: float = 0.0, gamma: float = 0.0) -> None:
        """Holds the phone still, at angles in degrees as `Pose` has them: `hold(beta=90)` stands it upright."""
        self._carry(held(Pose(alpha, beta, gamma)), 1.0)

    def follow(self, track: str | PathLike[str] | Iterable[tuple[float, Pose]], speed: float = 1.0) -> None:
        """Moves the phone along a recorded track, from now, by the phone's clock, `speed` times as fast.

        A track is a CSV file with the columns `time` in seconds, `alpha`, `beta`, `gamma`, and `x`, `y`, `z` for its
        acceleration; or pairs of seconds and `Pose`s. After the last pose it is held still.
        """
        if not speed > 0:
            raise ValueError(f"a track is followed at a speed above 0, not {speed!r}")
        self._carry(read(track) if isinstance(track, str | PathLike) else made(track), speed)

    def shake(self, seconds: float = 1.0, strength: float = 25.0, times: float = 4.0) -> None:
        """Shakes the phone along its short side from now on, `times` a second, with up to `strength` m/s²."""
        number(above=0).check("for how many seconds a phone is shaken", seconds)
        number(0).check("how strongly it is shaken, in m/s²,", strength)
        number(above=0).check("how often a second", times)
        self._carry(shaken(attrs.evolve(self.pose, acceleration=(0.0, 0.0, 0.0)), seconds, strength, times), 1.0)

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    def startAccelerometer(self, app: App, options: Options) -> None:
        """Turns the accelerometer on. `interval`: `game` (20 ms), `ui` (60 ms) or `normal` (200 ms), the default.

        Readings come by the phone's clock, while the app is to be seen. A start while it runs changes the interval; no
        document says what WeChat does. `startAccelerometer:fail:null sensor` where there is none.
        """
        self._start(app, options, "accelerometer")

    @answered
    def stopAccelerometer(self, app: App, options: Options) -> None:
        """Turns it off; who listens stays."""
        self._stop(app, "accelerometer")

    @answered
    def startGyroscope(self, app: App, options: Options) -> None:
        """Turns the gyroscope on, as `startAccelerometer`. Douyin takes milliseconds: 50 by default, and at least."""
        self._start(app, options, "gyroscope")

    @answered
    def stopGyroscope(self, app: App, options: Options) -> None:
        """Turns it off; who listens stays."""
        self._stop(app, "gyroscope")

    @answered
    def startCompass(self, app: App, options: Options) -> None:
        """Turns the compass on, which tells five times a second; on h5 every five seconds, on Alipay by `interval`."""
        self._start(app, options, "compass")

    @answered
    def stopCompass(self, app: App, options: Options) -> None:
        """Turns it off; who listens stays."""
        self._stop(app, "compass")

    @answered
    def startDeviceMotionListening(self, app: App, options: Options) -> None:
        """Begins to tell how the phone is turned, at the `interval` that `startAccelerometer` has."""
        self._start(app, options, "orientation")

    @answered
    def stopDeviceMotionListening(self, app: App, options: Options) -> None:
        """Ends that; who listens stays. React Native fails where it was not begun."""
        self._stop(app, "orientation")

    onAccelerometerChange = _listening(
        "accelerometer",
        "Tells `x`, `y`, `z`: gravity and what accelerates the phone, in g. On h5 what accelerates it alone, on"
        " HarmonyOS both as what the phone feels, in m/s². On mini-program platforms it turns the sensor on.",
    )
    offAccelerometerChange = _leaving("accelerometer")
    onGyroscopeChange = _listening(
        "gyroscope", "Tells `x`, `y`, `z`: how fast the phone turns around each, in radians/s."
    )
    offGyroscopeChange = _leaving("gyroscope")
    onCompassChange = _listening(
        "compass",
        "Tells `direction`, in degrees clockwise from north (Douyin: from south), and `accuracy`: on Android a word, on"
        " iOS the same degrees. On mini-program platforms it turns the sensor on.",
    )
    offCompassChange = _leaving("compass")
    onDeviceMotionChange = _listening(
        "orientation",
        "Tells `alpha`, `beta`, `gamma` in radians, on h5 in degrees. `beta` grows as the top goes down; on iOS, on h5"
        " and on React Native as it goes up, which WeChat's page allows, and does not say of whom.",
    )
    offDeviceMotionChange = _leaving("orientation")

    # --- its own -----------------------------------------------------------------------------------------------

    def end(self, app: App) -> None:
        """Ends the readings that the program has asked for."""
        for readings in tuple(self._readings.values()):
            if readings.app is app:
                self._end(readings.key)

    def close(self) -> None:
        """Ends all readings."""
        for key in tuple(self._readings):
            self._end(key)

    def _carry(self, track: Track, pace: float) -> None:
        self._track, self._began, self._pace = track, self.phone.clock.now(), pace

    def _at(self, moment: float) -> Motion:
        motion = self._track.at((moment - self._began) * self._pace)
        return motion.at_pace(self._pace)

    def _start(self, app: App, options: Options, sensor: str) -> None:
        interval = _interval(app, options, sensor)
        once = of_vendor(STARTS_ONCE, app, {})
        if sensor in once and self._runs(app, sensor):
            raise Fail(once[sensor])
        if sensor in self.missing:
            raise Fail(of_vendor(LACKING, app, {}).get(sensor, USUALLY_LACKING))
        self._begin(app, sensor, interval)

    def _stop(self, app: App, sensor: str) -> None:
        if not self._end((app.key, sensor)) and sensor in of_vendor(STOPS_ONLY_WHAT_RUNS, app, ()):
            raise Fail

    def start_for_listeners(self, app: App, sensor: str) -> None:
        """Turns the sensor on for one who listens, where that does."""
        interval = of_vendor(LISTENER_STARTS, app, USUALLY_STARTED).get(sensor)
        if interval is not None and not self._runs(app, sensor) and sensor not in self.missing:
            self._begin(app, sensor, interval)

    def stop_without_listeners(self, app: App, sensor: str) -> None:
        """Turns it off where nobody listens any more, and that does."""
        if of_vendor(LISTENER_STOPS, app, False) and sensor not in self.audience(app):
            self._end((app.key, sensor))

    def _runs(self, app: App, sensor: str) -> bool:
        readings = self._readings.get((app.key, sensor))
        return readings is not None and not readings.loop.is_closed()

    def _begin(self, app: App, sensor: str, interval: float) -> None:
        readings = _Readings(app, sensor, interval, asyncio.get_running_loop())
        self._end(readings.key)
        self._readings[readings.key] = readings
        first = 0.0 if of_vendor(FIRST_AT_ONCE, app, False) else interval
        self._await(readings, self.phone.clock.now() + first)

    def _end(self, key: tuple[str, str]) -> bool:
        """Ends these readings; whether there were any."""
        readings = self._readings.pop(key, None)
        if readings is not None:
            readings.cancel()
        return readings is not None

    def _await(self, readings: _Readings, moment: float) -> None:
        # A limit, since nobody waits for readings: neither `clock.timers` nor `run_all` are to go on for their sake.
        call = partial(self._tell, readings)
        readings.alarm = self.phone.clock.call_at(moment, call, readings.loop, limits=True)

    def _tell(self, readings: _Readings) -> None:
        app, sensor, alarm = readings.app, readings.sensor, readings.alarm
        assert alarm is not None
        moment, system = alarm.moment, self.phone.system.device.platform
        if self.phone.pages.of(app).visible:
            self.audience(app).tell_each(sensor, lambda: reading(sensor, app, system, self._at(moment), moment))
        if self._readings.get(readings.key) is readings:
            # A computer that was busy is not worth a reading for each moment that has passed.
            self._await(readings, max(moment + readings.interval, self.phone.clock.now() - CATCH_UP))


def _interval(app: App, options: Options, sensor: str) -> float:
    fixed = of_vendor(FIXED, app, USUALLY_FIXED).get(sensor)
    if fixed is not None:
        return fixed
    if of_vendor(IN_MILLISECONDS, app, "") == sensor:
        given = options.get("interval", SHORTEST)
        if js_type(given) != "Number":
            raise Fail("invalid param", errNo=20000)
        return float(max(given, SHORTEST)) / 1000
    return INTERVALS[word(options, "interval", INTERVALS, "normal")]
