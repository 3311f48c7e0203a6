"""What is run a second time, as a notebook's cell is: pages, apps, and the process's runtime."""

from __future__ import annotations

import asyncio
import importlib

import pytest

import taropy
from taropy import Taro

HOME, LIST = "pages/home/index", "pages/list/index"

APP = f"""
import taropy
app = taropy.App(pages=[{HOME!r}, {LIST!r}])
"""

PAGE = """
@app.page({route!r}, navigationBarTitleText={title!r})
class {name}:
    title = {title!r}
"""


def cell(title, route=HOME, name="Home"):
    return PAGE.format(route=route, title=title, name=name)


@pytest.fixture
def cells():
    """Runs code as cells of one notebook."""
    names = {"__name__": "__main__"}

    def run(code):
        exec(code, names)
        return names

    run(APP)
    return run


@pytest.fixture
def on_phone():
    with taropy.create("weapp") as t:
        yield t


def shown(t):
    return t.getCurrentPages()[-1].title, t.phone.navigation_bars.of(t.phone.pages.front).title


@pytest.mark.parametrize("name", ["Home", "Another"])
def test_a_cell_that_is_run_again_declares_its_page_anew(cells, on_phone, name):
    cells(cell("Teas"))
    app = cells(cell("Coffees", name=name))["app"]
    cells(cell("List", LIST, "List"))
    app.launch(on_phone).result()
    assert shown(on_phone) == ("Coffees", "Coffees")


def test_an_open_page_stays_and_those_opened_afterwards_are_the_new_one(cells, on_phone):
    cells(cell("Teas"))
    app = cells(cell("List", LIST, "List"))["app"]
    app.launch(on_phone).result()
    cells(cell("Coffees"))
    assert shown(on_phone) == ("Teas", "Teas")
    on_phone.navigateTo(url=f"/{LIST}").result()
    on_phone.navigateBack().result()
    assert shown(on_phone) == ("Teas", "Teas")
    on_phone.reLaunch(url=f"/{HOME}").result()
    assert shown(on_phone) == ("Coffees", "Coffees")


def test_two_declarations_in_one_cell_are_a_mistake(cells):
    with pytest.raises(taropy.ConfigError, match="declared twice"):
        cells(cell("Teas") + cell("Coffees"))


def test_a_page_that_cannot_be_declared_anew_stays_the_old_one(cells, on_phone):
    cells(cell("Teas"))
    app = cells(cell("List", LIST, "List"))["app"]
    with pytest.raises(taropy.ConfigError, match="there is no enablePullDownRefesh"):
        cells(f"@app.page({HOME!r}, enablePullDownRefesh=True)\nclass Home: ...")
    app.launch(on_phone).result()
    assert shown(on_phone)[0] == "Teas"


def test_another_module_may_not_declare_the_page_again(cells):
    app = cells(cell("Teas"))["app"]
    with pytest.raises(taropy.ConfigError, match="declared twice"):
        exec(cell("Coffees"), {"app": app, "__name__": "other"})


def test_a_module_that_is_reloaded_declares_its_pages_anew(tmp_path, monkeypatch, on_phone):
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "tea_app.py").write_text(f"import taropy\napp = taropy.App(pages=[{HOME!r}])\n")
    (tmp_path / "tea_pages.py").write_text("from tea_app import app\n" + cell("Teas"))
    pages = importlib.import_module("tea_pages")
    (tmp_path / "tea_pages.py").write_text("from tea_app import app\n" + cell("Coffees and teas"))
    importlib.reload(pages).app.launch(on_phone).result()
    assert shown(on_phone)[0] == "Coffees and teas"


def test_the_apps_own_code_is_declared_anew(cells, on_phone):
    cells(cell("Teas"))
    cells(cell("List", LIST, "List"))
    for price in (1, 2):
        app = cells(f"@app.entry\nclass Shop:\n    price = {price}\n")["app"]
    app.launch(on_phone).result()
    assert on_phone.getApp().price == 2


def test_the_app_is_made_and_launched_again(cells, on_phone):
    for title in ("Teas", "Coffees"):
        cells(APP)
        cells(cell(title))
        cells(cell("List", LIST, "List"))["app"].launch(on_phone).result()
        assert shown(on_phone)[0] == title
    assert on_phone.phone.pages.routes == [HOME]


def test_the_process_is_put_on_its_platform_again():
    for _ in range(2):
        taropy.use("weapp")
        Taro.setStorageSync("left", "")
        assert Taro.getStorageInfoSync().keys == ["left"]
    taropy.use("alipay")
    assert Taro.getEnv() == "ALIPAY"
    taropy.use("weapp")


async def main(): ...


def plain(): ...


@pytest.mark.parametrize(("given", "written"), [(main, "`await main()`"), (plain, "`plain()`")])
def test_run_in_a_running_loop_says_what_to_write(given, written):
    async def notebook():
        with pytest.raises(RuntimeError) as caught:
            taropy.run(given)
        assert str(caught.value).endswith(f"write {written}")

    asyncio.run(notebook())


def test_run_in_a_running_loop_with_a_coroutine():
    async def notebook():
        with pytest.raises(RuntimeError, match=r"write `await main\(\)`"):
            taropy.run(main())  # and nothing is said of a coroutine that nobody awaited

    asyncio.run(notebook())


def test_an_app_shows_what_of_it_is_there(cells, on_phone):
    app = cells(cell("Teas"))["app"]
    assert repr(app) == "<App of 2 pages, 1 not declared>"
    cells(cell("List", LIST, "List"))
    app.launch(on_phone).result()
    assert repr(app) == "<App of 2 pages, launched>"
