"""`Taro` on tt."""

from . import taro_of

__getattr__ = taro_of("tt", __name__)
