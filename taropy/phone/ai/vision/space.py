"""Where things are: 4 x 4 matrices, the camera's lens, and what of its picture is in a view.

A world has x to the right, y up and z towards the person. So has the camera, which looks along -z, as in OpenGL.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

import attrs

from .things import Plane, Viewpoint

Vector = tuple[float, float, float]
#: Rows of numbers.
Matrix = tuple[tuple[float, ...], ...]

IDENTITY: Matrix = ((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0), (0.0, 0.0, 0.0, 1.0))
#: How much of the world the longer edge of a picture has, in degrees. Judgement: about that of phones' main cameras.
FIELD_OF_VIEW = 60.0


def columns(matrix: Matrix) -> array[float]:
    """The matrix column by column, as programs have them: what JavaScript has as a `Float32Array`."""
    return array("f", (row[at] for at in range(len(matrix[0])) for row in matrix))


def product(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does `second`, and then `first`."""
    across = tuple(zip(*second, strict=True))
    return tuple(tuple(dot(row, column) for column in across) for row in first)


def dot(first: Sequence[float], second: Sequence[float]) -> float:
    """The sum of the products."""
    return sum(one * other for one, other in zip(first, second, strict=True))


def moved(axes: Sequence[Vector], place: Vector) -> Matrix:
    """Of what has these three axes, and its middle at `place`."""
    x, y, z = axes
    return (*((x[at], y[at], z[at], place[at]) for at in range(3)), IDENTITY[3])


def place_of(matrix: Matrix) -> Vector:
    """Where it moves the origin to."""
    return matrix[0][3], matrix[1][3], matrix[2][3]


def axis(matrix: Matrix, at: int) -> Vector:
    """The x, the y or the z axis of what it moves."""
    return matrix[0][at], matrix[1][at], matrix[2][at]


def inverse(matrix: Matrix) -> Matrix:
    """The way back, of a matrix that turns and moves and does nothing else."""
    place = place_of(matrix)
    turned = [axis(matrix, at) for at in range(3)]
    return (*((*row, -dot(row, place)) for row in turned), IDENTITY[3])


def _turning(degrees: float, around: int) -> Matrix:
    angle = math.radians(degrees)
    sine, cosine = math.sin(angle), math.cos(angle)
    first, second = (around + 1) % 3, (around + 2) % 3
    rows = [list(row) for row in IDENTITY]
    rows[first][first] = rows[second][second] = cosine
    rows[first][second], rows[second][first] = -sine, sine
    return tuple(map(tuple, rows))


def camera_at(viewpoint: Viewpoint) -> Matrix:
    """From the camera's axes to the world's."""
    turned = product(_turning(viewpoint.yaw, 1), product(_turning(viewpoint.pitch, 0), _turning(viewpoint.roll, 2)))
    axes = [axis(turned, at) for at in range(3)]
    return moved(axes, (viewpoint.x, viewpoint.y, viewpoint.z))


def plane_at(plane: Plane) -> Matrix:
    """From the plane's axes to the world's: x along its width, y away from it, z along its depth."""
    lying = _turning(plane.turned, 1)
    turned = product(lying, _turning(90, 0)) if plane.vertical else lying
    return moved([axis(turned, at) for at in range(3)], (plane.x, plane.y, plane.z))


def hit(plane: Plane, camera: Matrix, ray: Vector) -> tuple[float, Matrix] | None:
    """How far off a ray of the camera meets the plane, and the plane's matrix with its middle there; None if not."""
    at = plane_at(plane)
    begin, middle, normal = place_of(camera), place_of(at), axis(at, 1)
    along: Vector = (dot(camera[0][:3], ray), dot(camera[1][:3], ray), dot(camera[2][:3], ray))
    slope = dot(normal, along)
    if abs(slope) < 1e-9:
        return None
    far = (dot(normal, middle) - dot(normal, begin)) / slope
    met: Vector = (begin[0] + far * along[0], begin[1] + far * along[1], begin[2] + far * along[2])
    off = [one - other for one, other in zip(met, middle, strict=True)]
    inside = abs(dot(off, axis(at, 0))) <= plane.width / 2 and abs(dot(off, axis(at, 2))) <= plane.depth / 2
    return (far, moved([axis(at, each) for each in range(3)], met)) if far > 0 and inside else None


@attrs.frozen
class View:
    """A camera's picture of `picture` pixels that fills a view of `size`; what is over at its sides is cut."""

    picture: tuple[int, int]
    size: tuple[float, float]

    @property
    def focal(self) -> float:
        """How far the lens is from the picture, in its pixels."""
        return max(self.picture) / 2 / math.tan(math.radians(FIELD_OF_VIEW / 2))

    @property
    def scale(self) -> float:
        """How many units of the view a pixel of the picture has."""
        return max(self.size[0] / self.picture[0], self.size[1] / self.picture[1])

    @property
    def intrinsics(self) -> Matrix:
        """From a place before the camera to the picture's pixels."""
        width, height = self.picture
        return (self.focal, 0.0, width / 2), (0.0, self.focal, height / 2), (0.0, 0.0, 1.0)

    def projection(self, near: float, far: float) -> Matrix:
        """OpenGL's projection matrix for what lies between these distances."""
        focal = self.focal * self.scale
        return (
            (2 * focal / self.size[0], 0.0, 0.0, 0.0),
            (0.0, 2 * focal / self.size[1], 0.0, 0.0),
            (0.0, 0.0, (near + far) / (near - far), 2 * near * far / (near - far)),
            (0.0, 0.0, -1.0, 0.0),
        )

    def ray(self, x: float, y: float) -> Vector:
        """The way that the camera looks at a place in the view, given in parts of that from its left and its top."""
        focal = self.focal * self.scale
        return (x - 0.5) * self.size[0] / focal, (0.5 - y) * self.size[1] / focal, -1.0

    def part(self, x: float, y: float) -> tuple[float, float]:
        """Where a pixel of the picture is in the view, in parts of that."""
        width, height = self.picture
        return (
            (x - width / 2) * self.scale / self.size[0] + 0.5,
            (y - height / 2) * self.scale / self.size[1] + 0.5,
        )

    @property
    def display(self) -> Matrix:
        """From a place in the view to that in the picture, both in parts."""
        across = self.size[0] / (self.picture[0] * self.scale)
        down = self.size[1] / (self.picture[1] * self.scale)
        return (across, 0.0, (1 - across) / 2), (0.0, down, (1 - down) / 2), (0.0, 0.0, 1.0)
