"""How Taro's own code on phones (`@tarojs/taro-rn` 4.2.0) tells of failures."""

from __future__ import annotations

from .answers import Result
from .failing import without_numbers

# What the phone says when the person, or the phone itself, does not let the app at its pictures or its camera.
_REFUSALS = ("Permissions denied!", "system permission denied", "system deny")


def refusing(failure: Result) -> Result:
    """The reason of a refusal alone, whoever it is that denies it; of another failure no number."""
    refused = any(words in failure["errMsg"] for words in _REFUSALS)
    return {"errMsg": _REFUSALS[0]} if refused else without_numbers(failure)
