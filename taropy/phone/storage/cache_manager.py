"""The responses that a program keeps for when the network is weak or gone.

Facts: developers.weixin.qq.com/miniprogram/dev/api/storage/cachemanager and "framework/performance/weak-network". The
functions beside `request` that WeChat caches (`login`, `checkSession`, `getSetting`) need no network here.
"""

from __future__ import annotations

import inspect
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import plain
from ..core.javascript import json_of
from ..core.listening import Listener
from ..core.options import Buffers, function, mapping, optional, string, strings, word, wrong_type
from ..core.room import Manager, Room
from ..core.saved import Saved, is_app_key
from ..core.stored import Undecodable, decode, encode
from .cache_rules import Rule, make

if TYPE_CHECKING:
    from ..core.faces import Phone

    Send = Callable[[], Awaitable[Result]]

DAY = 86_400_000
USUAL_AGE, LONGEST_AGE = 7 * DAY, 30 * DAY
MODES = ("weakNetwork", "always", "none")
UNUSED, USED = 0, 1
REQUEST, ENTER, EXIT = "request", "enterWeakNetwork", "exitWeakNetwork"

# WeChat says that there is a limit and not which; the least recently used response goes first.
MOST_KEPT = 1000

# What of a request's options its event tells.
TOLD = ("url", "data", "header", "timeout", "method", "dataType", "responseType")


@attrs.frozen
class Kept:
    """A response that is kept: for which rule, as text, since when and for how long, in milliseconds."""

    rule_id: str
    text: str
    made: float
    max_age: float


Shelf = OrderedDict[str, Kept]


class CacheManagers(Room, name="caches"):
    """The cache manager of each app, as far as its program has made one, and the responses that are kept for it.

    A phone with a folder writes the responses to it when it is closed.
    """

    STATE = ("_shelves",)
    FILE = "cache-manager.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._managers: dict[str, CacheManager] = {}
        self._saved = Saved(phone, self.FILE, dict[str, dict[str, Kept]], is_app_key)
        self._written = self._saved.load({})
        self._shelves: dict[str, Shelf] = {key: OrderedDict(shelf) for key, shelf in self._written.items()}

    def shelf(self, app: App) -> Shelf:
        """The responses that are kept for the app, by their cache ids, the one used least recently first."""
        return self._shelves.setdefault(app.key, OrderedDict())

    def end(self, app: App) -> None:
        """Has the program's manager answer no more, and another program make its own."""
        manager = self._managers.get(app.key)
        if manager is not None and manager.app is app:
            del self._managers[app.key], self.phone.network.around[app.key]
            manager.leave()

    def close(self) -> None:
        """Writes the responses to the phone's folder, if it has one and they are others than those there."""
        shelves = {key: dict(shelf) for key, shelf in self._shelves.items() if shelf}
        if shelves != self._written:
            # If there is no room for them, the next program asks the network.
            with suppress(Fail):
                self._saved.keep(shelves)
                self._written = shelves

    @plain
    def createCacheManager(self, app: App, options: Any = None) -> CacheManager:
        """The app's `CacheManager`; it has one, which a second call gives again as it is.

        `origin` completes rules that are a path alone. `mode`: whether what is cached is used in a `weakNetwork`, the
        default, `always`, or only after `start` (`none`). `maxAge`: for how many milliseconds, 7 days unless it is
        given, and at most 30.
        """
        known = self._managers.get(app.key)
        if known is None:
            known = self._managers[app.key] = CacheManager(self.phone, app, mapping(options))
            self.phone.network.around[app.key] = known.through
        return known


