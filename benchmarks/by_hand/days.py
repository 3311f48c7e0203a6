"""The days of a stay."""

from datetime import datetime, timedelta


def nights(first, count):
    date = datetime.fromisoformat(first)
    return [f"{date + timedelta(days=i):%Y-%m-%d}" for i in range(count)]


def run():
    return nights("2024-02-20T12:00:00", 15)
