"""`Taro` on harmony-hybrid."""

from . import taro_of

__getattr__ = taro_of("harmony-hybrid", __name__)
