"""`help(Taro.login)`: what a function does, gives and fails with, and where it works."""

from __future__ import annotations

import ast
import inspect
import pydoc
import re
import subprocess
import sys
from inspect import Parameter
from unittest.mock import create_autospec

import pytest
from natives import PLATFORMS, Everything

import taropy
from taropy import ParameterError, spec
from taropy.runtime.descriptions import method_description, method_signature
from taropy.runtime.managers import methods_of


@pytest.fixture
def t():
    with taropy.create("weapp") as runtime:
        yield runtime


def shown(function):
    """What `help` prints of it."""
    return pydoc.render_doc(function, renderer=pydoc.plaintext)


def words(text):
    return " ".join(text.split())


def test_help_tells_what_a_function_does_gives_and_fails_with_and_where_it_works():
    with taropy.create("weapp") as t:
        told = words(shown(t.checkSession))
    assert "Tells whether the session that the last `login` began is still alive." in told
    assert "Returns: Nothing but `errMsg`" in told
    assert "Fails: `checkSession:fail session time out, need relogin`" in told
    assert "Platforms: weapp, swan, qq, tt." in told


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_function_has_its_own_description(platform):
    t = taropy.create(platform, native=Everything())
    functions = [name for name in spec.members() if spec.member(name).is_function and t.canIUse(name)]
    said = {name: words(inspect.getdoc(getattr(t, name))) for name in functions}
    assert [name for name in functions if not said[name].startswith(words(spec.member_text(name).what))] == []
    assert len(functions) > 100


def test_help_tells_of_a_function_that_the_platform_does_not_have_where_there_is_one():
    with taropy.create("h5") as t:
        assert "Platforms: weapp, swan, qq, tt." in shown(t.checkSession)


def test_without_help_the_docstring_says_where_the_description_is():
    with taropy.create("weapp") as t:
        assert re.search("taropy api login", t.login.__doc__)


def test_descriptions_are_not_read_before_somebody_asks():
    program = """if True:
        import sys
        from taropy import Taro
        Taro.login().result()
        assert not {"tomllib", "taropy.stubgen.texts"} & set(sys.modules)
        assert "login code" in __import__("inspect").getdoc(Taro.login)
    """
    subprocess.run([sys.executable, "-c", program], check=True)


# --- signatures ---------------------------------------------------------------------------------------------------


def test_a_signature_names_the_options_with_types_and_defaults_and_the_callbacks_last(t):
    params = inspect.signature(t.request).parameters
    named = [name for name, param in params.items() if param.kind is Parameter.KEYWORD_ONLY]
    assert named[0] == "url"
    assert named[-3:] == ["success", "fail", "complete"]
    assert str(params["url"]) == "url: str = <required>"
    assert str(params["timeout"]) == "timeout: float = 60000"
    assert str(params["header"]) == "header: dict[str, Any] | None = None"
    assert str(params["method"]).startswith('method: Literal["OPTIONS", "GET", ')


def test_a_signature_says_what_comes(t):
    assert str(inspect.signature(t.login)).endswith("-> Promise[LoginResult]")
    assert str(inspect.signature(t.getStorageSync)) == "(key: str) -> Any"


@pytest.mark.parametrize("arguments", [((), {"title": "Saved"}), (({"title": "Saved"},), {}), (({},), {"x-own": 1})])
def test_every_way_to_give_options_fits_the_signature(t, arguments):
    positional, named = arguments
    inspect.signature(t.showToast).bind(*positional, **named)
    create_autospec(t.showToast)(*positional, **named)


def test_options_that_have_to_be_given_may_be_in_the_dict(t):
    inspect.signature(t.request).bind({"url": "https://example.com/"})


def test_what_a_function_does_not_take_does_not_fit_its_signature(t):
    with pytest.raises(TypeError):
        inspect.signature(t.getStorageSync).bind("key", "value")
    with pytest.raises(TypeError):
        inspect.signature(t.getStorageSync).bind()


