"""`Taro` on jd."""

from . import taro_of

__getattr__ = taro_of("jd", __name__)
