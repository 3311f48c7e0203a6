from __future__ import annotations

import pytest
from answers import usual

from taropy import Phone


@pytest.fixture(autouse=True)
def usual_answers(phone: Phone) -> None:
    """Each test has a phone of its own, whose requests are answered as on most days."""
    usual(phone)
