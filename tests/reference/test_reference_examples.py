"""Every example on the reference pages runs, on every platform that it names."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from skia_needed import needs_skia

import taropy
from taropy import spec
from tools.reference.examples import Example, read

FOLDER = Path(__file__).parents[2] / "docs" / "examples"
EXAMPLES = read(FOLDER)

# What programs written for Taro call most, the most frequent first.
MOST_USED = """
    getStorageSync request showToast setStorageSync navigateTo removeStorageSync showModal hideLoading redirectTo
    showLoading setStorage getSystemInfoSync login getCurrentPages navigateBack getStorage getEnv cloud uploadFile
    downloadFile ENV_TYPE reLaunch switchTab addInterceptor clearStorage createSelectorQuery useLaunch eventCenter
    getSetting hideNavigationBarLoading interceptors getMenuButtonBoundingClientRect removeStorage checkSession
    getAccountInfoSync getCurrentInstance getFileSystemManager getLocation openSetting canIUse chooseImage chooseVideo
    clearStorageSync getSystemInfo getUpdateManager openDocument pxTransform scanCode setClipboardData
    setNavigationBarTitle showNavigationBarLoading stopPullDownRefresh useDidShow useRouter canvasToTempFilePath
    chooseLocation getBackgroundAudioManager getImageInfo getRealtimeLogManager
"""

# What the phone does not do yet: the examples bring a native object of their own. To be empty one day.
NOT_ON_THE_PHONE: set[str] = set()

#: Those that need what pip does not bring.
MARKS = {"canvasToTempFilePath": needs_skia}


@pytest.fixture
def process() -> Iterator[None]:
    """Leaves the process's Taro as it was found."""
    yield
    taropy.use("weapp").close()
    taropy.use("weapp")


@pytest.mark.parametrize(
    ("example", "platform"),
    [
        pytest.param(example, platform, id=f"{example.name} on {platform}", marks=MARKS.get(example.name, ()))
        for example in EXAMPLES.values()
        for platform in example.platforms
    ],
)
@pytest.mark.usefixtures("process")
def test_the_example_runs(example: Example, platform: str, capsys: pytest.CaptureFixture[str]) -> None:
    program = compile(example.source, str(FOLDER / f"{example.name}.py"), "exec")
    with warnings.catch_warnings():
        assert taropy.use(platform).canIUse(example.name) or example.name in NOT_ON_THE_PHONE
        exec(program, {"__name__": "__main__"})
    assert capsys.readouterr().out


def test_what_programs_use_most_has_an_example() -> None:
    assert not [name for name in MOST_USED.split() if name not in EXAMPLES]


def test_only_what_the_phone_lacks_has_an_example_without_it() -> None:
    with taropy.create("weapp") as taro:
        assert {name for name in MOST_USED.split() if not taro.canIUse(name)} == NOT_ON_THE_PHONE


def test_there_are_examples_for_at_least_sixty_members() -> None:
    assert len(EXAMPLES) >= 60


def test_an_example_uses_the_member_that_it_is_named_after() -> None:
    assert not [name for name, example in EXAMPLES.items() if f"Taro.{name}" not in example.source]


def test_every_example_is_on_its_page() -> None:
    pages = FOLDER.parent / "reference"
    for name, example in EXAMPLES.items():
        page = (pages / f"{spec.group_of(name)}.md").read_text("utf-8")
        assert f"```py\n{example.source.strip()}\n```" in page
