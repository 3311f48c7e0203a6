"""Chinese as in mainland China."""

from ....obj import Obj
from ..core import dayjs
from .chinese import simplified

locale: Obj = simplified("zh-cn", "%s内")
dayjs.locale(locale, None, True)
