"""Chinese as in Taiwan."""

from ..core import dayjs
from .chinese import traditional

locale = traditional("zh-tw", "1 ")
dayjs.locale(locale, None, True)
