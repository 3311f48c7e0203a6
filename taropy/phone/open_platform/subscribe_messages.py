"""WeChat's interfaces for the messages that people subscribe to.

Facts from developers.weixin.qq.com/miniprogram/dev, "OpenApiDoc/mp-message-management/subscribe-message" (sendMessage,
getMessageTemplateList) and "framework/device/device-message" (getSnTicket). In which order a message is looked at is
not documented; a template without declared fields takes whatever fits the names that are given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .calls import Answer, Call, Endpoint
from .platform import Registry
from .refusals import Reason, Refused
from .templates import ONCE, Template
from .weapp import app_of_token, calling_app, wechat_endpoint

#: How `gettemplate` numbers the kinds: templates for one time, and all that last.
_ONCE, _LASTS = 2, 3


@wechat_endpoint
def send(platform: Registry, call: Call) -> Answer:
    """Sends a message to who has subscribed."""
    call.needs("POST")
    app = calling_app(platform, call)
    data = call.json.get("data")
    if not isinstance(data, dict):
        raise Refused(Reason.WRONG_TEMPLATE_DATA, "data is empty")
    platform.messages.send(
        app,
        call.json_text("touser"),
        call.json_text("template_id"),
        data,
        call.json_text("page"),
        state=call.json_text("miniprogram_state") or "formal",
        lang=call.json_text("lang") or "zh_CN",
    )
    return {"errcode": 0, "errmsg": "ok"}


@wechat_endpoint
def templates(platform: Registry, call: Call) -> Answer:
    """The templates that the app's developer has picked."""
    call.needs("GET")
    found = platform.messages.templates(app_of_token(platform, call))
    return {"errcode": 0, "errmsg": "ok", "data": list(map(_listed, found))}


@wechat_endpoint
def sn_ticket(platform: Registry, call: Call) -> Answer:
    """A ticket for the messages of one device."""
    call.needs("POST")
    app = calling_app(platform, call)
    ticket = platform.messages.ticket(app, call.json_text("sn"), call.json_text("model_id"))
    return {"errcode": 0, "errmsg": "ok", "sn_ticket": ticket}


def _listed(template: Template) -> Mapping[str, Any]:
    content = "\n".join(f"{called}:{{{{{name}.DATA}}}}" for name, called in template.fields.items())
    return {
        "priTmplId": template.id,
        "title": template.title,
        "content": content,
        "example": "",
        "type": _ONCE if template.kind == ONCE else _LASTS,
    }


ENDPOINTS: Mapping[str, Endpoint] = {
    "/cgi-bin/message/subscribe/send": send,
    "/wxaapi/newtmpl/gettemplate": templates,
    "/wxa/getsnticket": sn_ticket,
}
