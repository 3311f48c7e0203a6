"""The rules by which a cache manager knows the requests whose responses it keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from taropy.phone import NativeError, Phone


@pytest.fixture
def manager() -> Iterator[Any]:
    with Phone() as phone:
        yield phone.native("weapp").createCacheManager({"origin": "https://tea.example/"})


def matches(manager: Any, rule: Any, url: str, **options: Any) -> bool:
    """Whether a request is one that the rule means."""
    manager.clearRules()
    manager.addRule(rule)
    return manager._rule_for({"url": url, **options}) is not None


@pytest.mark.parametrize(
    ("rule", "path", "matched"),
    [
        ("/abc", "/abc", True),
        ("/abc", "/abc?x=1", True),
        ("/abc", "/abcd", False),
        ("/abc", "/abc/d", False),
        ("https://tea.example/abc", "/abc", True),
        ("https://other.example/abc", "/abc", False),
        ("/abc/:id", "/abc/123", True),
        ("/abc/:id", "/abc/123/x", False),
        ("/abc/:id", "/abc/", False),
        ("/:a/x/:b", "/1/x/2", True),
        ("/abc?aa", "/abc?aa=haha", True),
        ("/abc?aa", "/abc?aa=haha&bb=1", True),
        ("/abc?aa", "/abc", False),
        ("/abc?dd=haha", "/abc?dd=haha&bb=1", True),
        ("/abc?dd=haha", "/abc?dd=123", False),
        (re.compile(r"/(abc|cba)$"), "/cba", True),
        (re.compile(r"/(abc|cba)$"), "/cbad", False),
        (re.compile(r"^https://tea\.example/(abc|cba)$"), "/abc", True),
        ({"url": "/abc"}, "/abc", True),
        ({"url": re.compile("^https:\\/\\/.*abc$")}, "/abc", True),
    ],
)
def test_rules_of_text_and_expressions(manager: Any, rule: Any, path: str, matched: bool) -> None:
    assert matches(manager, rule, f"https://tea.example{path}") is matched


def test_an_expression_without_an_origin_means_the_managers(manager: Any) -> None:
    assert not matches(manager, re.compile("/abc$"), "https://other.example/abc")
    assert matches(manager, re.compile("://other.*abc$"), "https://other.example/abc")


@pytest.mark.parametrize(
    ("rule", "method", "matched"),
    [
        ("/abc", "POST", True),
        ("/abc", "get", True),
        ("/abc", "HEAD", False),
        ("GET /abc", None, True),
        ("GET /abc", "POST", False),
        ({"url": "/abc", "method": "put"}, "PUT", True),
        ({"url": "/abc", "method": "PUT"}, "GET", False),
    ],
)
def test_rules_with_a_method(manager: Any, rule: Any, method: Any, matched: bool) -> None:
    assert matches(manager, rule, "https://tea.example/abc", method=method) is matched


@pytest.mark.parametrize(
    ("schema", "data", "matched"),
    [
        ({"type": "string"}, "x", True),
        ({"type": "string"}, 5, False),
        ([{"type": "number"}, {"type": "string"}], "x", True),
        ([{"type": "number"}, {"type": "string"}], True, False),
        ({"type": "string", "value": "abc"}, "abc", True),
        ({"type": "string", "value": "abc"}, "abd", False),
        ({"type": "string", "value": re.compile("(abc|cba)")}, "xcbax", True),
        ({"type": "number", "value": re.compile("^12")}, 123, True),
        ({"type": "string", "value": lambda value: value == "123"}, "123", True),
        ({"type": "string", "value": lambda value: value == "123"}, "124", False),
        ({"type": "object", "value": [{"name": "a", "schema": {"type": "string"}}]}, {"a": "x"}, True),
        ({"type": "object", "value": [{"name": "a", "schema": {"type": "string"}}]}, {"a": 1}, False),
        ({"type": "string[]"}, ["a", "b"], True),
        ({"type": "string[]"}, ["a", 1], False),
        ({"type": "any"}, [1], True),
        ({"type": "any[]"}, [1, "a"], True),
        ({"type": "any[]"}, "ab", False),
        ({"type": "null"}, None, True),
        ({"type": "boolean"}, False, True),
    ],
)
def test_rules_about_the_data(manager: Any, schema: Any, data: Any, matched: bool) -> None:
    rule = {"url": "/abc", "dataSchema": [{"name": "field", "schema": schema}]}
    assert matches(manager, rule, "https://tea.example/abc", data={"field": data}) is matched


def test_data_that_are_no_object_match_no_schema(manager: Any) -> None:
    rule = {"url": "/abc", "dataSchema": [{"name": "field", "schema": {"type": "any"}}]}
    assert not matches(manager, rule, "https://tea.example/abc", data="text")
    assert not matches(manager, rule, "https://tea.example/abc")


@pytest.mark.parametrize(
    "rule",
    [
        None,
        5,
        {},
        {"url": 5},
        {"url": "/a", "method": "HEAD"},
        {"url": "/a", "id": 5},
        {"url": "/a", "maxAge": "long"},
        {"url": "/a", "dataSchema": {}},
        {"url": "/a", "dataSchema": [{"schema": {}}]},
        {"url": "/a", "dataSchema": ["x"]},
    ],
)
def test_what_is_no_rule_is_refused(manager: Any, rule: Any) -> None:
    with pytest.raises(NativeError, match="addRule:fail parameter error"):
        manager.addRule(rule)


def test_rules_have_ids_that_stay_apart(manager: Any) -> None:
    assert manager.addRules(["/a", {"id": "mine", "url": "/b"}, "/c"]) == ["rule-1", "mine", "rule-2"]
    manager.deleteRules(["rule-1", "unknown"])
    assert manager.addRule("/d") == "rule-1"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("addRules", ("/a",)),
        ("deleteRules", ("x",)),
        ("deleteCaches", ([5],)),
        ("match", ("x",)),
        ("on", ("nothing", print)),
        ("on", ("request", "x")),
    ],
)
def test_wrong_arguments_are_told(manager: Any, name: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(NativeError, match=f"{name}:fail parameter error"):
        getattr(manager, name)(*arguments)
