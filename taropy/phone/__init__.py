"""The simulated phone, one module per group of the API."""

from .clock import Clock
from .person import Person, Question
from .phone import Phone

__all__ = ["Clock", "Person", "Phone", "Question"]
