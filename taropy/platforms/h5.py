"""`Taro` on h5."""

from . import taro_of

__getattr__ = taro_of("h5", __name__)
