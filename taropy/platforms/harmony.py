"""`Taro` on harmony."""

from . import taro_of

__getattr__ = taro_of("harmony", __name__)
