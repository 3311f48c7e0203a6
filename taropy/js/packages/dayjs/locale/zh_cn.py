"""Chinese as in mainland China."""

from ..core import dayjs
from .chinese import simplified

locale = simplified("zh-cn", "%s内")
dayjs.locale(locale, None, True)
