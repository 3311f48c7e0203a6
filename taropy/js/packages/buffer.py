"""buffer 6.0, which is Node's: `Buffer`."""

from ..buffer import Buffer

__all__ = ["Buffer"]
