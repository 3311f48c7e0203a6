"""Places on the earth, in degrees: whether there is such a one, and how far it is to another."""

from __future__ import annotations

import math
from typing import Protocol

#: The earth taken for a ball, in metres.
RADIUS = 6_371_008.8


class Place(Protocol):
    """What has a latitude and a longitude."""

    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...


def on_earth(latitude: float, longitude: float) -> bool:
    """Whether there is such a place."""
    return -90 <= latitude <= 90 and -180 <= longitude <= 180


def distance(one: Place, other: Place) -> float:
    """Metres between two places, along the earth's surface (haversine)."""
    phi, psi = math.radians(one.latitude), math.radians(other.latitude)
    across = math.sin((psi - phi) / 2) ** 2
    along = math.cos(phi) * math.cos(psi) * math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * RADIUS * math.asin(math.sqrt(min(1.0, across + along)))
