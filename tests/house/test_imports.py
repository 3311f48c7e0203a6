"""What may import what: docs/architecture.md says it in words."""

from __future__ import annotations

import pytest
from imports import circles, imports, modules

GROUPS = frozenset(
    [
        "ad",
        "ai",
        "base",
        "canvas",
        "cloud",
        "data_analysis",
        "device",
        "ext",
        "files",
        "location",
        "media",
        "network",
        "open_api",
        "payment",
        "route",
        "skyline",
        "storage",
        "ui",
        "worker",
        "wxml",
    ]
)
MOST_IN_A_CIRCLE = 3


def phone() -> list[str]:
    return sorted(name for name in modules() if name.startswith("phone."))


def group(module: str) -> str:
    """The folder of the phone that a module stands in; the module itself where it stands in none."""
    return module.split(".")[1]


def test_the_folders_of_the_phone_are_those_that_the_rules_know() -> None:
    assert {group(name) for name in phone()} == {*GROUPS, "core", "open_platform", "phone", "rooms", "sources"}


@pytest.mark.parametrize("module", [name for name in modules() if name.startswith("phone.core")])
def test_the_core_of_the_phone_knows_no_room(module: str) -> None:
    assert [name for name in imports(module) if name.startswith("phone.") and group(name) != "core"] == []


@pytest.mark.parametrize("module", [name for name in modules() if name.startswith("phone.") and group(name) in GROUPS])
def test_a_room_knows_its_own_group_and_the_core(module: str) -> None:
    """Some also know the vendors' servers: by their users, and at which they log in and pay."""
    servers = {"open_platform"} if group(module) in ("cloud", "open_api", "payment") else set()
    known = {group(module), "core"} | servers
    assert [name for name in imports(module) if name.startswith("phone") and group(f"{name}.") not in known] == []


@pytest.mark.parametrize("module", [name for name in modules() if name.startswith("phone.open_platform")])
def test_the_vendors_servers_know_no_room(module: str) -> None:
    known = {"open_platform", "core"}
    assert [name for name in imports(module) if name.startswith("phone") and group(f"{name}.") not in known] == []


@pytest.mark.parametrize("module", phone())
def test_the_phone_knows_nothing_above_it(module: str) -> None:
    """Of the rest it needs what all of taropy shares, what apps and observed calls are, and what draws it.

    `declared` asks the spec, for tests that say what a function answers. The phone itself has the door to the
    automation port, which knows all of taropy.
    """
    above = {name for name in imports(module) if not name.startswith("phone")}
    if module == "phone.phone":
        above -= {"automation.server", "app.declaring", "runtime.taro"}
    if module == "phone.core.declared":
        above -= {name for name in above if name.startswith("spec")}
    assert above <= {
        "deadlines", "extras", "hints", "keywords", "lazily", "loops", "masking", "models.encoder", "models.json",
        "models.record", "program", "runtime.apps", "runtime.observation", "signatures", "trace.markup", "undoing",
        "unheard", "variables",
    }  # fmt: skip


@pytest.mark.parametrize("module", [name for name in modules() if name.startswith("trace.")])
def test_what_draws_a_phone_makes_none_and_runs_nothing(module: str) -> None:
    above = {name for name in imports(module) if not name.startswith("trace")}
    assert above <= {
        "",
        "html",
        "masking",
        "phone",
        "phone.core.app",
        "phone.core.page",
        "program",
        "runtime.observation",
        "writing",
    }


JS = [name for name in modules() if name == "js" or name.startswith("js.")]


@pytest.mark.parametrize("module", JS)
def test_the_values_of_javascript_know_the_runtime_and_of_the_phone_its_clock(module: str) -> None:
    above = {name.split(".")[0] for name in imports(module) if not name.startswith(("js", "phone.core.clock"))}
    assert above <= {
        "extras",
        "hints",
        "lazily",
        "models",
        "numerals",
        "program",
        "runtime",
        "signatures",
        "spec",
        "variables",
    }


@pytest.mark.parametrize("module", [name for name in modules() if not name.startswith("js")])
def test_nothing_knows_the_values_of_javascript_but_what_ports_programs(module: str) -> None:
    assert module.startswith(("port", "cli")) or [name for name in imports(module) if name.startswith("js")] == []


@pytest.mark.parametrize(
    "package",
    ["phone", "runtime", "app", "spec", "models", "js", "port", "cli", "testing", "trace", "hosts", "automation"],
)
def test_no_circle_has_more_than_three_files(package: str) -> None:
    names = frozenset(name for name in modules() if name == package or name.startswith(f"{package}."))
    assert [sorted(ring) for ring in circles(names) if len(ring) > MOST_IN_A_CIRCLE] == []


#: What hosts share, beside their own folders.
SHARED_BY_HOSTS = {"hosts.errors", "hosts.given_tasks", "hosts.js_values"}
#: Which of them hold a host against the phone.
BESIDE_THE_PHONE = ("hosts.replay.comparing", "hosts.replay.servers")


@pytest.mark.parametrize("module", [name for name in modules() if name.startswith("hosts.")])
def test_a_host_knows_no_command_no_port_and_no_other_host(module: str) -> None:
    """What is recorded, the recording finds by its name."""
    above = {name.split(".")[0] for name in imports(module)}
    assert not above & {"cli", "testing", "port", "js", "app"}
    own = ".".join(module.split(".")[:2])
    others = {name for name in imports(module) if name.startswith("hosts.") and not name.startswith(own)}
    assert others <= SHARED_BY_HOSTS
    assert "phone" not in above or module in BESIDE_THE_PHONE


@pytest.mark.parametrize("module", [name for name in modules() if name.startswith(("runtime", "phone", "models"))])
def test_neither_the_runtime_nor_the_phone_knows_a_host_of_another_kind(module: str) -> None:
    assert [name for name in imports(module) if name.startswith("hosts")] == []


RUNNING = ("port.engine", "port.verifying")


@pytest.mark.parametrize(
    "module", [name for name in modules() if name.startswith("port.") and not name.startswith(RUNNING)]
)
def test_the_audit_knows_no_command_and_runs_nothing(module: str) -> None:
    """It needs nothing of the phone; what platforms have it is told by the matrix."""
    above = {name for name in imports(module) if name and not name.startswith(("port", "spec", "matrix", "hints"))}
    assert above <= {"extras", "runtime.own", "runtime.plugins", "undoing"}
    assert [name for name in imports(module) if name.startswith(RUNNING)] == []


@pytest.mark.parametrize("module", [name for name in modules() if name.startswith(RUNNING)])
def test_what_runs_programs_knows_no_command(module: str) -> None:
    """The engine has the runtime behind it, and no room of the phone; `verifying` looks at what programs leave."""
    assert [name for name in imports(module) if name.startswith(("cli", "testing"))] == []
    if module.startswith("port.engine"):
        of_phone = {name for name in imports(module) if name.startswith(("phone", "port.verifying"))}
        assert of_phone <= {"phone.core.clock"}
