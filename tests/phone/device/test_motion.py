"""The motion sensors: what each tells of how the phone is held and moved, and how often."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from supporting import failure, supporting

import taropy
from taropy.phone import Phone, Pose

#: What a phone that is held so tells on WeChat, in g, and on HarmonyOS, which tells what it feels, in m/s².
HELD = [
    ("on its back", {}, (0, 0, -1)),
    ("upright", {"beta": 90}, (0, -1, 0)),
    ("on its face", {"beta": 180}, (0, 0, 1)),
    ("head first", {"beta": -90}, (0, 1, 0)),
    ("on its right side", {"gamma": 90}, (1, 0, 0)),
    ("on its left side", {"gamma": -90}, (-1, 0, 0)),
]
#: What the platforms call in the same way, and whether there is a start.
SENSORS = {
    "Accelerometer": "startAccelerometer",
    "Gyroscope": "startGyroscope",
    "Compass": "startCompass",
    "DeviceMotion": "startDeviceMotionListening",
}


@pytest.fixture
def weapp() -> Iterator[Any]:
    """WeChat's Taro on an Android phone whose clock the test moves."""
    with taropy.create("weapp", phone=stopped("Pixel 8")) as runtime:
        yield runtime


def stopped(device: str = "iPhone 15 Pro") -> Phone:
    phone = Phone(device=device)
    phone.clock.stop()
    return phone


def heard_of(t: Any, sensor: str, seconds: float = 0.2, **options: Any) -> list[Any]:
    """What a listener of the sensor is told in that time."""
    heard: list[Any] = []
    if t.platform.name != "alipay" or sensor != "DeviceMotion":
        getattr(t, SENSORS[sensor])(**options).result()
    getattr(t, f"on{sensor}Change")(heard.append)
    t.phone.clock.advance(seconds)
    return heard


def xyz(told: Any) -> tuple[float, float, float]:
    return told.x, told.y, told.z


# --- held still ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("angles", "told"), [each[1:] for each in HELD], ids=[each[0] for each in HELD])
def test_an_accelerometer_tells_where_down_is_in_g(weapp: Any, angles: dict[str, float], told: Any) -> None:
    weapp.phone.motion.hold(**angles)
    assert xyz(heard_of(weapp, "Accelerometer")[0]) == pytest.approx(told, abs=1e-6)


@pytest.mark.parametrize(
    ("platform", "device", "told"),
    [
        ("alipay", "Pixel 8", (0, -1, 0)),
        ("swan", "Pixel 8", (0, -1, 0)),
        ("tt", "Pixel 8", (0, -1, 0)),
        ("rn", "iPhone 15 Pro", (0, -1, 0)),
        ("rn", "Pixel 8", (0, 1, 0)),
        ("harmony", "Pixel 8", (0, 9.80665, 0)),
        ("harmony-hybrid", "Pixel 8", (0, 9.80665, 0)),
        ("h5", "Pixel 8", (0, 0, 0)),
    ],
)
def test_platforms_have_their_own_units_and_signs(platform: str, device: str, told: Any) -> None:
    with taropy.create(platform, phone=stopped(device)) as t:
        t.phone.motion.hold(beta=90)
        assert xyz(heard_of(t, "Accelerometer")[0]) == pytest.approx(told, abs=1e-6)


@pytest.mark.parametrize(
    ("angles", "direction"),
    [
        ({}, 0),
        ({"alpha": 270}, 90),
        ({"alpha": 90}, 270),
        ({"alpha": 180}, 180),
        ({"alpha": 315, "beta": 60}, 45),
        ({"alpha": 315, "beta": 90}, 45),
    ],
)
def test_a_compass_tells_where_the_top_points_and_of_an_upright_phone_the_back(
    weapp: Any, angles: dict[str, float], direction: float
) -> None:
    weapp.phone.motion.hold(**angles)
    told = heard_of(weapp, "Compass")[0]
    assert (told.direction, told.accuracy) == (pytest.approx(direction), "high")


