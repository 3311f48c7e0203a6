"""`Messages`: what the vendors know of the messages that people subscribe to."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from ...hints import check_word
from ..core.apps import default_appid
from ..core.clock import Clock
from ..core.guarded import Guarded
from ..core.telling import Showing, count
from . import identity
from .records import RegisteredApp, Store, key_of
from .refusals import Reason, Refused
from .templates import (
    KINDS,
    ONCE,
    FormSubscription,
    Published,
    ServiceMessage,
    Subscription,
    Switch,
    Template,
    Ticket,
    text_of,
    wrong_field,
)

ACCEPT = "accept"
REJECT = "reject"
ANSWERS = (ACCEPT, REJECT)

#: How long a device's ticket is good: `wx.requestSubscribeDeviceMessage`.
TICKET_LIFETIME = 300


class Messages(Showing, Guarded):
    """Templates of messages, who has subscribed to which, and what was sent.

    An app whose developer has picked no template may use any id, each good for one message; once there is one, every
    other id is refused. Likewise a message may lead to any page until `publish` has told which there are.
    """

    _in_messages = "phone.open_platform.messages"

    def __init__(self, store: Store, clock: Clock, user_named: Callable[[str, str], str | None]) -> None:
        self._store = store
        self._clock = clock
        self._user_named = user_named
        self._templates = store.table("template", Template)
        self._subscriptions = store.table("subscription", Subscription)
        self._forms = store.table("form", FormSubscription)
        self._switches = store.table("switch", Switch)
        self._published = store.table("published", Published)
        self._tickets = store.table("ticket", Ticket)
        self._sent = store.table("message", ServiceMessage)

    def in_words(self) -> Iterator[str]:
        """How many templates and messages there are."""
        yield count(len(self._templates.rows), "templates")
        yield count(len(self._sent.rows), "messages")

    # --- what a developer does in the vendor's console -----------------------------------------------------------

    def template(
        self,
        id: str,
        title: str,
        fields: Mapping[str, str] | None = None,
        *,
        kind: str = ONCE,
        banned: bool = False,
        model: str = "",
        appid: str | None = None,
        platform: str = "weapp",
    ) -> Template:
        """Picks a template for an app, or changes it.

        - `fields`: the names of its values, `{"thing1": "Goods", "time2": "Sent at"}`. What a name begins with says
          what the value may look like, by WeChat's rules.
        - `kind`: "once", good for one message each time that somebody agrees; "lasting"; or "device", for those of the
          devices of a `model`.
        - `banned`: whether the vendor has banned it.
        - `appid`: by default that of the app that a phone has on the platform.
        """
        check_word(kind, KINDS, "there is no template of a kind {!r}")
        key = key_of(platform, appid or default_appid(platform))
        made = Template(key, id, title, dict(fields or {}), kind, model, banned)
        with self._store.changing():
            self._templates.put(f"{key}\n{id}", made)
        return made

    def publish(self, pages: Iterable[str], *, appid: str | None = None, platform: str = "weapp") -> None:
        """Says which pages the app has in its published version: a message that leads to another is refused."""
        with self._store.changing():
            routes = [page.lstrip("/") for page in pages]
            self._published.put(key_of(platform, appid or default_appid(platform)), Published(routes))

    def templates(self, app_key: str) -> list[Template]:
        """The app's templates, in the order in which they were picked."""
        self._store.refresh()
        return [template for template in self._templates.rows.values() if template.app_key == app_key]

    # --- what a person does on a phone ---------------------------------------------------------------------------

    def found(self, app_key: str, id: str) -> Template | None:
        """The template, or one without a title for any id if the app has none; None if it has others."""
        templates = self.templates(app_key)
        if not templates:
            return Template(app_key, id, "", {})
        return next((template for template in templates if template.id == id), None)

    def kept(self, app_key: str, user_id: str) -> dict[str, str]:
        """The answers that the person does not want to be asked for again, by template; of a banned one "ban"."""
        self._store.refresh()
        kept = {one.template: one.kept for one in self._of(app_key, user_id) if one.kept}
        banned = {one.id for one in self.templates(app_key) if one.banned}
        return {template: "ban" if template in banned else answer for template, answer in kept.items()}

    def answer(self, app: RegisteredApp, user_id: str, template: Template, answer: str, *, always: bool) -> None:
        """Has the person accept or reject the template, for now or for good."""
        check_word(answer, ANSWERS, "nobody answers {!r} to a template")
        keeps = always or (answer == ACCEPT and template.kind != ONCE)
        with self._store.changing():
            known = self._subscription(app, user_id, template)
            more = 1 if answer == ACCEPT and template.kind == ONCE else 0
            kept = answer if keeps else known.kept if template.kind == ONCE else ""
            self._put(attrs.evolve(known, left=known.left + more, kept=kept))

    def end(self, app_key: str, user_id: str, templates: Iterable[str] | None = None) -> None:
        """Ends the person's subscriptions to these templates, or to all: nothing more is received, answers go."""
        with self._store.changing():
            for one in list(self._of(app_key, user_id)):
                if templates is None or one.template in templates:
                    self._subscriptions.drop(_subscription_key(one))

    def is_on(self, app_key: str, user_id: str) -> bool:
        """Whether the person lets the app send any message at all."""
        self._store.refresh()
        return self._switches.rows.get(f"{app_key}\n{user_id}", Switch(True)).on

    def switch(self, app_key: str, user_id: str, on: bool) -> None:
        """Turns all messages of the app on or off for the person."""
        with self._store.changing():
            self._switches.put(f"{app_key}\n{user_id}", Switch(on))

    def inbox(self, user_id: str) -> list[ServiceMessage]:
        """What was sent to the person, of whatever app, oldest first."""
        self._store.refresh()
        mine = [message for message in self._sent.rows.values() if message.user_id == user_id]
        return sorted(mine, key=lambda message: (message.at, message.id))

    def form(self, app_key: str, user_id: str, template: str, subscription: str, *, on: bool) -> FormSubscription:
        """Baidu's: subscribes to the template by a form, or ends that."""
        now = self._clock.now()
        key = f"{app_key}\n{user_id}\n{template}\n{subscription}"
        with self._store.changing():
            known = self._forms.rows.get(key)
            form_id = known.form_id if known is not None else secrets.token_hex(16)
            made = FormSubscription(app_key, user_id, template, subscription, form_id, on, now)
            self._forms.put(key, made)
        return made

    def form_of(self, app_key: str, user_id: str, template: str, subscription: str) -> FormSubscription | None:
        """What the form has subscribed to, if it ever has."""
        self._store.refresh()
        return self._forms.rows.get(f"{app_key}\n{user_id}\n{template}\n{subscription}")

    # --- what a backend does --------------------------------------------------------------------------------------

    def send(
        self,
        app: RegisteredApp,
        openid: str,
        template_id: str,
        data: Mapping[str, Any],
        page: str = "",
        *,
        state: str = "formal",
        lang: str = "zh_CN",
    ) -> ServiceMessage:
        """Sends a message to the person who has this name in the app. Raises `Refused` if that may not be.

        `data` has `{"value": …}` for each field. A template that is good for one message is good for one less then.
        """
        with self._store.changing():
            user_id = self._user(app, openid)
            if user_id is None:
                raise Refused(Reason.WRONG_OPENID)
            template = self.found(app.key, template_id) if template_id else None
            if template is None:
                raise Refused(Reason.WRONG_TEMPLATE)
            wrong = wrong_field(template, data)
            if wrong is not None or not data:
                raise Refused(Reason.WRONG_TEMPLATE_DATA, wrong or "data is empty")
            self._check_page(app, page)
            self._take(app, user_id, template)
            message = self._message(app, user_id, template, data, page, state, lang)
            self._sent.put(message.id, message)
            return message

    def ticket(self, app: RegisteredApp, device: str, model: str) -> str:
        """A ticket with which a program may ask for the messages of a device, for five minutes."""
        with self._store.changing():
            value = secrets.token_urlsafe(48)
            self._tickets.put(value, Ticket(app.key, device, model, self._clock.now() + TICKET_LIFETIME))
            return value

    def ticketed(self, value: str) -> Ticket | None:
        """What the ticket is for; it may have ended."""
        self._store.refresh()
        return self._tickets.rows.get(value)

    # --- its own --------------------------------------------------------------------------------------------------

    def _of(self, app_key: str, user_id: str) -> Iterable[Subscription]:
        return (one for one in self._subscriptions.rows.values() if (one.app_key, one.user_id) == (app_key, user_id))

    def _subscription(self, app: RegisteredApp, user_id: str, template: Template) -> Subscription:
        fresh = Subscription(app.key, user_id, identity.openid(app, user_id), template.id)
        return self._subscriptions.rows.get(_subscription_key(fresh), fresh)

    def _put(self, subscription: Subscription) -> None:
        self._subscriptions.put(_subscription_key(subscription), subscription)

    def _user(self, app: RegisteredApp, openid: str) -> str | None:
        named = (
            one.user_id for one in self._subscriptions.rows.values() if (one.app_key, one.openid) == (app.key, openid)
        )
        return next(named, None) or self._user_named(app.key, openid)

    def _check_page(self, app: RegisteredApp, page: str) -> None:
        published = self._published.rows.get(app.key)
        if page and published is not None and page.partition("?")[0].lstrip("/") not in published.routes:
            raise Refused(Reason.WRONG_PAGE)

    def _take(self, app: RegisteredApp, user_id: str, template: Template) -> None:
        """One message less, of a template that is good for one each time."""
        known = self._subscription(app, user_id, template)
        good = known.left > 0 and known.kept != REJECT if template.kind == ONCE else known.kept == ACCEPT
        if template.banned or not good or not self.is_on(app.key, user_id):
            raise Refused(Reason.NOT_SUBSCRIBED)
        if template.kind == ONCE:
            self._put(attrs.evolve(known, left=known.left - 1))

    def _message(
        self,
        app: RegisteredApp,
        user_id: str,
        template: Template,
        data: Mapping[str, Any],
        page: str,
        state: str,
        lang: str,
    ) -> ServiceMessage:
        values = {name: text_of(data[name]) for name in template.fields or data}
        lines = {template.fields.get(name, name): value for name, value in values.items()}
        now = self._clock.now()
        id = f"{len(self._sent.rows):08d}{secrets.token_hex(4)}"  # in their order, also of those of one moment
        return ServiceMessage(id, app.key, user_id, template.id, template.title, values, lines, page, now, state, lang)


def _subscription_key(one: Subscription) -> str:
    return f"{one.app_key}\n{one.user_id}\n{one.template}"
