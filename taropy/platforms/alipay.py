"""`Taro` on alipay."""

from . import taro_of

__getattr__ = taro_of("alipay", __name__)