@pytest.mark.parametrize(
    ("platform", "device", "told"),
    [
        ("weapp", "iPhone 15 Pro", {"direction": 90, "accuracy": 90}),
        ("swan", "Pixel 8", {"direction": 90, "accuracy": "high"}),
        ("tt", "Pixel 8", {"direction": 270}),
        ("h5", "Pixel 8", {"direction": 90, "accuracy": "high"}),
        ("h5", "iPhone 15 Pro", {"direction": 90, "accuracy": 270}),
        ("harmony-hybrid", "iPhone 15 Pro", {"direction": 90, "accuracy": "high"}),
    ],
)
def test_platforms_tell_of_the_east_in_their_own_way(platform: str, device: str, told: dict[str, Any]) -> None:
    with taropy.create(platform, phone=stopped(device)) as t:
        t.phone.motion.hold(alpha=270)
        heard = heard_of(t, "Compass")[0]
        assert {name: heard[name] for name in ("direction", "accuracy") if name in heard} == told


@pytest.mark.parametrize(
    ("angles", "told"),
    [
        ({"alpha": 30, "beta": 40, "gamma": -50}, (30, -40, -50)),
        ({"alpha": -30, "beta": 40}, (330, -40, 0)),
        ({"alpha": 360}, (0, 0, 0)),
        ({"beta": 180}, (0, -180, 0)),
        ({"alpha": 20, "beta": 90}, (20, -90, 0)),
        ({"beta": 120, "gamma": 30}, (0, -120, 30)),
    ],
)
def test_the_orientation_is_told_in_radians_within_the_limits_of_the_page(
    weapp: Any, angles: dict[str, float], told: tuple[float, ...]
) -> None:
    weapp.phone.motion.hold(**angles)
    heard = heard_of(weapp, "DeviceMotion")[0]
    assert (heard.alpha, heard.beta, heard.gamma) == pytest.approx([math.radians(each) for each in told], abs=1e-5)


@pytest.mark.parametrize(("platform", "factor"), [("h5", 1), ("harmony-hybrid", 1), ("rn", math.pi / 180)])
def test_a_page_and_react_native_tell_a_browsers_angles(platform: str, factor: float) -> None:
    with taropy.create(platform, phone=stopped()) as t:
        t.phone.motion.hold(30, 40, -50)
        heard = heard_of(t, "DeviceMotion")[0]
        assert (heard.alpha, heard.beta, heard.gamma) == pytest.approx([30 * factor, 40 * factor, -50 * factor], 1e-4)


def test_a_phone_that_is_held_still_does_not_turn(weapp: Any) -> None:
    weapp.phone.motion.hold(10, 20, 30)
    assert xyz(heard_of(weapp, "Gyroscope")[0]) == (0, 0, 0)


@pytest.mark.parametrize("angle", [math.nan, math.inf, "upright"])
def test_an_angle_is_a_number(angle: Any) -> None:
    with pytest.raises(ValueError, match="beta"):
        Phone().motion.hold(beta=angle)
    with pytest.raises(ValueError, match="acceleration"):
        Pose(acceleration=(0, angle, 0))
    with pytest.raises(ValueError, match="three"):
        Pose(acceleration=(1, 2))  # type: ignore[arg-type]


# --- moved ---------------------------------------------------------------------------------------------------------


def test_all_sensors_tell_of_one_motion(weapp: Any) -> None:
    """It is raised by 90 degrees within a second."""
    phone, heard = weapp.phone, {}
    for sensor, start in SENSORS.items():
        heard[sensor] = []
        getattr(weapp, f"on{sensor}Change")(heard[sensor].append)
        getattr(weapp, start)(interval="normal").result()
    phone.motion.follow([(0, Pose()), (1, Pose(beta=90))])
    phone.clock.advance(0.8)
    turning = [told.x for told in heard["Gyroscope"]]
    assert turning == pytest.approx([math.pi / 2] * 4, abs=1e-5)
    for told, force in zip(heard["DeviceMotion"], heard["Accelerometer"], strict=True):
        assert (force.y, force.z) == pytest.approx((math.sin(told.beta), -math.cos(told.beta)), abs=1e-5)
    assert [told.direction for told in heard["Compass"]] == [0, 0, 0, 0]
    phone.clock.advance(0.4)
    assert [told.x for told in heard["Gyroscope"][4:]] == [0, 0]
    assert phone.motion.pose.beta == 90


