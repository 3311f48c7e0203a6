"""What has changed since a folder was ported: by hand, in the originals, or in how they are ported."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import attrs

from .folder import Snapshot, is_made, text_of
from .merging import Merge, merged
from .source_map import SourceMap, Written

#: What the two sides of a merge are called in its marks.
NAMES = ("changed by hand", "ported now")


@attrs.frozen(slots=False)
class File:
    """A file of a port: as it was ported, as it is, and as it would be ported now; None where there is none."""

    target: str
    was: Written | None
    text: str | None
    now: Written | None

    @property
    def old(self) -> str | None:
        """The text as it was ported."""
        return None if self.was is None else self.was.text

    @property
    def new(self) -> str | None:
        """The text as it would be ported now."""
        return None if self.now is None else self.now.text

    @property
    def by_hand(self) -> bool:
        """Whether somebody has changed, added or deleted it."""
        return self.text not in (self.old, self.new)

    @property
    def outdated(self) -> bool:
        """Whether porting it again gives something that is not there."""
        return self.new not in (self.old, self.text)

    @cached_property
    def merge(self) -> Merge | None:
        """Both changes together; None where there is no file in the end.

        What one side has deleted, and the other has changed, stays as that has it.
        """
        if self.text is None and not self.outdated:
            return None
        if self.new is None and not self.by_hand:
            return None
        if self.new is None or not self.outdated:
            return Merge(self.text or "", ())
        if not self.by_hand or self.text is None:
            return Merge(self.new, ())
        return merged(self.old or "", self.text, self.new, names=NAMES)

    @property
    def told(self) -> str:
        """What has become of it, in words; "" where nothing has."""
        return " and ".join(filter(None, [self._by_hand(), self._outdated()])) + self._meeting()

    def _by_hand(self) -> str:
        if not self.by_hand:
            return ""
        return "added by hand" if self.was is None else "deleted by hand" if self.text is None else "changed by hand"

    def _outdated(self) -> str:
        if not self.outdated:
            return ""
        if self.now is None:
            return f"its original {self.was.source if self.was else ''} is gone"
        if self.was is None:
            return f"{self.now.source} is new"
        if self.was.digest != self.now.digest:
            return f"{self.now.source} has changed since"
        return f"{self.now.source} is ported otherwise now"

    def _meeting(self) -> str:
        if not self.by_hand or not self.outdated or self.text is None or self.new is None or self.merge is None:
            return ""
        count = len(self.merge.conflicts)
        return f": they meet in {count} place{'s' if count > 1 else ''}" if count else ": they do not meet"


def compare(folder: Path, was: SourceMap, now: SourceMap) -> Iterator[File]:
    """All files of a port, sorted. A module whose original is there, but is not ported now, is left as it was.

    ValueError for a file of the port that is no text in UTF-8.
    """
    there = {str(path) for path in Snapshot.of(folder).files if not is_made(folder, path)}
    known = {*was.modules, *now.modules}
    for target in sorted({*known, *there}):
        text = _text(folder / target) if target in known else ""
        before = was.modules.get(target)
        after = now.modules.get(target)
        if after is None and before is not None and (folder / was.root / before.source).exists():
            after = before
        yield File(target, before, text, after)


def _text(path: Path) -> str | None:
    if not path.exists():
        return None
    text = text_of(path)
    if text is None:
        raise ValueError(f"{path} is no text in UTF-8")
    return text
