"""`Taro` on swan."""

from . import taro_of

__getattr__ = taro_of("swan", __name__)
