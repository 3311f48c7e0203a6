"""A login storm: all the shop's users come at once, each on a phone of their own, as after a push message.

`locust -f storm.py --headless --users 500 --spawn-rate 100 --run-time 1m --processes -1 --host http://127.0.0.1:8000`

The backend at `--host` exchanges the codes at `taropy open-platform --key storm`; docs/guides/load.md has it all.
"""

from __future__ import annotations

from typing import Any

from locust import between, task

from taropy.testing.locust import TaroUser


class Guest(TaroUser):
    """Signs in once, and then looks at their own page now and then."""

    platform = "weapp"
    key = "storm"
    wait_time = between(0.1, 0.5)

    async def on_start(self) -> None:
        """What the program does when it is opened for the first time."""
        code = (await self.client.login()).code
        data = {"platform": self.client.getEnv(), "code": code}
        reply = await self.client.request(url=f"{self.host}/login", method="POST", data=data)
        await self.client.setStorage(key="token", data=reply.data.token)

    @task
    async def look(self) -> None:
        """The user's page, with the token that was kept."""
        token = (await self.client.getStorage(key="token")).data
        await self.client.request(url=f"{self.host}/me", header={"Authorization": f"Bearer {token}"})

    def named(self, call: Any) -> str:
        """Requests by their path: `request /login`, `request /me`."""
        path = str(call.options.get("url", "")).removeprefix(str(self.host))
        return f"{call.api} {path}".strip()
