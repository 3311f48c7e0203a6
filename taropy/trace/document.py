"""A trace as a file: a page of HTML that needs nothing else, and JSON."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Template
from typing import Any

import attrs

from .. import __version__
from ..html import Html, element, joined
from ..writing import write_whole
from .entries import Entry
from .picture import FONT, described, drawing, view_box
from .recording import Recording
from .screen import Screen
from .timeline import milliseconds, style, timeline, told_of

#: The form of the JSON; it changes when a reader of the one before would misread it.
FORMAT = 1
#: So many different screens are drawn, the last ones; and so much of a program's output is kept.
MOST_SCREENS, MOST_OUTPUT = 300, 100_000


@attrs.frozen
class About:
    """What a trace is of.

    - `name`: a test's id, or a program's file; `outcome`: `"passed"`, `"failed"`, ….
    - `error`: what it failed with, in one line, as `shop.py:12: AssertionError`; `trace`: all that was said of it.
    - `output`: what it has written, under titles.
    """

    name: str
    outcome: str
    error: str = ""
    trace: str = ""
    output: Sequence[tuple[str, str]] = ()


def write(recording: Recording, about: About, file: Path) -> None:
    """Writes the trace as a page into `file`, and as JSON beside it, each whole or not at all; folders are made.

    A `file` that ends with `.json` gets the JSON, and there is no page.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    document = _Document(recording, about)
    if file.suffix != ".json":
        write_whole(file, document.page())
    write_whole(file.with_suffix(".json"), document.json())


