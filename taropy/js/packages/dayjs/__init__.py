"""dayjs 1.11: dates that are never changed, with most of its plugins, and its locales for Chinese and English.

Plugins are in `plugin`, and do nothing before `dayjs.extend(…)`; locales are in `locale`. Time is the phone's, and
local to the zone of the environment's `TZ`. `dayjs(None)` is an invalid date, as of null; `dayjs()` and
`dayjs(undefined)` are now.
"""

from .core import Dayjs as Dayjs
from .core import dayjs as dayjs