def test_a_turn_takes_the_shorter_way_and_the_pace_that_it_is_given(weapp: Any) -> None:
    weapp.phone.motion.follow([(0, Pose(alpha=350)), (1, Pose(alpha=10))], speed=0.5)
    told = heard_of(weapp, "Gyroscope", 1.0)[-1]
    assert told.z == pytest.approx(math.radians(10), abs=1e-5)
    assert weapp.phone.motion.pose.alpha == pytest.approx(0)


def test_a_program_feels_that_it_is_shaken(weapp: Any) -> None:
    shakes = []

    def on_change(told: Any) -> None:
        if math.hypot(told.x, told.y, told.z) > 2:
            shakes.append(told)

    weapp.onAccelerometerChange(on_change)
    weapp.startAccelerometer(interval="game").result()
    weapp.phone.clock.advance(1)
    assert shakes == []
    weapp.phone.motion.shake()
    weapp.phone.clock.advance(1)
    assert {told.x > 0 for told in shakes} == {True, False}
    shakes.clear()
    weapp.phone.clock.advance(1)
    assert shakes == []


def test_a_page_is_told_of_what_accelerates_it_alone() -> None:
    with taropy.create("h5", phone=stopped()) as t:
        t.phone.motion.follow([(0, Pose(acceleration=(1, 2, 3))), (10, Pose(acceleration=(1, 2, 3)))])
        assert xyz(heard_of(t, "Accelerometer")[-1]) == (1, 2, 3)


def test_a_recorded_track_is_a_csv_file(weapp: Any, tmp_path: Path) -> None:
    track = tmp_path / "raised.csv"
    track.write_text("time,note,alpha,beta,x\n10,start,0,0,0\n11,,90,0,\n12,end,90,90,4\n")
    weapp.phone.motion.follow(track)
    heard = heard_of(weapp, "Compass", 1.0)
    assert heard[-1].direction == pytest.approx(270)
    weapp.phone.clock.advance(0.5)
    assert weapp.phone.motion.pose == Pose(90, 45, 0, (2, 0, 0))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("seconds,alpha\n1,2\n", "no column 'time'"),
        ("time,alpha\n", "no poses"),
        ("time,alpha\n1,north\n", "line 2"),
        ("time,alpha\n1,1\n,1\n", "line 3: it has no time"),
        ("time,alpha\nnan,1\n", "seconds is a number"),
        ("time,alpha\n1,inf\n", "alpha is a number"),
        ("", "no column"),
        ("time,Beta\n0,60\n", "beside 'time' it has none of the columns alpha, beta, gamma, x, y, z"),
    ],
)
def test_what_is_no_track_is_refused_with_its_name_and_its_line(tmp_path: Path, text: str, why: str) -> None:
    track = tmp_path / "track.csv"
    track.write_text(text)
    with pytest.raises(ValueError, match=why) as caught:
        Phone().motion.follow(track)
    assert "track.csv" in str(caught.value)


def test_a_track_has_poses_and_a_pace() -> None:
    with pytest.raises(ValueError, match="at least one pose"):
        Phone().motion.follow([])
    with pytest.raises(TypeError, match=r"as \(2, Pose\(alpha=-90\)\), and not 90"):
        Phone().motion.follow([(0, Pose()), (1, 90)])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="above 0"):
        Phone().motion.follow([(0, Pose())], speed=0)
    with pytest.raises(ValueError, match="a phone is shaken is a number above 0, not 0"):
        Phone().motion.shake(0)


# --- how often -----------------------------------------------------------------------------------------------------


@supporting("startAccelerometer", "onAccelerometerChange", without=("tt",))
@pytest.mark.parametrize(("interval", "count"), [("game", 50), ("ui", 16), ("normal", 5), (None, 5)])
def test_readings_come_at_the_interval_by_the_phones_clock(t: Any, interval: str | None, count: int) -> None:
    t.phone.clock.stop()
    heard = heard_of(t, "Accelerometer", 1.0, **({} if interval is None else {"interval": interval}))
    # taro-h5's throttle lets the first through at once.
    assert len(heard) == count + (t.platform.name == "h5")
    before = len(heard)
    t.stopAccelerometer().result()
    t.phone.clock.advance(1)
    assert len(heard) == before