def test_a_signature_is_a_signature(t):
    import copy
    import pickle

    told = inspect.signature(t.request)
    assert isinstance(told, inspect.Signature)
    assert told == inspect.signature(t.request) != inspect.signature(t.login)
    assert pickle.loads(pickle.dumps(told)) == told
    assert copy.deepcopy(told) == told
    assert str(told.replace(return_annotation=int)).endswith("-> int")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_function_has_a_signature_with_all_of_its_options(platform):
    t = taropy.create(platform, native=Everything())
    for name in spec.members():
        member = spec.member(name)
        if not member.is_function or not t.canIUse(name):
            continue
        params = inspect.signature(getattr(t, name)).parameters
        if member.option is not None and name != "getTabBar":  # which takes the page
            assert set(params) >= set(spec.fields_of(member.option)) - {"global"}, name
        elif "others" in params:  # options that are not declared
            assert list(params) == ["option", "others"], name
        else:
            longest = max((signature.params for signature in member.signatures), key=len)
            assert list(params) == [param.name for param in longest], name


def test_functions_that_the_platform_lacks_have_one_too():
    with taropy.create("h5") as t:
        assert "success" in inspect.signature(t.checkSession).parameters


def test_functions_of_a_runtime_that_is_watched_have_one_too():
    with taropy.create("weapp", log=True) as t:
        assert "timeout" in inspect.signature(t.login).parameters
        assert "filePath" in inspect.signature(t.getFileSystemManager().readFile).parameters


def test_methods_of_managers_have_signatures_and_descriptions(t):
    manager = t.getFileSystemManager()
    assert "filePath: str = <required>" in str(inspect.signature(manager.readFile))
    assert "Reads a file" in inspect.getdoc(manager.readFile)
    assert "Example:" in inspect.getdoc(manager.readFile)
    assert str(inspect.signature(t.createSelectorQuery().select)) == "(selector: str) -> NodesRef"


@pytest.mark.parametrize("kind", [kind for kind in spec.type_names() if methods_of(kind)])
def test_every_method_can_be_described(kind):
    for name in methods_of(kind):
        assert method_signature(kind, name).parameters is not None
        _, _, code = str(method_description(kind, name)).partition("Example:\n\n")
        assert ast.parse(inspect.cleandoc(code)).body


@pytest.mark.parametrize("log", [False, True])
def test_a_function_of_taro_is_a_callback_like_any_other(log):
    with taropy.create("weapp", log=log) as t:
        taropy.Promise.resolve({"title": "Saved"}).then(t.showToast).result()
        assert t.phone.screen.toast.title == "Saved"


# --- docstrings ---------------------------------------------------------------------------------------------------


def test_a_docstring_has_options_result_platforms_and_an_example(t):
    told = inspect.getdoc(t.request)
    assert "Options (RequestOption):\n- url (str, required): Absolute, with" in told
    assert "- timeout (float, default 60000, only on" in told
    assert "- success (called with RequestResult)" in told
    assert "Result (RequestResult):" in told
    assert "- statusCode (float): The HTTP status" in told
    assert "Platforms: weapp, alipay" in told
    assert 'Example:\n\n    res = await Taro.request(url="https://example.com/")' in told


def test_a_docstring_that_is_printed_is_the_description(t):
    assert str(t.login.__doc__) == f"{t.login.__doc__}" == inspect.getdoc(t.login)


def test_of_several_ways_to_call_a_function_the_docstring_has_all(t):
    told = inspect.getdoc(t.preload)
    assert "Taro.preload(options: dict[str, Any]) -> None" in told
    assert "Taro.preload(key: str, value: Any) -> None" in told


@pytest.mark.parametrize("name", [name for name in spec.members() if spec.member(name).is_function])
def test_the_example_of_every_function_is_a_call_with_right_options(name):
    from taropy.runtime.examples import example

    code = example(spec.member(name))
    call = next(node for node in ast.walk(ast.parse(code)) if _is_call_of(name, node))
    platform = next(iter(sorted(spec.supported_on(name))), "weapp")
    t = taropy.create(platform, native=Everything())
    told = []
    made = ast.unparse(call)
    try:
        eval(made, {"Taro": t, "listener": told.append, "print": told.append, "page": None})
    except ParameterError as error:
        pytest.fail(f"{made}: {error}")
    except taropy.TaroError:
        pass  # the native object has nothing more to say


def _is_call_of(name, node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name
