"""A port has the constants of the build: those that a project defines, its environment, and what is given."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
from auditing import Write

from taropy.port.porting import port, translated

BUILD = {
    "package.json": "{}",
    "config/index.js": (
        "const config = { defineConstants: { API_VERSION: '2', TITLE: \"'shop'\",\n"
        "DEV: JSON.stringify(process.env.NODE_ENV === 'development'), LIMITS: JSON.stringify({ rows: [1, 2] }),\n"
        "HOST: JSON.stringify(hosts.host), NOW: JSON.stringify(Date.now()) } }\nconst hosts = require('./hosts')\n"
        "module.exports = config"
    ),
    "config/hosts.js": "module.exports = { host: 'https://shop.example' }",
    "config/dev.js": "module.exports = { env: { NODE_ENV: '\"development\"', STAGE: '\"test\"' } }",
    "config/prod.js": "module.exports = { env: { NODE_ENV: '\"production\"' }, defineConstants: { API_VERSION: '3' } }",
    ".env": "TARO_APP_NAME=tea\nOTHER=1\n",
    ".env.production": "TARO_APP_NAME='tea room'\n",
    "src/main.ts": (
        "export const told = () => [API_VERSION, TITLE, DEV, LIMITS.rows[1], HOST]\n"
        "export const env = () => [process.env.NODE_ENV, process.env.STAGE, process.env.TARO_APP_NAME]\n"
        "export const now = () => NOW"
    ),
}


@pytest.mark.parametrize(
    ("mode", "told", "env"),
    [
        ("development", [2, "shop", True, 2, "https://shop.example"], ["development", "test", "tea"]),
        ("production", [3, "shop", False, 2, "https://shop.example"], ["production", None, "tea room"]),
    ],
)
def test_the_constants_of_the_build_are_read_from_the_projects_config(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, told: list[Any], env: list[Any]
) -> None:
    for name in ("NODE_ENV", "STAGE", "TARO_APP_NAME"):
        monkeypatch.delenv(name, raising=False)
    write(BUILD)
    target = tmp_path / f"built_{mode}_{abs(hash(tmp_path))}"
    outcome = port([tmp_path / "src"], target, mode=mode)
    monkeypatch.syspath_prepend(str(tmp_path))
    module = importlib.import_module(f"{target.name}.main")
    assert (module.told(), module.env()) == (told, env)
    [refusal] = outcome.modules[0].refusals
    assert (refusal.line, refusal.write) == (3, "its value with --define NOW=…, or an import")


def test_a_value_that_is_given_comes_before_the_one_of_the_config(write: Write) -> None:
    [module] = translated([write(BUILD) / "src"], defined={"API_VERSION": 9}).modules
    assert "API_VERSION" not in module.text
    assert "Array([9," in module.text
