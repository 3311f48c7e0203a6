"""`help(Taro.login)`: what a function does, gives and fails with, and where it works."""

from __future__ import annotations

import inspect
import pydoc
import re
import subprocess
import sys

import pytest
from natives import PLATFORMS, Everything

import taropy
from taropy import spec


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
        assert re.search("taropy api login", str(t.login.__doc__))


def test_descriptions_are_not_read_before_somebody_asks():
    program = """if True:
        import sys
        from taropy import Taro
        Taro.login().result()
        assert not {"tomllib", "taropy.stubgen.texts"} & set(sys.modules)
        assert "login code" in __import__("inspect").getdoc(Taro.login)
    """
    subprocess.run([sys.executable, "-c", program], check=True)
