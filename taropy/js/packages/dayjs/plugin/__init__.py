"""dayjs's plugins, for `dayjs.extend`.

Those that are not here: arraySupport, badMutable, bigIntSupport, buddhistEra, calendar, devHelper, isMoment,
localeData, negativeYear, objectSupport, pluralGetSet, preParsePostFormat, timezone, updateLocale, utc.
"""

from .comparing import isBetween as isBetween
from .comparing import isLeapYear as isLeapYear
from .comparing import isSameOrAfter as isSameOrAfter
from .comparing import isSameOrBefore as isSameOrBefore
from .comparing import isToday as isToday
from .comparing import isTomorrow as isTomorrow
from .comparing import isYesterday as isYesterday
from .comparing import minMax as minMax
from .formats import advancedFormat as advancedFormat
from .formats import localizedFormat as localizedFormat
from .formats import toArray as toArray
from .formats import toObject as toObject
from .lengths import duration as duration
from .parsing import customParseFormat as customParseFormat
from .relative import relativeTime as relativeTime
from .weeks import dayOfYear as dayOfYear
from .weeks import isoWeek as isoWeek
from .weeks import isoWeeksInYear as isoWeeksInYear
from .weeks import quarterOfYear as quarterOfYear
from .weeks import weekday as weekday
from .weeks import weekOfYear as weekOfYear
from .weeks import weekYear as weekYear
