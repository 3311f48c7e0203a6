"""What a phone remembers of what has happened, for tests to read."""

from __future__ import annotations

from typing import TypeVar

Item = TypeVar("Item")

#: How many of each: more than a test looks at, and little for a phone that lives for days.
REMEMBERED = 1000


class Remembered(list[Item]):
    """A list that grows by `append` alone, and has the last thousand then, oldest first."""

    def append(self, item: Item) -> None:
        super().append(item)
        if len(self) > REMEMBERED:
            del self[0]
