"""`Taro` on qq."""

from . import taro_of

__getattr__ = taro_of("qq", __name__)
