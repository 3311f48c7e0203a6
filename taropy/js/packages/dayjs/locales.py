"""The locales that dayjs knows, and which one is in use."""

from __future__ import annotations

from typing import Any

from ...missing import is_nullish
from ...obj import Obj

ENGLISH: Obj = Obj(
    name="en",
    weekdays=["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    months=[
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ],
    ordinal=lambda number, period=None: f"[{number}{_ending(int(number))}]",
)  # fmt: skip


def _ending(number: int) -> str:
    return "th" if number % 100 // 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


class Locales:
    """The locales by name; `current` is that of new dates."""

    def __init__(self) -> None:
        self.known: dict[str, Any] = {"en": ENGLISH}
        self.current: str = "en"

    def choose(self, preset: Any, locale: Any = None, *, only_asked: bool = False) -> str | None:
        """Takes a locale in, and makes it the current one unless it is `only_asked` for; its name.

        `preset` is a name, with the locale of that name if it is a new one, or a locale. An unknown name changes
        nothing; `zh-xx` is `zh` if that is known.
        """
        if is_nullish(preset) or preset == "":
            return self.current
        name = None
        if isinstance(preset, str):
            lower = preset.lower()
            if not is_nullish(locale):
                self.known[lower] = locale
            name = lower if lower in self.known else None
            if name is None and "-" in preset:
                return self.choose(preset.split("-")[0])
        else:
            name = preset.name
            self.known[name] = preset
        if name is not None and not only_asked:
            self.current = name
        return name or (None if only_asked else self.current)
