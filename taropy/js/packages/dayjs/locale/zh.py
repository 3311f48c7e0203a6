"""Chinese."""

from ..core import dayjs
from .chinese import simplified

locale = simplified("zh", "%s后")
dayjs.locale(locale, None, True)
