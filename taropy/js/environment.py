"""What a build of Taro's puts into a program: for which platform it is."""

from __future__ import annotations

from ..runtime.taro import process_taro


def taro_env() -> str:
    """`process.env.TARO_ENV`: the platform's name, `weapp`, `h5`, …; after `taropy.use` the new one's."""
    return process_taro._runtime.platform.name
