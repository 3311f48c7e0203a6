"""What lies outside an app's folders, for tests that nothing of it is read or changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import attrs

from taropy.phone import Phone

SECRET = "the canary sings"
#: The name of another file beside the canary, which no hostile path says: who knows it has looked there.
UNNAMED = "nightingale.txt"


@attrs.frozen
class Outside:
    """A folder with a phone in it, and with things that a program on the phone must not reach.

    `phone` has the app under test; `canary` is a file beside the phone, `other` a file of another app on it.
    """

    folder: Path
    phone: Phone
    canary: Path
    other: Path

    @classmethod
    def around(cls, folder: Path) -> Outside:
        """Lays everything out in `folder`."""
        phone = Phone(folder / "phone")
        secrets = folder / "outside"
        secrets.mkdir()
        canary = secrets / "canary.txt"
        canary.write_text(SECRET)
        (secrets / UNNAMED).write_text(SECRET)
        phone.native("tt").getFileSystemManager().writeFileSync("ttfile://user/other.txt", SECRET)
        other = next((folder / "phone" / "files").glob("tt@*/usr/other.txt"))
        return cls(folder, phone, canary, other)

    @property
    def inside(self) -> Path:
        """Where the app under test may write."""
        return self.phone.files.writable(self.phone.app("weapp"), "wxfile://usr/x").parent

    def state(self) -> dict[str, Any]:
        """Everything that is there but what is the app's own, and whatever would tell of a change."""
        own = self.inside.parent
        found = {}
        for above, directories, names in os.walk(self.folder):
            directories[:] = [name for name in directories if Path(above, name) != own]
            for name in [*directories, *names]:
                path = Path(above, name)
                status = path.lstat()
                content = path.read_bytes() if path.is_file() else b""
                found[str(path)] = (status.st_mode, status.st_ino, status.st_size, status.st_nlink, content)
        return found

    def plant_links(self) -> None:
        """Puts links that lead out where a program can name them: to a file, to directories, over two steps."""
        links = {"link.txt": self.canary, "linked": self.canary.parent, "up": self.folder, "dir/deep": "../linked"}
        _clear(self.inside / "dir")
        (self.inside / "dir").mkdir()
        for name, target in links.items():
            _clear(self.inside / name)
            (self.inside / name).symlink_to(target)


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
