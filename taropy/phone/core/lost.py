"""What is told when a program's call has no effect and phones keep silent: the page has no such component.

The program goes on as on a phone, where the console has a line at most.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from ...hints import close_to
from ...program import caller
from ...unheard import ProgramWarning, tell

if TYPE_CHECKING:
    from ...program import Place
    from .page import Page


class LostCallWarning(ProgramWarning, UserWarning):
    """A call has had no effect, and on a phone nothing says so: what it is about is not there.

    A canvas or a `video` that the page does not have, a picture that is not loaded, a worker that has ended. `place` is
    the file and the line of the program that has called.
    """


#: What was told already, by the page, canvas or worker that it was told of.
_told: WeakKeyDictionary[object, set[tuple[str, Place | None]]] = WeakKeyDictionary()


def tell_lost(of: object, text: str, place: Place | None = None) -> None:
    """Warns at that place, by default at the line of the program that calls; once of a page, canvas or worker."""
    place = place or caller()
    told = _told.setdefault(of, set())
    if (text, place) not in told:
        told.add((text, place))
        warning = LostCallWarning(text)
        warning.place = place
        tell(warning)


def lacks(page: Page, tag: str, name: object, names: Collection[str]) -> str:
    """That a page has no component of that tag and name, and which it has."""
    if page.nodes is None:
        known = ", as nobody has said what is on it: draw it, as phone.screen.draw does"
    elif name in names:
        known = " there; one of that name is in another component"
    else:
        known = close_to(str(name), names) or f"; there is {', '.join(map(repr, names)) or 'none'}"
    return f"the page {page.route} has no {tag} {name!r}{known}"