class _Document:
    """A trace that has ended, and what it is of."""

    def __init__(self, recording: Recording, about: About) -> None:
        recording.end()
        self.recording = recording
        self.about = attrs.evolve(
            about,
            error=recording.shown(about.error),
            trace=_cut(recording.shown(about.trace)),
            output=[(title, _cut(recording.shown(text))) for title, text in about.output if text],
        )
        self.entries: Sequence[Entry] = list(recording.entries)
        screens = dict.fromkeys(entry.screen for entry in self.entries if entry.screen is not None)
        if recording.last_screen is not None:
            screens.setdefault(recording.last_screen)
        #: The different screens, by number.
        self.screens: Mapping[Screen, int] = {screen: n for n, screen in enumerate(list(screens)[-MOST_SCREENS:], 1)}
        self.network = [entry for entry in self.entries if entry.is_network]

    # --- JSON -----------------------------------------------------------------------------------------------------

    def json(self) -> str:
        recording, about = self.recording, self.about
        document = {
            "format": FORMAT,
            "taropy": __version__,
            "name": about.name,
            "outcome": about.outcome,
            "platforms": recording.platforms,
            "phone": recording.phone.device_name,
            "began": datetime.fromtimestamp(recording.began, UTC).isoformat(timespec="milliseconds"),
            "duration": round(recording.duration, 3),
            "error": about.error or None,
            "trace": about.trace or None,
            "handlerErrors": recording.handler_errors,
            "leftOut": recording.left_out,
            "calls": [self._call(entry) for entry in self.entries],
            "screens": [attrs.asdict(screen) for screen in self.screens],
            "lastScreen": self._number(recording.last_screen),
            "output": dict(about.output),
        }
        return json.dumps(document, indent=1) + "\n"

    def _call(self, entry: Entry) -> dict[str, Any]:
        """A call as JSON has it: what there is to be said of it."""
        told = {
            "number": entry.number,
            "api": entry.api,
            "began": round(entry.began, 3),
            "clock": entry.clock,
            "duration": None if entry.duration is None else round(entry.duration, 3),
            "outcome": entry.outcome,
            "options": entry.options,
            "callbacks": entry.callbacks or None,
            "result": entry.result,
            "error": entry.error or None,
            "errorFields": entry.error_fields or None,
            "place": entry.place or None,
            "code": entry.code or None,
            "network": entry.exchange() if entry.is_network else None,
            "screen": self._number(entry.screen),
        }
        always = {"result", "duration"}
        return {name: value for name, value in told.items() if value is not None or name in always}

    def _number(self, screen: Screen | None) -> int | None:
        return self.screens.get(screen) if screen is not None else None

    # --- the page -------------------------------------------------------------------------------------------------

    def page(self) -> str:
        script, css = _part("page.js"), _part("page.css")
        return Template(_part("page.html")).substitute(
            policy=f"default-src 'none'; style-src 'unsafe-inline'; script-src '{_hash(script)}'; base-uri 'none'; "
            "form-action 'none'",
            title=joined([f"{self.about.outcome}: {self.about.name}"]),
            style=f"{style()}{css}",
            script=script,
            symbols=joined(map(_symbol, self.screens, self.screens.values())),
            head=joined(self._head()),
            sections=joined(self._sections()),
            stage=self._stage(),
        )

    def _head(self) -> Iterator[Html]:
        recording, about = self.recording, self.about
        yield element("h1", element("span", about.outcome, class_=f"badge {_kind(about.outcome)}"), " ", about.name)
        began = datetime.fromtimestamp(recording.began).isoformat(" ", "seconds")
        calls = len(self.entries) + recording.left_out
        facts = [
            ", ".join(recording.platforms), recording.phone.device_name, began, milliseconds(recording.duration),
            f"{calls} call{'' if calls == 1 else 's'}", f"taropy {__version__}",
        ]  # fmt: skip
        yield element("p", " · ".join(filter(None, facts)), class_="facts")

    def _sections(self) -> Iterator[Html]:
        errors = [*([self.about.error] if self.about.error else []), *self.recording.handler_errors]
        if errors or self.about.trace:
            yield _section(
                "error", "Error", *(element("pre", error, class_="error") for error in errors), self._trace()
            )
        if self.screens:
            yield _section("screens", "Screens", element("ol", *self._film(), class_="film"))
        yield _section("calls", "Calls", *self._calls())
        if self.network:
            yield _section("network", "Network", self._network())
        for number, (title, text) in enumerate(self.about.output, 1):
            yield _section(f"output-{number}", title, element("pre", text))

    def _trace(self) -> Html | None:
        if not self.about.trace:
            return None
        return element("details", element("summary", "The whole report"), element("pre", self.about.trace))

    def _film(self) -> Iterator[Html]:
        """Each screen once, with the call after which it was seen first."""
        first: dict[Screen, Entry] = {}
        for entry in self.entries:
            if entry.screen is not None:
                first.setdefault(entry.screen, entry)
        for screen in self.screens:
            call = first.get(screen)
            said = f"{call.number} {call.api}" if call is not None else "at the end"
            drawn = [self._use(screen), element("span", said)]
            yield element(
                "li", element("a", *drawn, href=f"#call-{call.number}") if call is not None else joined(drawn)
            )

    def _calls(self) -> Iterator[Html]:
        if self.recording.left_out:
            yield element("p", f"{self.recording.left_out:,} earlier calls are left out.", class_="note")
        if not self.entries:
            yield element("p", "Nothing was called on the phone.", class_="note")
            return
        yield element(
            "div",
            element(
                "label", "Filter ", element("input", type="search", id="filter", placeholder="name, option, error")
            ),
            element("span", "↑ ↓ move, Enter opens, N next failure, / filter", class_="note"),
            class_="tools",
        )
        yield timeline(self.entries, seen=self._use, prefix="call")

    def _network(self) -> Html:
        heads = ("Method", "URL", "Status", "Time")
        return element(
            "div",
            element(
                "table",
                element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
                element("tbody", *map(self._exchange, self.network)),
            ),
            class_="wide",
        )

    def _exchange(self, entry: Entry) -> Html:
        exchange = entry.exchange()
        status = exchange["status"] if exchange["status"] is not None else told_of(entry) or entry.outcome
        link = element("a", exchange["url"] or entry.api, href=f"#call-{entry.number}")
        wrong = entry.outcome == "error" or (isinstance(status, int) and status >= 400)
        return element(
            "tr",
            element("td", exchange["method"]),
            element("td", link, class_="url"),
            element("td", status, class_="taro-wrong" if wrong else None),
            element("td", milliseconds(entry.duration), class_="taro-ms"),
        )

    def _stage(self) -> Html:
        """Where the screen after the call that is looked at is shown, large; the last one at first."""
        last = self.recording.last_screen
        drawn = self._use(last) if last is not None else None
        return element("figure", drawn, element("figcaption", "at the end"), id="stage")

    def _use(self, screen: Screen) -> Html | None:
        """The screen's picture, which stands in the page once; None for one of those that are left out."""
        number = self.screens.get(screen)
        if number is None:
            return None
        return element(
            "svg", element("use", href=f"#screen-{number}"),
            class_="taro-phone", viewBox=view_box(screen), role="img", aria_label=described(screen),
        )  # fmt: skip


def _section(name: str, title: str, *content: Html | None) -> Html:
    return element(
        "section", element("h2", title, id=f"{name}-title"), *content, id=name, aria_labelledby=f"{name}-title"
    )


def _symbol(screen: Screen, number: int) -> Html:
    return element("symbol", drawing(screen), id=f"screen-{number}", viewBox=view_box(screen), font_family=FONT)


def _kind(outcome: str) -> str:
    return outcome if outcome in ("passed", "failed") else "other"


def _cut(text: str) -> str:
    """The end of a text that is too long: what was written last is what it failed at."""
    return (
        text if len(text) <= MOST_OUTPUT else f"… {len(text) - MOST_OUTPUT:,} characters before\n{text[-MOST_OUTPUT:]}"
    )


def _hash(script: str) -> str:
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"


@cache
def _part(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")
