"""The login example inside Pyodide: unchanged, with the same calls in the same order as on this computer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.pyodide

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "login"

# The program's own modules, and the user's way through them up to what needs a cryptographic library. The backend is
# a route; it has the codes exchanged by the phone's open platform.
SHOP = """
import os
import sys

sys.path.insert(0, FOLDER)
os.environ["TARO_APP_API"] = "https://shop.example.com"
import taropy
from taropy import Taro
from taropy.phone import Response

phone = taropy.Phone(log=True)
taropy.use(PLATFORM, phone=phone)
app = phone.open_platform.app_of_phone(PLATFORM, phone.app(PLATFORM).appid)
tokens, orders, logins = {}, [], 0


def login(request):
    global logins
    phone.open_platform.exchange(app, request.json()["code"])
    logins += 1
    tokens[f"token {logins}"] = phone.clock.now() + 7200
    return {"token": f"token {logins}", "expiresIn": 7200}


def known(handler):
    def answer(request):
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if tokens.get(token, 0) < phone.clock.now():
            return Response(status=401, json={"error": "token", "message": "who are you?"})
        return handler(request)

    return answer


def order(request):
    orders.append({"id": len(orders) + 1, "tea": request.json()["tea"]})
    return orders[-1]


api = "https://shop.example.com"
phone.network.unrouted = "fail"
phone.network.route("POST", f"{api}/login", login)
phone.network.route(f"{api}/me", known(lambda _: {"id": 1, "logins": logins}))
phone.network.route("GET", f"{api}/orders", known(lambda _: orders))
phone.network.route("POST", f"{api}/orders", known(order))


async def main():
    import auth
    import story

    auth.install()
    for step in ("first_visit", "second_visit", "an_order", "expired_token", "ten_requests", "ended_session"):
        print(await getattr(story, step)())
    print(*[call.api for call in phone.log])
"""


@pytest.mark.parametrize("platform", ["weapp", "alipay", "tt"])
def test_the_login_example_runs_unchanged(inside, tmp_path: Path, platform: str) -> None:
    given = f"PLATFORM = {platform!r}\n"
    here = tmp_path / "shop.py"
    here.write_text(f"{given}FOLDER = {str(EXAMPLE)!r}\n{SHOP}\ntaropy.run(main)\n", "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, here], env=environment, capture_output=True, text=True, check=True)

    modules = {name: (EXAMPLE / f"{name}.py").read_text("utf-8") for name in ("api", "auth", "story", "ui")}
    told = inside.run(
        f"""
import pathlib, sys
FOLDER = "/home/pyodide/{platform}"
pathlib.Path(FOLDER).mkdir()
for name, text in {modules!r}.items():
    pathlib.Path(FOLDER, f"{{name}}.py").write_text(text, "utf-8")
    sys.modules.pop(name, None)
{given}{SHOP}
await main()
sys.path.remove(FOLDER)
"""
    )
    assert told.splitlines() == done.stdout.splitlines()
    assert "1 login" in told
