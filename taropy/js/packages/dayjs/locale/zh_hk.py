"""Chinese as in Hong Kong."""

from ....obj import Obj
from ..core import dayjs
from .chinese import traditional

locale: Obj = traditional("zh-hk", "一")
dayjs.locale(locale, None, True)
