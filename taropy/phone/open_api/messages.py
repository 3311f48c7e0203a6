"""The messages that apps may send their users: who agrees to what, and what has come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import FLAG, TEXT, a
from ..core.functions import answered, only
from ..core.options import js_type, optional, required
from ..core.person import Question, check_words
from ..core.room import Room
from ..core.telling import count
from ..core.vendors import of_vendor
from ..open_platform.messages import ACCEPT, REJECT
from ..open_platform.templates import DEVICE, ServiceMessage
from .opening import enter

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..open_platform import OpenPlatform
    from ..open_platform.messages import Messages as Server
    from ..open_platform.records import RegisteredApp
    from ..open_platform.templates import Template

BAN, FILTER = "ban", "filter"

#: The scene of an app that a message has opened: developers.weixin.qq.com, "reference/scene-list".
FROM_A_MESSAGE = 1107

# Who tells more of each subscription apart: @douyin-microapp/typings 1.3.1, setting.d.ts.
TELLS_TEMPLATES: Mapping[str, bool] = {"tt": True}

LONGEST_SERIAL = 128


@attrs.frozen
class Rules:
    """How one vendor asks.

    - `most`: how many templates at once.
    - `no_template`, `wrong`, `too_many`, `unknown`, `mixed`: how what is refused fails: reason, number and the like.
    - `filters`: whether of two templates with one title only the first counts.
    - `cancels`: how it fails if the person closes the panel; None if that is a no to all of it.
    """

    most: int
    no_template: Fail
    wrong: Fail
    too_many: Fail
    unknown: Fail
    mixed: Fail
    filters: bool = False
    cancels: Fail | None = None


#: The table of `wx.requestSubscribeMessage`.
WECHAT = Rules(
    5,
    Fail("TmplIds can't be empty", 10001),
    Fail("Invalid template id", 10004),
    Fail("Templates count out of max bounds", 20003),
    Fail("No template data return, verify the template id exist", 20001),
    Fail("Templates type must be same", 20002),
    filters=True,
)
#: That of `wx.requestSubscribeDeviceMessage`.
OF_DEVICES = attrs.evolve(WECHAT, most=3)
OFFLINE = Fail("Request list fail", 10002)
HIDDEN = Fail("Cannot show subscribe message UI", 10005)
SWITCHED_OFF = Fail("The main switch is switched off", 20004)
OF_A_DEVICE = Fail("Reject DeviceMsg Template", 20013)

RULES: Mapping[str, Rules] = {
    # developer.open-douyin.com, `tt.requestSubscribeMessage`. No templates are wrong options; of a mixture the page
    # tells a number and no words.
    "tt": Rules(
        3,
        Fail("invalid params", 1002, errNo=20000),
        Fail("invalid params", 1002, errNo=20000),
        Fail("template counts out of max bounds", 1003, errNo=20000),
        Fail("template not exist", 1004, errNo=21101),
        Fail("templates type must be same", 1005),
    ),
    # github.com/AlipayDocs/open-docs, `my.requestSubscribeMessage`.
    "my": Rules(
        3,
        Fail("无效的参数", error=203),
        Fail("无效的参数", error=203),
        Fail("无效的参数", error=203),
        Fail("模板列表中存在非法/无效的模板 id", error=106008),
        Fail("模板列表中同时存在一次性/长期订阅模板", error=106002),
        cancels=Fail("用户取消订阅", error=11),
    ),
}


@attrs.frozen
class Answered:
    """What came of one request: the answer to each template, and which of these were asked for now.

    `always` is whether the person does not want to be asked again.
    """

    answers: dict[str, str]
    asked: list[str]
    always: bool = False


class Messages(Room, name="messages"):
    """What the person agrees to be sent, and what was.

    The question `subscribe` asks for all templates of a call; unless told otherwise the person accepts them, for now:
    `person.script("subscribe", answers={"T1": "reject"}, always=True)`, `cancel=True` for who closes the panel. What
    was answered with `always`, or accepted of a lasting template, is not asked for again.

    Subscriptions, and what was sent, are the open platform's (`open_platform.messages`): there a test picks an app's
    templates, and there a backend sends, `POST /cgi-bin/message/subscribe/send`.

    - `inbox`: what has come for the person, oldest first, see `ServiceMessage`; `open` taps one of them.
    """

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._platform = cast("OpenPlatform", phone.open_platform)

    def in_words(self) -> Iterator[str]:
        """How many have come, if that was ever looked at."""
        known = self.inbox if "messages" in vars(self._platform) else []
        yield from [count(len(known), "messages")] if known else []

    # --- for tests and other rooms -----------------------------------------------------------------------------

    @property
    def inbox(self) -> list[ServiceMessage]:
        """What has come for the person who is logged in, oldest first."""
        return self._server.inbox(self.phone.account.user.id)

    def open(self, message: ServiceMessage, *, anew: bool = False) -> None:
        """Taps a message: its app opens at its page, with scene 1107 where there are scenes.

        An app that runs is shown again, or with `anew` launched once more. LookupError if the message leads nowhere, or
        the app was never launched on this phone.
        """
        a(ServiceMessage, "a ServiceMessage").check("what is opened", message)
        if not message.page:
            raise LookupError(f"the message {message.title or message.template!r} leads to no page")
        app = self.phone.app_of(message.app_key)
        if app is None:
            raise LookupError(f"{message.app_key} is not on this phone")
        enter(self.phone, app, message.page, FROM_A_MESSAGE, anew=anew)

    def switch(self, on: bool, app: App | None = None) -> None:
        """Turns all messages of the app, by default the one in front, on or off on its settings page."""
        FLAG.check("whether messages are on", on)
        app = app or self.phone.pages.front
        self._server.switch(app.key, self.phone.account.user.id, on)

    def forget(self, *templates: str, app: App | None = None) -> None:
        """On its settings page the person takes back what was said to these templates, or to all of the app."""
        app = app or self.phone.pages.front
        self._server.end(app.key, self.phone.account.user.id, templates or None)

    def subscribe_by_form(self, template: str, subscription: str, app: App | None = None) -> str:
        """Subscribes by a form, as on Baidu; gives the id that the program gets of a form that is sent."""
        TEXT.check("a template", template)
        TEXT.check("a subscription", subscription)
        app = app or self.phone.pages.front
        return self._server.form(app.key, self.phone.account.user.id, template, subscription, on=True).form_id

    def settings(self, app: App) -> Result:
        """Whether the app may send anything, and the answers that the person does not want to be asked for again."""
        user_id = self.phone.account.user.id
        kept = self._server.kept(app.key, user_id)
        told: Result = {"mainSwitch": self._server.is_on(app.key, user_id), "itemSettings": kept}
        if of_vendor(TELLS_TEMPLATES, app, False):
            told["templateSettings"] = {id: _settings_of(answer, always=True) for id, answer in kept.items()}
        return told

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    @only("wx", "my", "tt", "harmony-hybrid")
    async def requestSubscribeMessage(self, app: App, options: Options) -> Result:
        """Asks the person which templates they want; each result is `accept`, `reject`, `ban` or `filter`.

        Fails with 20004 while all messages are switched off, 10005 in the background, 10002 without a network, and for
        no, unknown, mixed or too many templates (10001, 20001, 20002, 20003).
        """
        rules = of_vendor(RULES, app, WECHAT)
        ids = _ids(options, rules)
        self._check_state(app)
        return _told(app, await self._ask(app, rules, self._templates(app, rules, ids)))

    @answered
    @only("wx")
    async def requestSubscribeDeviceMessage(self, app: App, options: Options) -> Result:
        """The same for messages of one device, `sn`, of a model, which a ticket of the backend's vouches for.

        The ticket is checked once the open platform knows a template; its numbers are the page's.
        """
        ids = _ids(options, OF_DEVICES)
        serial = required(options, "sn", "String")
        if not re.fullmatch(rf"[\w-]{{1,{LONGEST_SERIAL}}}", serial, re.ASCII):
            raise Fail("parameter error: parameter.sn should be 1 to 128 letters, digits, _ and -")
        ticket, model = required(options, "snTicket", "String"), required(options, "modelId", "String")
        self._check_state(app)
        templates = [self._server.found(app.key, id) for id in ids]
        if self._server.templates(app.key):
            self._check_device(app, serial, model, ticket)
            if None in templates:
                raise Fail("err_not_found_tid", 19720728)
            if any(template and template.model != model for template in templates):
                raise Fail("template_id do not match model_id", 19720736)
        return (await self._ask(app, OF_DEVICES, _there(templates))).answers

    @answered
    @only("my")
    def unsubscribeMessage(self, app: App, options: Options) -> Result:
        """Ends the person's subscriptions to the templates; to end what there is none of does nothing."""
        ids = _ids(options, RULES["my"])
        self._server.end(app.key, self.phone.account.user.id, ids)
        return {"success": True}

    @answered
    @only("swan")
    def subscribeService(self, app: App, options: Options) -> Result:
        """Tells of a subscription that a form has made, or ends it: `status` 1, 0 once it has ended, -1 if none."""
        template = required(options, "templateId", "String")
        subscription = required(options, "subscribeId", "String")
        kind = optional(options, "type", "String", "query")
        if kind not in ("query", "cancel"):
            raise Fail("parameter error: parameter.type should be query or cancel")
        user_id = self.phone.account.user.id
        known = self._server.form_of(app.key, user_id, template, subscription)
        told: Result = {"type": kind, "app_key": app.appid}
        if known is None:
            return {**told, "status": -1}
        if kind == "cancel":
            ended = self._server.form(app.key, user_id, template, subscription, on=False)
            return {**told, "update_time": int(ended.at)}
        status = 1 if known.subscribed else 0
        return {**told, "form_id": known.form_id, "status": status, "update_time": int(known.at)}

    # --- its own -----------------------------------------------------------------------------------------------

    @property
    def _server(self) -> Server:
        return self._platform.messages

    def _registered(self, app: App) -> RegisteredApp:
        return self._platform.app_of_phone(app.platform, app.appid)

    def _check_state(self, app: App) -> None:
        """What keeps the panel from being shown."""
        if not self.phone.network.online:
            raise OFFLINE.again()
        if not self.phone.pages.of(app).visible:
            raise HIDDEN.again()
        if not self._server.is_on(app.key, self.phone.account.user.id):
            raise SWITCHED_OFF.again()

    def _templates(self, app: App, rules: Rules, ids: list[str]) -> list[Template]:
        found = [self._server.found(app.key, id) for id in ids]
        if None in found:
            raise rules.unknown.again()
        templates = _there(found)
        kinds = {template.kind for template in templates}
        if DEVICE in kinds:
            raise OF_A_DEVICE.again()
        if len(kinds) > 1:
            raise rules.mixed.again()
        return templates

    def _check_device(self, app: App, serial: str, model: str, ticket: str) -> None:
        known = self._server.ticketed(ticket)
        if known is None or (known.app_key, known.device, known.model) != (app.key, serial, model):
            raise Fail("check sn_ticket fail", 19720726)
        if self.phone.clock.now() >= known.ends_at:
            raise Fail("sn_ticket expire", 19720727)

    async def _ask(self, app: App, rules: Rules, templates: list[Template]) -> Answered:
        """The answers to all templates; the person is asked for those that are not banned and not answered for good."""
        user_id = self.phone.account.user.id
        kept = self._server.kept(app.key, user_id)
        answers: dict[str, str] = {}
        asked: list[Template] = []
        for template in templates:
            if template.banned:
                answers[template.id] = BAN
            elif rules.filters and template.title and any(template.title == other.title for other in asked):
                answers[template.id] = FILTER
            elif template.id in kept:
                answers[template.id] = kept[template.id]
                self._server.answer(self._registered(app), user_id, template, kept[template.id], always=True)
            else:
                asked.append(template)
        if not asked:
            return Answered(answers, [])
        said, always = await self._answers(app, rules, asked)
        for template in asked:
            answers[template.id] = said[template.id]
            self._server.answer(self._registered(app), user_id, template, said[template.id], always=always)
        in_order = {template.id: answers[template.id] for template in templates}
        return Answered(in_order, [template.id for template in asked], always)

    async def _answers(self, app: App, rules: Rules, asked: list[Template]) -> tuple[dict[str, str], bool]:
        """What the person says to each of these, and whether that is for good."""
        shown = {"appid": app.appid, "templates": {template.id: template.title for template in asked}}
        default = {"answers": {}, "always": False, "cancel": False}
        answer = await self.phone.person.answer(Question("subscribe", shown, default))
        check_words("subscribe", answer)
        if answer["cancel"] and rules.cancels is not None:
            raise rules.cancels.again()
        usual = REJECT if answer["cancel"] else ACCEPT
        said = {template.id: answer["answers"].get(template.id, usual) for template in asked}
        return said, bool(answer["always"])


