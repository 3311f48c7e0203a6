"""How Alipay's functions tell of their failures: one number, `error`, and its words, `errorMessage`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .answers import NUMBERS, Result


def failing(codes: Mapping[str, int], default: int) -> Callable[[Result], Result]:
    """How Alipay tells of a failure: with the code of the words that are in its reason, or that it has already."""

    def told(failure: Result) -> Result:
        reason = failure["errMsg"].partition(":fail")[2].strip()
        error = next((code for words, code in codes.items() if words in reason), failure.get("error", default))
        own = {name: value for name, value in failure.items() if name not in NUMBERS}
        return {"errorMessage": reason, **own, "error": error}

    return told


#: What the person has cancelled. The number stands on each function's page: github.com/AlipayDocs/open-docs.
CANCELLED = failing({}, 11)
