"""Chinese as in Hong Kong."""

from ..core import dayjs
from .chinese import traditional

locale = traditional("zh-hk", "一")
dayjs.locale(locale, None, True)
