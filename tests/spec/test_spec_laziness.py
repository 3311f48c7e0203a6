"""A program pays for what it asks: told by which files a fresh process opens."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

WATCH = """
import json, sys
opened, baseline = [], set()
def watch(event, args):
    if event == "open" and isinstance(args[0], str) and "spec/" in args[0].replace(chr(92), "/"):
        opened.append(args[0].replace(chr(92), "/").rpartition("spec/")[2])
sys.addaudithook(watch)
"""


def after(code: str) -> tuple[list[str], list[str]]:
    """The data files that a fresh process opened, and the modules that it loaded, when it ran `code`."""
    report = "print(json.dumps([[f for f in opened if f.endswith('.json')], sorted(sys.modules)]))"
    program = f"{WATCH}\n{textwrap.dedent(code)}\n{report}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    files, modules = json.loads(done.stdout)
    return files, modules


def test_importing_the_spec_reads_nothing() -> None:
    files, modules = after("import taropy.spec")
    assert files == []
    assert "taropy.spec._model" not in modules


def test_three_members_cost_the_index_and_their_groups() -> None:
    files, modules = after(
        """
        from taropy import spec
        for name in ("login", "checkSession", "getStorage"):
            spec.member(name)
        """
    )
    assert sorted(files) == [
        "upstream/groups/open-api/login.json",
        "upstream/groups/storage.json",
        "upstream/index.json",
    ]
    assert not {"cattrs", "jsonschema", "pluggy"} & set(modules)


def test_a_file_is_read_once() -> None:
    files, _ = after(
        """
        from taropy import spec
        for _ in range(3):
            spec.supported_on("login"), spec.member("login"), spec.has("login")
        """
    )
    assert len(files) == len(set(files)) == 2


def test_support_is_told_without_making_the_views_classes() -> None:
    files, modules = after("from taropy import spec; spec.supported_on('login')")
    assert files == ["upstream/index.json", "upstream/groups/open-api/login.json"]
    assert "taropy.spec._model" not in modules


def test_the_names_of_interactive_functions_cost_one_file() -> None:
    files, _ = after("from taropy import spec; spec.interactive()")
    assert files == ["overrides/interactive.json"]