def _ids(options: Options, rules: Rules) -> list[str]:
    """The templates that the program names, each once."""
    given: Any = options.get("tmplIds")
    if given is None or given == []:
        raise rules.no_template.again()
    if js_type(given) != "Array" or not all(isinstance(id, str) and id for id in given):
        raise rules.wrong.again()
    if len(given) > rules.most:
        raise rules.too_many.again()
    return list(dict.fromkeys(given))


def _there(found: list[Template | None]) -> list[Template]:
    return [template for template in found if template is not None]


def _told(app: App, outcome: Answered) -> Result:
    """What a program is told of the answers, in its vendor's form."""
    tell = of_vendor(_TELL, app, None)
    return dict(outcome.answers) if tell is None else tell(outcome)


def _told_of_alipay(outcome: Answered) -> Result:
    """The page of `my.requestSubscribeMessage`."""
    accepted = [id for id, answer in outcome.answers.items() if answer == ACCEPT]
    added = [id for id in accepted if id in outcome.asked]
    return {
        **{id: ACCEPT if id in accepted else REJECT for id in outcome.answers},
        "behavior": "subscribe",
        "keep": bool(outcome.always and accepted),
        "refuse": bool(outcome.always and not accepted),
        "show": bool(outcome.asked),
        "result": {
            "subscribeEntityIds": accepted,
            "subscribedEntityIds": accepted,
            "unsubscribedEntityIds": [id for id in outcome.answers if id not in accepted],
            "currentSubscribedEntityIds": added,
        },
    }


def _told_of_douyin(outcome: Answered) -> Result:
    """The page of `tt.requestSubscribeMessage`: beside each answer the settings of what was ticked."""
    settings = {
        id: _settings_of(answer, always=outcome.always or id not in outcome.asked)
        for id, answer in outcome.answers.items()
        if answer == ACCEPT
    }
    return {**outcome.answers, "templateSettings": settings}


def _settings_of(answer: str, *, always: bool) -> Result:
    """What Douyin tells of one template: @douyin-microapp/typings 1.3.1, setting.d.ts."""
    reminder = {"reminderType": "message_notice", "reminderStatus": answer}
    return {"status": answer, "alwaysSubscribe": always, "allowReminderWay": [reminder]}


_TELL = {"my": _told_of_alipay, "tt": _told_of_douyin}
