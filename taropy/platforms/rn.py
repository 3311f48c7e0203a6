"""`Taro` on rn."""

from . import taro_of

__getattr__ = taro_of("rn", __name__)
