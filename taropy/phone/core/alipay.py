"""How Alipay's functions answer: a failure has one number, `error`, and its words, `errorMessage`.

The page that introduces all of them says so of failures (github.com/AlipayDocs/open-docs, "小程序 API 使用说明"); the
numbers stand on each function's own page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .answers import NUMBERS, Fail, Options, Result, number_of

#: Wrong options, whatever the function: the page "error:2（invalid parameter!）".
WRONG_OPTIONS = 2
#: What no page has a number for. The page of `my.getRunScene`'s error 3 calls it unknown.
UNKNOWN = 3

_USUALLY: Mapping[str, int] = {"parameter error": WRONG_OPTIONS, "invalid": WRONG_OPTIONS}


def failing(codes: Mapping[str, int | str], default: int | None = None) -> Callable[[Result], Result]:
    """How a function of Alipay tells of a failure.

    Its number is that of the words that are in its reason; else the one that it has already; else `default`. Without
    one it is that of wrong options, or of what is not known.
    """

    def told(failure: Result) -> Result:
        reason = failure["errMsg"].partition(":fail")[2].removeprefix(":").strip()
        usual = default or number_of(_USUALLY, reason) or UNKNOWN
        error = number_of(codes, reason) or failure.get("error") or usual
        own = {name: value for name, value in failure.items() if name not in NUMBERS}
        return {"errorMessage": reason, **own, "error": error}

    return told


def needing(name: str) -> Callable[[Options], Options]:
    """The options, if the text `name` is among them and not empty."""

    def needed(options: Options) -> Options:
        if options.get(name) == "":
            raise Fail(f"parameter error: parameter.{name} should not be empty")
        return options

    return needed


#: A failure of a function that has no numbers of its own.
TOLD = failing({})

#: What the person has cancelled.
CANCELLED = failing({"cancel": 11})


def succeeded(result: Result) -> Result:
    """A success that says so, as the typings (@mini-types/my) have it of many functions."""
    return {"success": True, **result}
