"""The form in which a vendor's functions tell of their failures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import alipay
from .answers import NUMBERS, NativeError, NativeFunction, Options, Ordered, Result, given_options

#: Makes of a failure, as rooms have it, what a vendor's programs are told.
Form = Callable[[Result], Result]


def without_numbers(failure: Result) -> Result:
    """The failure without WeChat's numbers, for vendors whose own are not known; a test's are left."""
    if isinstance(failure, Ordered):
        return failure
    return {name: value for name, value in failure.items() if name not in NUMBERS}


#: The vendors whose failures have a form of their own whatever the function, by native object or platform. Taro's own
#: code for phones tells a reason and no number.
FAILURES: Mapping[str, Form] = {"my": alipay.TOLD, "rn": without_numbers, "harmony": without_numbers}

#: What a vendor calls the number of a failure, where that is not `errCode`.
NUMBER_NAMES: Mapping[str, str] = {"my": "error"}


def telling(name: str, function: NativeFunction, kind: str, told: Form) -> NativeFunction:
    """The native function, of this kind of mark, whose failures are told in this form."""
    return _throwing(function, told) if kind == "plain" else _answering(name, function, told)


def _throwing(function: NativeFunction, told: Form) -> NativeFunction:
    def native(*arguments: Any) -> Any:
        try:
            return function(*arguments)
        except NativeError as error:
            raise NativeError(told(error.result)) from error

    return native


def _answering(name: str, function: NativeFunction, told: Form) -> NativeFunction:
    def native(options: Options | None = None) -> Any:
        given = given_options(name, options)
        heard = {each: _hearing(given[each], told) for each in ("fail", "complete") if given.get(each) is not None}
        return function({**given, **heard} if heard else given)

    return native


def _hearing(callback: Callable[[Any], Any], told: Form) -> Callable[[Any], Any]:
    def hear(outcome: Any) -> Any:
        # A success may be no object with fields: HarmonyOS's uploads give their task.
        failed = isinstance(outcome, dict) and ":fail" in outcome.get("errMsg", "")
        return callback(told(outcome) if failed else outcome)

    return hear
