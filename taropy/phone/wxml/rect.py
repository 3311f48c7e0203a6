"""Rectangles, in px."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

Numbers = dict[str, float]


@attrs.frozen
class Rect:
    """A rectangle: where its corner is, and how large it is."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def area(self) -> float:
        """Width times height."""
        return self.width * self.height

    def moved(self, left: float, top: float) -> Rect:
        """The same rectangle elsewhere."""
        return Rect(self.left + left, self.top + top, self.width, self.height)

    def grown(self, margins: Mapping[str, float]) -> Rect:
        """Each side moved outward by its margin, `left`, `right`, `top`, `bottom`; inward by a negative one."""
        left, top = margins.get("left", 0), margins.get("top", 0)
        return Rect(
            self.left - left,
            self.top - top,
            max(self.width + left + margins.get("right", 0), 0),
            max(self.height + top + margins.get("bottom", 0), 0),
        )

    def common(self, other: Rect) -> Rect:
        """What both cover; nothing is `NOWHERE`."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        width, height = min(self.right, other.right) - left, min(self.bottom, other.bottom) - top
        return Rect(left, top, width, height) if width >= 0 and height >= 0 else NOWHERE

    def edges(self) -> Numbers:
        """Where its four sides are, as programs are told."""
        return {"left": self.left, "right": self.right, "top": self.top, "bottom": self.bottom}

    def size(self) -> Numbers:
        """How large it is, as programs are told."""
        return {"width": self.width, "height": self.height}


NOWHERE = Rect(0, 0, 0, 0)