@pytest.mark.parametrize(("interval", "count"), [(None, 20), (10, 20), (100, 10)])
def test_douyins_gyroscope_takes_milliseconds(interval: float | None, count: int) -> None:
    phone = stopped()
    native, heard = phone.native("tt"), []

    async def main() -> None:
        native.onGyroscopeChange(heard.append)
        native.startGyroscope({} if interval is None else {"interval": interval})
        await phone.clock.advance(1)

    taropy.run(main)
    assert len(heard) == count
    assert heard[0].keys() == {"x", "y", "z", "roll", "pitch", "yaw", "result"}


def test_and_no_words() -> None:
    with taropy.create("tt") as t:
        error = t.startGyroscope(interval="game").catch(lambda error: error).result()
        assert (error.errMsg, error["errNo"]) == ("startGyroscope:fail invalid param", 20000)


@pytest.mark.parametrize(
    ("platform", "sensor", "seconds"),
    [
        ("weapp", "Accelerometer", 0.2),
        ("weapp", "Compass", 0.2),
        ("weapp", "Gyroscope", None),
        ("weapp", "DeviceMotion", None),
        ("alipay", "Accelerometer", 0.5),
        ("alipay", "Gyroscope", 0.5),
        ("alipay", "Compass", 0.5),
        ("alipay", "DeviceMotion", 0.2),
        ("swan", "Gyroscope", 0.2),
        ("tt", "Compass", 0.2),
        ("tt", "Gyroscope", None),
        ("h5", "Accelerometer", None),
        ("rn", "Accelerometer", None),
        ("harmony", "Accelerometer", None),
        ("harmony-hybrid", "Compass", 0.2),
    ],
)
def test_on_some_platforms_a_listener_turns_the_sensor_on(platform: str, sensor: str, seconds: float | None) -> None:
    with taropy.create(platform, phone=stopped()) as t:
        heard: list[Any] = []
        getattr(t, f"on{sensor}Change")(heard.append)
        t.phone.clock.advance(2)
        assert len(heard) == (0 if seconds is None else round(2 / seconds))


def test_a_pages_compass_tells_every_five_seconds() -> None:
    with taropy.create("h5", phone=stopped()) as t:
        assert len(heard_of(t, "Compass", 11)) == 3


def test_on_alipay_the_last_listener_turns_the_sensor_off() -> None:
    with taropy.create("alipay", phone=stopped()) as t:
        heard: list[Any] = []
        t.onCompassChange(heard.append)
        t.phone.clock.advance(1)
        assert heard[0].timestamp == round((t.phone.clock.now() - 0.5) * 1000)
        t.offCompassChange()
        t.onCompassChange(heard.append)
        t.phone.clock.advance(0.4)
        assert len(heard) == 2


def test_a_start_while_it_runs_changes_the_interval(weapp: Any) -> None:
    heard = heard_of(weapp, "Accelerometer", 1.0)
    weapp.startAccelerometer(interval="game").result()
    weapp.phone.clock.advance(1.0)
    assert len(heard) == 5 + 50


def test_react_native_starts_once_and_does_not_stop_what_was_not_started() -> None:
    with taropy.create("rn") as t:
        t.startAccelerometer().result()
        assert failure(t.startAccelerometer()) == "startAccelerometer:fail"
        t.stopAccelerometer().result()
        t.startAccelerometer().result()
        assert failure(t.stopDeviceMotionListening()) == "stopDeviceMotionListening:fail"


def test_on_douyin_it_is_running_once_somebody_listens() -> None:
    with taropy.create("tt") as t:
        t.onAccelerometerChange(print)
        error = t.startAccelerometer().catch(lambda error: error).result()
        assert (error.errMsg, error["errorCode"]) == (
            "startAccelerometer:fail The accelerometer is running",
            102703,
        )


@pytest.mark.parametrize(
    ("platform", "told"),
    [
        ("weapp", "startCompass:fail:null sensor"),
        ("tt", "startCompass:fail sensor disable"),
        ("h5", "startCompass:fail compass is not supported"),
    ],
)
def test_a_phone_may_lack_a_sensor(platform: str, told: str) -> None:
    with taropy.create(platform) as t:
        t.phone.motion.missing = {"compass"}
        assert failure(t.startCompass()) == told
        t.onCompassChange(print)
        t.startAccelerometer().result()


