"""What components may not do, and what becomes of one that fails; tests/port/renderings has how they render."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import taropy
from taropy.js import Array, Component, Error, Obj, Taro, component, mount, use_effect, use_ref, use_state, view
from taropy.js.hooks_view import View


def test_a_hook_is_called_while_a_component_renders() -> None:
    with pytest.raises(Error, match="Invalid hook call"):
        use_state(0)

    def page() -> View:
        return view(late=lambda: use_state(0))

    with pytest.raises(Error, match="Invalid hook call"):
        mount(page).view.late()


def _more(props: Any) -> View:
    if props.more:
        use_ref()
    return view()


def _fewer(props: Any) -> View:
    if not props.more:
        use_ref()
    return view()


def _others(props: Any) -> View:
    use_ref() if props.more else use_state(0)
    return view()


@pytest.mark.parametrize(
    ("code", "message"), [(_more, "Rendered more hooks"), (_fewer, "Rendered fewer hooks"), (_others, "order of Hooks")]
)
def test_the_hooks_of_a_component_are_always_the_same(code: Callable[..., Any], message: str) -> None:
    root = mount(code, {"more": False})
    with pytest.raises(Error, match=message):
        root.update({"more": True})
    assert root.ended


def test_a_component_that_never_comes_to_rest_is_stopped() -> None:
    def in_its_rendering() -> View:
        count, set_count = use_state(0)
        set_count(count + 1)
        return view()

    class InItsLife(Component):
        def componentDidMount(self) -> None:
            self.setState(at=0)

        def componentDidUpdate(self) -> None:
            self.setState(Obj(at=self.state.at + 1))

    with pytest.raises(Error, match="Too many re-renders"):
        mount(in_its_rendering)
    with pytest.raises(Error, match="Maximum update depth"):
        mount(InItsLife)


def test_a_state_is_set_by_names_or_an_object_or_both() -> None:
    class Counter(Component):
        def componentDidMount(self) -> None:
            self.setState(at=1, change="a name as any other")
            self.setState(Obj(to=2))
            self.setState(Obj(at=2, last=4), at=3)

    state = mount(Counter).instance.state
    assert state == {"at": 3, "change": "a name as any other", "to": 2, "last": 4}


def test_what_is_set_after_the_end_is_nothing() -> None:
    cleaned = []

    def page() -> View:
        count, set_count = use_state(0)
        use_effect(lambda: lambda: cleaned.append(count), Array())
        return view(count=count, set_count=set_count)

    root = mount(page)
    root.unmount()
    root.unmount()
    root.view.set_count(1)
    assert (root.view.count, cleaned) == (0, [0])


@pytest.mark.filterwarnings("ignore::taropy.UnhandledRejectionWarning")
def test_what_an_effect_raises_is_told_to_the_app_and_ends_the_component() -> None:
    taropy.use("weapp")
    app = taropy.App(pages=["pages/index/index"])
    heard = []

    @app.entry
    class _Entry:
        def onUnhandledRejection(self, told: Any) -> None:
            heard.append(str(told.reason))

    def page() -> View:
        use_effect(lambda: 1 / 0)
        return view()

    app.page("pages/index/index")(component(page))
    app.launch()
    assert heard == ["division by zero"]
    taropy.use("weapp")


def test_a_page_in_the_background_has_its_own_router() -> None:
    taropy.use("weapp")
    app = taropy.App(pages=["pages/list/index", "pages/item/index"])

    def page() -> View:
        count, set_count = use_state(0)
        return view(count=count, set_count=set_count, path=Taro.useRouter().path)

    for route in app.routes:
        app.page(route)(component(page))
    app.launch()
    phone = taropy.Taro.phone
    first = phone.pages.current.program
    taropy.Taro.navigateTo(url="/pages/item/index")
    first.view.set_count(1)
    assert (first.view.count, first.view.path) == (1, "/pages/list/index")
    assert phone.pages.current.program.view.path == "/pages/item/index"
    taropy.use("weapp")


def _with_cleanups_that_fail(seen: list[str]) -> Callable[..., Any]:
    def after(name: str, count: int) -> Callable[[], Callable[[], None]]:
        def effect() -> Callable[[], None]:
            def cleanup() -> None:
                seen.append(f"clean {name} {count}")
                if name != "last":
                    raise Error(f"{name} {count}")

            seen.append(f"{name} {count}")
            return cleanup

        return effect

    def page(props: Any) -> View:
        for name in ("first", "other", "last"):
            use_effect(after(name, props.count), Array([props.count]))
        return view()

    return page


def test_a_cleanup_that_fails_stops_no_other_one_and_the_first_error_is_raised() -> None:
    seen: list[str] = []
    root = mount(_with_cleanups_that_fail(seen), {"count": 1})
    seen.clear()
    with pytest.raises(Error, match="first 1") as raised:
        root.unmount()
    assert seen == ["clean first 1", "clean other 1", "clean last 1"]
    assert len(raised.value.__notes__) == 1
    assert "other 1" in raised.value.__notes__[0]


@pytest.mark.filterwarnings("ignore::taropy.UnhandledRejectionWarning")
def test_effects_run_after_a_cleanup_that_fails_and_then_the_component_ends() -> None:
    seen: list[str] = []
    root = mount(_with_cleanups_that_fail(seen), {"count": 1})
    seen.clear()
    root.update({"count": 2})
    of_old, of_new = [f"clean {name} 1" for name in ("first", "other", "last")], ["first 2", "other 2", "last 2"]
    assert seen == [*of_old, *of_new, *(f"clean {name}" for name in of_new)]
    assert root.ended
