"""The marks of tests, with types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ..typing import OtherPlatform, PlatformName


def platform(*names: PlatformName | OtherPlatform) -> pytest.MarkDecorator:
    """`@pytest.mark.platform(*names)`, of which type checkers and editors know what it takes.

    The test runs once per platform. A platform that a plugin brings is named by `taropy.typing.OtherPlatform`.
    """
    mark: pytest.MarkDecorator = pytest.mark.platform(*names)
    return mark
