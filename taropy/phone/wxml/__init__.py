"""The nodes of a page, as tests declare them and selectors find them: a tree in Python, or WXML text."""

from .room import Nodes
from .tree import Node, WxmlError
from .wxml import parse

__all__ = ["Node", "Nodes", "WxmlError", "parse"]
