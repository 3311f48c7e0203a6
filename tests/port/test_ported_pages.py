"""A ported app: it launches, its pages load and hear of what happens, and their handlers do what the original's do."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import taropy
from taropy.js import NotPorted, NotPortedWarning, Obj, mount
from taropy.port.port_report import as_json, as_text
from taropy.port.porting import Outcome, port
from tests.servers import Answer, Received, WebServer

SHOP = Path(__file__).parent / "pages" / "shop" / "src"
TEAS = [{"id": 1, "name": "Longjing", "price": 12}, {"id": 2, "name": "Tieguanyin", "price": 8}]


def _respond(request: Received) -> Answer:
    if request.path == "/teas":
        return Answer(TEAS)
    return Answer(next(tea for tea in TEAS if request.path == f"/teas/{tea['id']}"))


@pytest.fixture(scope="module")
def ported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Outcome, Path]]:
    folder = tmp_path_factory.mktemp("shop")
    outcome = port([SHOP], folder / "ported_shop")
    sys.path.insert(0, str(folder))
    try:
        yield outcome, folder / "ported_shop"
    finally:
        sys.path.remove(str(folder))


class Shop:
    """The ported shop, launched on a phone."""

    def __init__(self) -> None:
        self.phone = taropy.Taro.phone

    @property
    def page(self) -> Any:
        """The program of the page in front."""
        return self.phone.pages.current.program


@pytest.fixture
def shop(ported: tuple[Outcome, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    with WebServer(_respond) as web:
        monkeypatch.setenv("TARO_APP_API", web.origin)
        taropy.use("weapp")
        app = importlib.import_module("ported_shop.launch").app
        app.launch(scene=1011)
        yield Shop()
    taropy.use("weapp")


def test_all_of_it_is_ported_and_the_views_are_counted(ported: tuple[Outcome, Path]) -> None:
    outcome, folder = ported
    assert [(module.source.name, module.refusals) for module in outcome.modules if module.refusals] == []
    assert outcome.viewed == 23
    assert "23 lines of views told by comments" in as_text(outcome)
    assert '"view_lines": 10' in as_json(outcome)
    text = (folder / "pages" / "home" / "__init__.py").read_text("utf-8")
    assert "# view: src/pages/home/index.tsx:30-38" in text
    assert "# src/pages/home/index.tsx:33: onClick of <View>\n    def on_click(tea: Any) -> " in text


def test_the_first_page_shows_what_it_has_loaded(shop: Shop) -> None:
    assert shop.phone.pages.routes == ["pages/home/index"]
    assert shop.page.view.shown == TEAS
    assert (shop.page.view.visits, shop.page.view.count) == (1, 0)
    assert shop.phone.pages.current.window["navigationBarTitleText"] == "Teas"
    assert taropy.Taro.getStorageSync("launched") == 1011


def test_a_handler_changes_what_is_shown(shop: Shop) -> None:
    shop.page.view.on_click_2()
    assert [tea.name for tea in shop.page.view.shown] == ["Tieguanyin"]
    shop.page.view.on_click_2()
    assert len(shop.page.view.shown) == 2


def test_a_name_that_the_view_is_not_given_is_told(shop: Shop) -> None:
    with pytest.raises(AttributeError, match="given no 'on_clik'; did you mean 'on_click'"):
        _ = shop.page.view.on_clik


def test_pages_are_opened_and_left(shop: Shop) -> None:
    home = shop.page
    home.view.on_click(home.view.shown[1])
    assert shop.phone.pages.routes == ["pages/home/index", "pages/tea/index"]
    tea = shop.page
    assert tea.state.tea.name == "Tieguanyin"
    tea.handleInput(Obj(detail=Obj(value="like a wet meadow")))
    assert tea.view.note == "like a wet meadow"
    tea.view.on_click()
    toast = shop.phone.screen.toast
    assert (tea.state.saved, toast and toast.title) == (1, "saved 1")
    tea.view.on_click_2()
    assert shop.page is home
    assert taropy.Taro.getStorageSync("last") == "like a wet meadow"
    assert home.view.visits == 2


def test_a_page_that_is_pulled_down_loads_again(shop: Shop) -> None:
    before = shop.page.view.shown
    shop.phone.pages.pull_down()
    assert [tea.name for tea in shop.page.view.shown] == [tea.name for tea in before]
    assert shop.page.view.shown is not before
    assert shop.phone.pages.current.refreshing is False


def test_an_effect_runs_when_what_it_depends_on_has_changed(shop: Shop) -> None:
    taropy.Taro.navigateTo(url="/pages/mine/index?name=Mei")
    window = shop.phone.pages.current.window
    assert window["navigationBarTitleText"] == "Mei: 0"
    shop.page.view.on_tap()
    shop.page.view.on_tap()
    assert (window["navigationBarTitleText"], shop.page.view.notes) == ("Mei: 2", ["note 1", "note 2"])
    shop.page.view.on_long_press()
    assert window["navigationBarTitleText"] == "Mei: 0"


def test_the_app_gives_its_pages_what_they_have_in_common(shop: Shop) -> None:
    home = shop.page
    taropy.Taro.navigateTo(url="/pages/mine/index?name=Mei")
    shop.page.view.add()
    shop.page.view.add()
    assert (shop.page.view.count, home.view.count) == (2, 2)


def test_a_component_is_mounted_by_itself(shop: Shop) -> None:
    context = importlib.import_module("ported_shop.cart").CartContext
    home = mount(importlib.import_module("ported_shop.pages.home").Home, contexts={context: Obj(count=3)})
    assert (home.view.count, home.view.visits) == (3, 0)
    home.tell("onShow")
    assert home.view.visits == 1
    assert home.tell("onShareAppMessage")["title"] == "2 teas"
    home.unmount()
    home.tell("onShow")
    assert home.view.visits == 1


def test_a_context_that_nobody_has_given_is_not_its_default(ported: tuple[Outcome, Path]) -> None:
    taropy.use("weapp")
    home = importlib.import_module("ported_shop.pages.home").Home
    with pytest.warns(NotPortedWarning), pytest.raises(NotPorted, match="mount"):
        mount(home)


def test_it_is_run_from_the_command_line(ported: tuple[Outcome, Path]) -> None:
    with WebServer(_respond) as web:
        done = subprocess.run(
            [sys.executable, "-m", "taropy", "run", "--log", str(ported[1] / "launch.py")],
            env={**os.environ, "TARO_APP_API": web.origin}, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")
    assert "ok    request(" in done.stderr


# --- what is not there ---------------------------------------------------------------------------------------------


def _one(tmp_path: Path, text: str, name: str = "index.tsx") -> Outcome:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / name).write_text(text, "utf-8")
    return port([tmp_path / "src"], tmp_path / "out")


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
def test_a_decorated_component_is_mounted_with_the_props_that_its_decorator_would_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = _one(
        tmp_path,
        "import { Component } from 'react'\nimport { connect } from 'react-redux'\n"
        "@connect(({ teas }) => ({ teas }))\nexport default class Teas extends Component {\n"
        "  count = () => this.props.teas.length\n  render() { return <view>{this.count()}</view> }\n}\n",
    )
    assert [each.reason for each in outcome.modules[0].refusals] == ["decorators of components are not ported"]
    monkeypatch.syspath_prepend(str(tmp_path))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotPortedWarning)
        module = importlib.import_module("out")
        taropy.use("weapp")
        assert mount(module.Teas, Obj(teas=[1, 2])).instance.count() == 2
        app = taropy.App(pages=["pages/teas/index"])
        app.page("pages/teas/index")(importlib.import_module("taropy.js").component(module.Teas))
        app.launch()
        [error] = taropy.Taro.phone.lifecycle.errors
        assert isinstance(error, NotPorted)
    sys.modules.pop("out")


def test_an_element_that_a_ref_is_of_is_not_there_and_the_report_says_so(tmp_path: Path) -> None:
    outcome = _one(
        tmp_path,
        "import { useRef } from 'react'\nexport default function Field() {\n  const input = useRef(null)\n"
        "  return <input ref={input} />\n}\n",
    )
    assert outcome.modules[0].notes == ((4, "<input> is not there, and its ref keeps the value that it begins with"),)


def test_what_react_has_and_python_has_not_is_reported(tmp_path: Path) -> None:
    outcome = _one(
        tmp_path,
        "import { useTransition } from 'react'\nexport default function Page() {\n"
        "  const [pending, start] = useTransition()\n  return <view>{pending}</view>\n}\n",
    )
    assert [each.original for each in outcome.modules[0].refusals] == ["import { useTransition } from 'react'"]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Mapping[str, str]], taropy.App]]:
    """Ports the files of an app, and gives what its launching module declares."""

    def app_of(files: Mapping[str, str]) -> taropy.App:
        for name, text in files.items():
            file = tmp_path / "src" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        port([tmp_path / "src"], tmp_path / "ported_program")
        monkeypatch.syspath_prepend(str(tmp_path))
        taropy.use("weapp")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotPortedWarning)
            app: taropy.App = importlib.import_module("ported_program.launch").app
        return app

    yield app_of
    for name in [name for name in sys.modules if name.split(".")[0] == "ported_program"]:
        del sys.modules[name]
    taropy.use("weapp")


APP = "export default function App({ children }) { return children }"
PAGE = "export default () => <view />"


def test_pages_are_found_where_the_configuration_is_put_together(program: Callable[..., taropy.App]) -> None:
    app = program(
        {
            "app.tsx": APP,
            "app.config.ts": "import { pages } from './routes'\n"
            "const shop = { root: 'shop', pages: ['cart'] }\n"
            "const config = { pages: [...pages], subPackages: [shop] }\nexport default config",
            "routes.ts": "const all = ['pages/home/index', 'pages/off/index']\n"
            "export const pages = all.filter(page => !page.includes('off'))",
            "pages/home/index.tsx": PAGE,
            "pages/off/index.tsx": PAGE,
            "shop/cart.tsx": PAGE,
        }
    )
    assert set(app.pages) == {"pages/home/index", "shop/cart"}
    app.launch()
    assert taropy.Taro.phone.pages.routes == ["pages/home/index"]


def test_settings_that_taro_does_not_know_are_left_out(program: Callable[..., taropy.App]) -> None:
    app = program(
        {
            "app.tsx": APP,
            "app.config.ts": "export default { pages: ['home'], rn: { screens: 2 }, style: 'v2' }",
            "home.tsx": PAGE,
            "home.config.ts": "export default { navigationBarTitleText: 'Home', mine: [1] }",
        }
    )
    assert dict(app.config) == {"pages": ["home"], "style": "v2"}
    assert app.pages["home"].settings == {"navigationBarTitleText": "Home"}


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
def test_a_page_that_is_not_ported_keeps_no_other_from_being_opened(program: Callable[..., taropy.App]) -> None:
    app = program(
        {
            "app.tsx": APP,
            "app.config.ts": "export default { pages: ['home', 'chart', 'native'] }",
            "home.tsx": PAGE,
            "chart.tsx": "import { connect } from 'charts'\nexport default connect(() => <view />)",
        }
    )
    app.launch()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotPortedWarning)
        taropy.Taro.navigateTo(url="/chart").catch(lambda error: None)
        taropy.Taro.navigateTo(url="/native").catch(lambda error: None)
    errors = taropy.Taro.phone.lifecycle.errors
    assert [type(error) for error in errors] == [NotPorted, NotPorted]
    assert "has no component" in str(errors[1])
