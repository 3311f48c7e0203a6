"""The tea room inside Pyodide: unchanged, with the same calls in the same order as on this computer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.pyodide

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "tearoom"

VISIT = """
import os, sys

sys.path.insert(0, FOLDER)
os.environ["TARO_APP_API"] = URL
import taropy

phone = taropy.Phone(log=True)
taropy.use(PLATFORM, phone=phone)


async def main():
    import app

    await app.main()
    for call in phone.log:
        print(call.api, call.outcome)
"""
#: In each run anew: an app is launched once.
FORGET = "[sys.modules.pop(name) for name in list(sys.modules) if name == 'app' or name.startswith('tearoom')]"


@pytest.fixture
def backend():
    """Serves the example's own backend anew, to which each code is somebody's."""
    sys.path.insert(0, str(EXAMPLE))
    from tearoom.backend import create_app
    from tearoom.world import serving

    async def somebody(platform: str, code: str) -> str:
        return "somebody"

    yield lambda: serving(create_app(somebody))
    sys.path.remove(str(EXAMPLE))


@pytest.mark.parametrize("platform", ["weapp", "alipay", "swan", "tt", "qq"])
def test_the_tea_room_runs_unchanged(inside, backend, tmp_path: Path, platform: str) -> None:
    here = tmp_path / "visit.py"
    with backend() as url:
        given = f"PLATFORM, FOLDER, URL = {(platform, str(EXAMPLE), url)!r}"
        here.write_text(f"{given}\n{VISIT}\ntaropy.run(main)\n", "utf-8")
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, here], env=environment, capture_output=True, text=True, check=True)

    files = {path.relative_to(EXAMPLE).as_posix(): path.read_text("utf-8") for path in EXAMPLE.rglob("*.py")}
    with backend() as url:
        told = inside.run(
            f"""
import pathlib, sys
PLATFORM, URL, FOLDER = {platform!r}, {url!r}, "/home/pyodide/tearoom"
for name, text in {files!r}.items():
    path = pathlib.Path(FOLDER, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
{FORGET}
{VISIT}
await main()
sys.path.remove(FOLDER)
"""
        )
    assert told.splitlines() == done.stdout.splitlines()
    assert "request ok" in told
