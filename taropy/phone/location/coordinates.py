"""Positions on the earth, as GPS gives them (wgs84) and as Chinese maps have them (gcj02).

China's law has maps shifted, by up to some hundred metres. The shift is published by nobody and known to everybody:
the formula here is the common one, which agrees with the vendors' maps to within a few metres.
"""

from __future__ import annotations

import math

import attrs
from attrs.validators import and_, ge, le

# The ellipsoid that the shift is computed on (Krassowsky 1940): its larger radius in metres, its eccentricity squared.
RADIUS = 6_378_245.0
ECCENTRICITY = 0.006_693_421_622_965_943


@attrs.frozen
class Position:
    """Where something is, in wgs84.

    Degrees north and east; metres above the sea; metres that it may be off, to the sides and up; metres per second.
    """

    latitude: float = attrs.field(validator=and_(ge(-90), le(90)))
    longitude: float = attrs.field(validator=and_(ge(-180), le(180)))
    altitude: float = 0.0
    accuracy: float = 30.0
    vertical_accuracy: float = 30.0
    speed: float = 0.0


def gcj02(latitude: float, longitude: float) -> tuple[float, float]:
    """A wgs84 position on Chinese maps. Outside of a rectangle around China nothing is shifted."""
    if not _around_china(latitude, longitude):
        return latitude, longitude
    north, east = _shift(longitude - 105, latitude - 35)
    phi = math.radians(latitude)
    bend = 1 - ECCENTRICITY * math.sin(phi) ** 2
    meridian = RADIUS * (1 - ECCENTRICITY) / (bend * math.sqrt(bend))
    parallel = RADIUS / math.sqrt(bend) * math.cos(phi)
    return latitude + math.degrees(north / meridian), longitude + math.degrees(east / parallel)


def _around_china(latitude: float, longitude: float) -> bool:
    return 0.8293 <= latitude <= 55.8271 and 72.004 <= longitude <= 137.8347


def _shift(x: float, y: float) -> tuple[float, float]:
    """How many metres to the north and to the east a point is shifted that lies `x`, `y` degrees from 105° E, 35° N."""
    common = 20 * (math.sin(6 * math.pi * x) + math.sin(2 * math.pi * x))
    root = math.sqrt(abs(x))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (common + _waves(y, (20, 1), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30))) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (common + _waves(x, (20, 1), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30))) * 2 / 3
    return north, east


def _waves(angle: float, *waves: tuple[float, float]) -> float:
    return sum(height * math.sin(angle * math.pi * times) for height, times in waves)
