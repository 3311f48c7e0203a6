"""`Taro` on weapp."""

from . import taro_of

__getattr__ = taro_of("weapp", __name__)
