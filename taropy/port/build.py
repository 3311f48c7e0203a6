"""What a build of Taro's puts into a program: `defineConstants` and `env` of its config, `TARO_APP_…` of `.env` files.

The config is a program. Of it is read what is plain: literals, constants that hold them, `JSON.stringify`, conditions
of `process.env`, other files of the config. What is computed otherwise has no value here, and is given with `--define`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from .names import Scope, key_of, string_of, text_of
from .origins import TRANSPARENT
from .parse import parse
from .scopes import names_of
from .source import Source, Unreadable, read

if TYPE_CHECKING:
    from tree_sitter import Node

#: What the build puts in place of a name.
Constant = str | float | bool | None | dict[str, "Constant"] | list["Constant"]

#: The mode of a build where none is asked for, as `taropy run` has it.
DEVELOPMENT = "development"

_MAIN = {"development": ("index", "dev"), "production": ("index", "prod")}
_DEEPEST = 30
_MOST_FILES = 20
_OF_FILES = re.compile(r"^\s*(?:export\s+)?(TARO_APP_\w+)\s*=\s*(.*?)\s*$")


class _Unknown:
    """The value of what is computed in a way that is not followed."""


_UNKNOWN = _Unknown()


@attrs.frozen
class Build:
    """The values of names, and those of `process.env`."""

    constants: Mapping[str, Constant]
    env: Mapping[str, str]


def build_of(root: Path, mode: str) -> Build:
    """What the project in a folder puts into its program in a mode: `development`, `production`, or one of its own."""
    reader = _Config(root, {"NODE_ENV": mode if mode in _MAIN else "production", **_of_files(root, mode)})
    constants: dict[str, Constant] = {}
    for stem in _MAIN.get(mode, ("index", mode)):
        for name, text in reader.table(stem, "env"):
            reader.env[name] = text if isinstance(text, str) else json.dumps(text)
        constants.update(reader.table(stem, "defineConstants"))
    return Build(constants, reader.env)


def _of_files(root: Path, mode: str) -> dict[str, str]:
    """`TARO_APP_API=https://…` of `.env` and its kin; the later of them counts."""
    found: dict[str, str] = {}
    for name in (".env", ".env.local", f".env.{mode}", f".env.{mode}.local"):
        try:
            lines = (root / name).read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for line in lines:
            match = _OF_FILES.match(line)
            if match is not None:
                key, value = match.groups()
                quoted = value[:1] in ("'", '"') and value[-1:] == value[:1] and len(value) > 1
                found[key] = value[1:-1] if quoted else value.partition(" #")[0].rstrip()
    return found


class _Config:
    """Reads the files of a config."""

    def __init__(self, root: Path, env: dict[str, str]) -> None:
        self.root = root
        self.env = env
        self._files: dict[Path, tuple[Node, Scope] | None] = {}

    def table(self, stem: str, name: str) -> Iterator[tuple[str, Constant]]:
        """The constants in the objects that a file of the config has under a name; those whose value is known."""
        file = self._file(self.root / "config" / stem)
        if file is None:
            return
        root, scope = file
        for value in _under(root, name):
            holder = self._value(value, scope, 0)
            for key, source in holder.items() if isinstance(holder, dict) else ():
                constant = _written(source)
                if not isinstance(constant, _Unknown):
                    yield key, constant

    def _file(self, place: Path) -> tuple[Node, Scope] | None:
        """A module by its place, with or without a suffix."""
        if place not in self._files:
            names = [place, *(place.with_name(place.name + suffix) for suffix in (".ts", ".js")), place / "index.js"]
            path = next((each for each in names if each.is_file()), None)
            self._files[place] = None
            if path is not None and len(self._files) <= _MOST_FILES:
                try:
                    root = parse(read(path)).root
                except Unreadable:
                    return None
                self._files[place] = root, names_of(root).root
        return self._files[place]

    # --- values ------------------------------------------------------------------------------------------------

    def _value(self, node: Node | None, scope: Scope, depth: int) -> Any:
        """The value of an expression."""
        if node is None or depth > _DEEPEST:
            return _UNKNOWN
        while node.type in TRANSPARENT and node.named_children:
            node = node.named_children[0]
        text = string_of(node)
        if text is not None:
            return text
        match node.type:
            case "number":
                return _json(text_of(node))
            case "true" | "false":
                return node.type == "true"
            case "null":
                return None
            case "object":
                return dict(self._fields(node, scope, depth + 1))
            case "array":
                items = [self._value(child, scope, depth + 1) for child in node.named_children]
                return _UNKNOWN if any(isinstance(each, _Unknown) for each in items) else items
            case "identifier" | "shorthand_property_identifier":
                return self._named(text_of(node), scope, depth + 1)
            case "member_expression":
                return self._member(node, scope, depth + 1)
            case "template_string":
                return self._template(node, scope, depth + 1)
            case "ternary_expression" | "binary_expression" | "call_expression":
                return getattr(self, f"_{node.type.partition('_')[0]}")(node, scope, depth + 1)
            case _:
                return _UNKNOWN

    def _fields(self, node: Node, scope: Scope, depth: int) -> Iterator[tuple[str, Any]]:
        for part in node.named_children:
            if part.type == "shorthand_property_identifier":
                yield text_of(part), self._value(part, scope, depth)
            elif part.type == "spread_element":
                inner = self._value(part.named_children[0], scope, depth)
                yield from inner.items() if isinstance(inner, dict) else ()
            elif part.type == "pair":
                key = key_of(part.child_by_field_name("key") or part)
                if key is not None:
                    yield key, self._value(part.child_by_field_name("value"), scope, depth)

    def _named(self, name: str, scope: Scope, depth: int) -> Any:
        binding = scope.find(name)
        if binding is None or binding.writes:
            return _UNKNOWN
        if binding.kind == "import" and binding.module.startswith("."):
            return self._exported(binding.module, binding.path[0] if binding.path else None, depth)
        if binding.kind not in ("const", "let", "var") or binding.path:
            return _UNKNOWN
        return self._value(binding.value, scope, depth)

    def _exported(self, specifier: str, name: str | None, depth: int) -> Any:
        """What another file of the config exports: `export default`, `module.exports =`, or a constant."""
        file = self._file(self.root / "config" / specifier)
        if file is None:
            return _UNKNOWN
        root, scope = file
        if name not in (None, "default"):
            return self._named(str(name), scope, depth)
        for node in root.named_children:
            value = node.child_by_field_name("value") if node.type == "export_statement" else None
            assigned = node.named_children[0] if node.type == "expression_statement" and node.named_children else None
            left = assigned.child_by_field_name("left") if assigned is not None else None
            if assigned is not None and left is not None and text_of(left) == "module.exports":
                value = assigned.child_by_field_name("right")
            if value is not None:
                return self._value(value, scope, depth)
        return _UNKNOWN

    def _member(self, node: Node, scope: Scope, depth: int) -> Any:
        holder, key = node.child_by_field_name("object"), node.child_by_field_name("property")
        if holder is None or key is None:
            return _UNKNOWN
        if text_of(holder) == "process.env":
            return self.env.get(text_of(key), _UNKNOWN)
        inner = self._value(holder, scope, depth)
        return inner.get(text_of(key), _UNKNOWN) if isinstance(inner, dict) else _UNKNOWN

    def _template(self, node: Node, scope: Scope, depth: int) -> Any:
        parts, at, whole = [], node.start_byte + 1, text_of(node).encode()
        for child in node.named_children:
            if child.type == "template_substitution":
                value = self._value(child.named_children[0], scope, depth)
                if not isinstance(value, str):
                    return _UNKNOWN
                parts += [whole[at - node.start_byte : child.start_byte - node.start_byte].decode(), value]
                at = child.end_byte
        return "".join([*parts, whole[at - node.start_byte : -1].decode()])

    def _ternary(self, node: Node, scope: Scope, depth: int) -> Any:
        test = self._value(node.child_by_field_name("condition"), scope, depth)
        if isinstance(test, _Unknown):
            return _UNKNOWN
        return self._value(node.child_by_field_name("consequence" if test else "alternative"), scope, depth)

    def _binary(self, node: Node, scope: Scope, depth: int) -> Any:
        left, right = (self._value(node.child_by_field_name(side), scope, depth) for side in ("left", "right"))
        sign = text_of(node.child_by_field_name("operator") or node)
        if isinstance(left, _Unknown):
            return _UNKNOWN
        if sign in ("||", "&&"):
            return right if bool(left) == (sign == "&&") else left
        if isinstance(right, _Unknown) or sign not in ("===", "==", "!==", "!="):
            return _UNKNOWN
        return (left == right) == (sign[0] == "=")

    def _call(self, node: Node, scope: Scope, depth: int) -> Any:
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        first = arguments.named_children[0] if arguments is not None and arguments.named_children else None
        if function is None or first is None:
            return _UNKNOWN
        if text_of(function) == "require" and (specifier := string_of(first)) is not None and specifier[0] == ".":
            return self._exported(specifier, None, depth)
        value = self._value(first, scope, depth)
        return json.dumps(value) if text_of(function) == "JSON.stringify" and _is_known(value) else _UNKNOWN


def _is_known(value: Any) -> bool:
    if isinstance(value, dict | list):
        return all(map(_is_known, value.values() if isinstance(value, dict) else value))
    return not isinstance(value, _Unknown)


def _under(root: Node, name: str) -> Iterator[Node]:
    """The values that stand under a name in any object of a file."""
    left = [root]
    while left:
        node = left.pop()
        key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
        if node.type == "pair" and key is not None and value is not None and key_of(key) == name:
            yield value
        elif node.type == "shorthand_property_identifier" and text_of(node) == name:
            yield node
        else:
            left.extend(reversed(node.named_children))


def _written(source: Any) -> Any:
    """A constant's value: where it is a text, that is the code that the build puts in place of the name."""
    if not isinstance(source, str):
        return source if _is_known(source) else _UNKNOWN
    try:
        return json.loads(source)
    except ValueError:
        pass
    statement = parse(Source(Path("constant.js"), f"({source})".encode())).root.named_children
    inner = statement[0].named_children[0] if statement and statement[0].named_children else None
    while inner is not None and inner.type == "parenthesized_expression" and inner.named_children:
        inner = inner.named_children[0]
    return string_of(inner) if inner is not None and string_of(inner) is not None else _UNKNOWN


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return _UNKNOWN
