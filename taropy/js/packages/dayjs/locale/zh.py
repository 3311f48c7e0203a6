"""Chinese."""

from ....obj import Obj
from ..core import dayjs
from .chinese import simplified

locale: Obj = simplified("zh", "%s后")
dayjs.locale(locale, None, True)