def test_but_none_that_there_is_not() -> None:
    with taropy.create("weapp") as t, pytest.raises(ValueError, match="barometer"):
        t.phone.motion.missing = {"barometer"}


def test_an_interval_is_one_of_three_words(weapp: Any) -> None:
    assert "parameter.interval" in failure(weapp.startAccelerometer(interval="fast"))


# --- who hears of it -----------------------------------------------------------------------------------------------


def test_an_app_that_is_hidden_hears_of_nothing(weapp: Any) -> None:
    heard = heard_of(weapp, "Accelerometer", 1.0)
    weapp.phone.lifecycle.background()
    weapp.phone.clock.advance(1)
    assert len(heard) == 5
    weapp.phone.lifecycle.foreground()
    weapp.phone.clock.advance(1)
    assert len(heard) == 10


@supporting("offAccelerometerChange", "onAccelerometerChange", "startAccelerometer")
def test_who_was_taken_off_hears_of_nothing_more(t: Any) -> None:
    t.phone.clock.stop()
    heard, others = [], []
    t.onAccelerometerChange(others.append)
    t.onAccelerometerChange(heard.append)
    if t.platform.name != "tt":
        t.startAccelerometer().result()
    t.phone.clock.advance(0.5)
    t.offAccelerometerChange(heard.append)
    before = len(heard)
    t.phone.clock.advance(1)
    assert (len(heard), len(others) > before > 0) == (before, True)


def test_two_apps_of_a_phone_have_their_own_readings() -> None:
    phone = stopped()
    with taropy.create("weapp", phone=phone) as one, taropy.create("qq", phone=phone) as other:
        of_one = heard_of(one, "Accelerometer", 0.2, interval="game")
        of_other = heard_of(other, "Accelerometer", 0.2)
        other.stopAccelerometer().result()
        phone.clock.advance(0.2)
        assert (len(of_one), len(of_other)) == (30, 1)


def test_readings_end_with_the_program() -> None:
    phone = stopped()
    with taropy.create("weapp", phone=phone) as t:
        heard = heard_of(t, "Accelerometer", 0.4)
    phone.clock.advance(1)
    assert len(heard) == 2
    assert phone.clock.next_limit is None


def test_nobody_waits_for_readings(weapp: Any) -> None:
    weapp.startAccelerometer(interval="game").result()
    assert weapp.phone.clock.timers == ()
    weapp.phone.clock.run_all()


def test_a_listener_that_throws_does_not_stop_them(weapp: Any) -> None:
    def throw(told: Any) -> None:
        raise KeyError("x")

    async def main() -> None:
        heard: list[Any] = []
        weapp.onAccelerometerChange(throw)
        weapp.onAccelerometerChange(heard.append)
        await weapp.phone.clock.advance(0.4)
        assert len(heard) == 2

    with pytest.warns(taropy.UnhandledErrorWarning):
        taropy.run(main)


def test_readings_come_in_real_time_as_well() -> None:
    async def main() -> None:
        with taropy.create("weapp") as t:
            first: taropy.Promise[Any] = taropy.Promise(lambda resolve, reject: t.onAccelerometerChange(resolve))
            await t.startAccelerometer(interval="game")
            assert (await first).z == -1

    taropy.run(main)


def test_a_snapshot_has_how_the_phone_is_held_and_moved(weapp: Any) -> None:
    motion = weapp.phone.motion
    motion.follow([(0, Pose()), (10, Pose(beta=90))])
    weapp.phone.clock.advance(5)
    taken = weapp.phone.snapshot()
    motion.hold(beta=-90)
    motion.missing = {"compass"}
    weapp.phone.restore(taken)
    assert (motion.pose, motion.missing) == (Pose(beta=45), frozenset())
    weapp.phone.clock.advance(5)
    assert motion.pose == Pose(beta=90)


def test_faults_meet_sensors_as_everything(weapp: Any) -> None:
    weapp.phone.faults.fail("startGyroscope", "null sensor")
    assert failure(weapp.startGyroscope()) == "startGyroscope:fail null sensor"


def test_it_shows_how_it_is_held(weapp: Any) -> None:
    weapp.phone.motion.hold(beta=90)
    weapp.phone.motion.missing = {"compass"}
    assert repr(weapp.phone.motion) == "<MotionSensors alpha 0° beta 90° gamma 0°, without compass>"
