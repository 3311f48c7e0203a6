"""Chinese as in Taiwan."""

from ....obj import Obj
from ..core import dayjs
from .chinese import traditional

locale: Obj = traditional("zh-tw", "1 ")
dayjs.locale(locale, None, True)