class CacheManager(Manager):
    """What `createCacheManager` gives.

    Responses to requests that match a rule are kept while the network is good. While the manager is in use such a
    request is told as the event `request` instead of being sent, and the listener answers: with a response, say that of
    `match`, or a promise of one; a failure fails the request. A listener that answers nothing lets the request go out.
    """

    def __init__(self, phone: Phone, app: App, options: Options) -> None:
        super().__init__(phone, app)
        mode = word(options, "mode", MODES, MODES[0])
        self.mode: str = mode
        self.origin: str = optional(options, "origin", "String", "")
        self.maxAge: float = min(optional(options, "maxAge", "Number", USUAL_AGE), LONGEST_AGE)
        self._started = False
        self._rules: dict[str, Rule] = {}
        self._answering: list[Listener] = []
        self._weak = self._is_weak()
        for event in ("weak", "status"):
            phone.network.listeners.on(event, self._look)

    def leave(self) -> None:
        """Looks at the network no more."""
        for event in ("weak", "status"):
            self.phone.network.listeners.off(event, self._look)

    @property
    def state(self) -> int:
        """1 while what is cached is used, else 0."""
        if self.mode == "none":
            return USED if self._started else UNUSED
        return USED if self.mode == "always" or self._is_weak() else UNUSED

    # --- rules -------------------------------------------------------------------------------------------------

    @plain
    def addRule(self, app: App, rule: Any = None) -> str:
        """Adds a rule, and gives its id; one with the same id is replaced."""
        made = make(rule, self.origin, self._new_id())
        self._rules[made.id] = made
        return made.id

    @plain
    def addRules(self, app: App, rules: Any = None) -> list[str]:
        """Adds several."""
        if not isinstance(rules, list | tuple):
            raise wrong_type("parameter", "Array", rules)
        return [self.addRule(rule) for rule in rules]

    @plain
    def deleteRule(self, app: App, id: Any = None) -> None:
        """Removes a rule, and what is kept by it."""
        self._forget_rules([string(id)])

    @plain
    def deleteRules(self, app: App, ids: Any = None) -> None:
        """Removes several."""
        self._forget_rules(_ids(ids))

    @plain
    def clearRules(self, app: App) -> None:
        """Removes all of them."""
        self._rules.clear()
        self._kept.clear()

    # --- what is kept ------------------------------------------------------------------------------------------

    @plain
    def match(self, app: App, evt: Any = None) -> Result | None:
        """What is kept for the request of a `request` event; None if there is nothing, or if it is too old."""
        if not isinstance(evt, Mapping):
            raise wrong_type("parameter", "Object", evt)
        rule = self._rule_for(evt)
        cache_id = None if rule is None else _cache_id(rule, evt)
        kept = None if cache_id is None else self._kept.get(cache_id)
        if cache_id is None or kept is None or kept.made + kept.max_age <= self._now():
            return None
        response = _response(kept.text)
        if response is None:
            return None
        self._kept.move_to_end(cache_id)
        told = {"ruleId": kept.rule_id, "cacheId": cache_id, "data": {**response, "fromCache": True}}
        return {**told, "createTime": kept.made, "maxAge": kept.max_age}

    @plain
    def deleteCache(self, app: App, id: Any = None) -> None:
        """Forgets one response, by its `cacheId`."""
        self._kept.pop(string(id), None)

    @plain
    def deleteCaches(self, app: App, ids: Any = None) -> None:
        """Forgets several."""
        for id in _ids(ids):
            self._kept.pop(id, None)

    @plain
    def clearCaches(self, app: App) -> None:
        """Forgets all of them."""
        self._kept.clear()

    # --- its use -----------------------------------------------------------------------------------------------

    @plain
    def start(self, app: App) -> None:
        """Has what is kept used, in the mode `none`; in the others the network decides, or it always is."""
        self._started = self.mode == "none"

    @plain
    def stop(self, app: App) -> None:
        """Has it used no more."""
        self._started = False

    @plain
    def on(self, app: App, eventName: Any = None, handler: Any = None) -> None:
        """Listens to `request`, `enterWeakNetwork` or `exitWeakNetwork`; of several for `request` the first answers."""
        event, listener = _known(eventName), function(handler)
        if event == REQUEST:
            self._answering.append(listener)
        else:
            self.listeners.on(event, listener)

    @plain
    def off(self, app: App, eventName: Any = None, handler: Any = None) -> None:
        """Takes a listener off; without one, all of the event."""
        event = _known(eventName)
        if event == REQUEST:
            self._answering = [one for one in self._answering if handler is not None and one != handler]
        else:
            self.listeners.off(event, handler)

    # --- for the network ---------------------------------------------------------------------------------------

    async def through(self, options: Options, send: Send) -> Result:
        """The result of a request of the app: the listener's while the manager is in use, else the network's."""
        rule = self._rule_for(options)
        if rule is None:
            return await send()
        if self.state == USED and self._answering:
            answer = await self._answered(options)
            if answer is not None:
                return answer
        result = await send()
        self._keep(rule, options, result)
        return result

    async def _answered(self, options: Options) -> Result | None:
        event = {name: options[name] for name in TOLD if name in options}
        try:
            answer = self._answering[0](event)
            if inspect.isawaitable(answer):
                answer = await answer
        except Exception as error:
            reason = str(getattr(error, "errMsg", error))
            raise Fail(reason.removeprefix("request:fail ")) from error
        return None if answer is None else {name: answer[name] for name in answer.keys() if name != "errMsg"}  # noqa: SIM118

    # --- its own -----------------------------------------------------------------------------------------------

    @property
    def _kept(self) -> Shelf:
        return CacheManagers.on(self.phone).shelf(self.app)

    def _rule_for(self, options: Options) -> Rule | None:
        return next((rule for rule in self._rules.values() if rule.matches(options)), None)

    def _keep(self, rule: Rule, options: Options, result: Result) -> None:
        cache_id = _cache_id(rule, options)
        if cache_id is None or isinstance(result["data"], Buffers) or not 200 <= result["statusCode"] < 300:
            return
        age = self.maxAge if rule.max_age is None else min(rule.max_age, LONGEST_AGE)
        self._kept[cache_id] = Kept(rule.id, encode(result), self._now(), age)
        self._kept.move_to_end(cache_id)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)

    def _forget_rules(self, ids: list[str]) -> None:
        for id in ids:
            self._rules.pop(id, None)
        for cache_id in [key for key, kept in self._kept.items() if kept.rule_id in ids]:
            del self._kept[cache_id]

    def _new_id(self) -> str:
        number = 1
        while f"rule-{number}" in self._rules:
            number += 1
        return f"rule-{number}"

    def _now(self) -> float:
        return self.phone.clock.now() * 1000

    def _is_weak(self) -> bool:
        network = self.phone.network
        return network.weak or not network.online

    def _look(self, *_: object) -> None:
        """Tells when the network has become weak, or good again."""
        weak = self._is_weak()
        if weak != self._weak:
            self._weak = weak
            self.listeners.tell_each(ENTER if weak else EXIT, dict)


def _response(text: str) -> Result | None:
    """What is kept as this text; None if the file was changed, and it is no response."""
    try:
        response = decode(text)
    except (Undecodable, Fail):
        return None
    return response if isinstance(response, dict) else None


def _known(event: Any) -> str:
    if event not in (REQUEST, ENTER, EXIT):
        raise Fail(f"parameter error: there is no event {event}")
    return str(event)


def _ids(ids: Any) -> list[str]:
    if not isinstance(ids, list | tuple):
        raise wrong_type("parameter", "Array", ids)
    return strings(ids, "parameter")


def _cache_id(rule: Rule, options: Options) -> str | None:
    """What a response is kept under; None if its request cannot be told from others, as one that sends bytes."""
    sent = options.get("data")
    try:
        data = None if isinstance(sent, Buffers) else json_of(sent)
    except (TypeError, ValueError, RecursionError):
        return None
    return data and f"{rule.id} {str(options.get('method') or 'GET').upper()} {options['url']} {data}"
