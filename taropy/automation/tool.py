"""`Tool.*`: what concerns DevTools itself."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from .. import __version__
from .commands import Params, Refused, command, fields, text

if TYPE_CHECKING:
    from .faces import Target

#: The version of DevTools whose native dialogs `minium` may handle by `Tool.native`, which needs 1.06.2301160.
DEVTOOLS = "1.06.2504010"

#: How long it takes until a device is connected, in seconds. `miniprogram-automator` listens only after the answer.
REMOTE = 0.1


@command("Tool.getInfo")
def get_info(target: Target, params: Params) -> Any:
    """The versions: of the base library, and of the DevTools that this stands for."""
    tell: Any = getattr(target.native, "getSystemInfoSync", dict)
    return {"SDKVersion": tell().get("SDKVersion") or "dev", "version": DEVTOOLS, "taropy": __version__}


@command("Tool.native")
def native(target: Target, params: Params) -> Any:
    """Answers dialogs, and uses the bars. That there is nothing of the kind is told in the result, as by DevTools."""
    method, data = text(params, "method"), fields(params, "data")
    try:
        target.dialogs.native(method, data)
    except (LookupError, Refused) as reason:
        return {"error": {"message": str(reason.args[0])}}
    return {}


@command("Tool.enableRemoteDebug")
def enable_remote_debug(target: Target, params: Params) -> Any:
    """The phone is the device already: clients hear that it is connected, once they listen, after the answer."""
    target.routes.soon(lambda: target.tell("Tool.onRemoteDebugConnected", {}), REMOTE)
    return {}


@command("Tool.resetRemoteDebug")
def reset_remote_debug(target: Target, params: Params) -> Any:
    """There is nothing to reset."""
    return {}


@command("Tool.clearAuth")
def clear_auth(target: Target, params: Params) -> Any:
    """The app's permissions are asked for anew."""
    target.phone.permissions.reset(app=target.app)
    return {}


@command("Tool.getTestAccounts")
def get_test_accounts(target: Target, params: Params) -> Any:
    """Who is logged in on the phone."""
    user = target.phone.account.user
    return {"accounts": [{"openid": target.phone.account.openid_of(target.app, user.id), "nickName": user.nickname}]}


@command("Tool.getTicket")
def get_ticket(target: Target, params: Params) -> Any:
    """The ticket by which a client is logged in to DevTools; nothing here asks for it."""
    target.ticket = target.ticket or secrets.token_hex(16)
    return {"ticket": target.ticket}


@command("Tool.setTicket")
def set_ticket(target: Target, params: Params) -> Any:
    """Keeps a ticket, for `Tool.getTicket`."""
    target.ticket = text(params, "ticket")
    return {}


@command("Tool.refreshTicket")
def refresh_ticket(target: Target, params: Params) -> Any:
    """Makes a new one."""
    target.ticket = secrets.token_hex(16)
    return {}


@command("Tool.close")
def close(target: Target, params: Params) -> Any:
    """Ends the service; the answer still goes out."""
    target.routes.soon(target.close_tool)
    return {}
