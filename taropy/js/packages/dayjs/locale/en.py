"""English, which dayjs knows from the beginning."""

from ..locales import ENGLISH as locale

__all__ = ["locale"]
