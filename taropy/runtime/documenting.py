"""What signatures and docstrings of Taro's functions say, made from the spec; `descriptions` asks for it when shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from inspect import Parameter, Signature
from keyword import iskeyword
from textwrap import fill, indent
from typing import Any

from .. import spec
from ..spec import CALLBACKS, Array, Field, Function, Member, Param, Ref, Type
from ..stubgen.python_types import or_none, python_type, python_value, signatures
from .examples import example
from .shapes import takes_options

WIDTH = 100


class Written(str):
    """An annotation: a type as people read it, which `inspect` shows without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


class Required:
    """Stands as the default of an option that has to be given: by its name, or in the dict that comes first.

    A parameter without a default would have to be given by name, for whoever goes by the signature, as a mock does.
    """

    def __repr__(self) -> str:
        return "<required>"

    def __reduce__(self) -> str:
        return "REQUIRED"


REQUIRED = Required()


# --- signatures ---------------------------------------------------------------------------------------------------


def signature_of(member: Member) -> Signature:
    """How a function is called: the options by name, each with its type and its default, beside the dict of all.

    Every call that the function takes fits it. Of several ways to call it, the longest.
    """
    params = max((each.params for each in member.signatures), key=len)
    own = list(_with_options(member, params) if takes_options(member) else _arguments(member, params))
    return Signature(own, return_annotation=Written(python_type(member.signatures[0].returns)))


def _with_options(member: Member, params: tuple[Param, ...]) -> Iterator[Parameter]:
    after = [param for param in params[1:] if not param.rest]
    named = {param.name for param in after}
    fields = [] if member.option is None else ordered(member.option)
    options = [field for field in fields if _can_be_named(field.name) and field.name not in named]
    whole = params[0].name if params else "option"
    if whole in named | {field.name for field in options}:
        whole += "_"
    written = Written(or_none(python_type(params[0].type)) if params else "dict[str, Any] | None")
    yield Parameter(whole, Parameter.POSITIONAL_ONLY, default=None, annotation=written)
    yield from (_argument(param, default=None) for param in after)
    yield from map(_option, options)
    yield Parameter("others", Parameter.VAR_KEYWORD, annotation=Written("Any"))


def ordered(option: Type) -> list[Field]:
    """The options: those that must be given first, the callbacks last."""
    fields = spec.fields_of(option)
    own = sorted((each for name, each in fields.items() if name not in CALLBACKS), key=lambda field: field.optional)
    return [*own, *(fields[name] for name in CALLBACKS if name in fields)]


def _can_be_named(name: str) -> bool:
    return name.isidentifier() and not iskeyword(name)


def _option(field: Field) -> Parameter:
    written = python_type(field.type)
    if not field.optional:
        default: Any = REQUIRED
    else:
        default = field.default if field.has_default else None
        written = or_none(written) if default is None else written
    return Parameter(field.name, Parameter.KEYWORD_ONLY, default=default, annotation=Written(written))


def _arguments(member: Member, params: tuple[Param, ...]) -> Iterator[Parameter]:
    """Parameters that only the longest way to call the function has may be left out."""
    needed = min(sum(not (each.optional or each.rest) for each in other.params) for other in member.signatures)
    for position, param in enumerate(params):
        yield _argument(param) if position < needed else _argument(param, default=None)


def _argument(param: Param, default: Any = Parameter.empty) -> Parameter:
    kind = Parameter.POSITIONAL_OR_KEYWORD if _can_be_named(param.name) else Parameter.POSITIONAL_ONLY
    if param.rest:
        item = param.type.item if isinstance(param.type, Array) else param.type
        return Parameter(param.name, Parameter.VAR_POSITIONAL, annotation=Written(python_type(item)))
    written = python_type(param.type)
    if param.optional:
        default, written = None, or_none(written)
    return Parameter(param.name, kind, default=default, annotation=Written(written))


# --- docstrings ---------------------------------------------------------------------------------------------------


def docstring_of(member: Member) -> str:
    """A member of Taro: what it does, gives and fails with, its options, its result, where it works, an example."""
    text = spec.member_text(member.name)
    told = [text.what, _labelled("Returns", text.returns), _labelled("Fails", text.fails)] if text else []
    having = [name for name in spec.PLATFORMS if name in spec.supported_on(member.name)]
    return _joined(
        [
            *told,
            *_data(member, text.options if text else {}),
            f"Platforms: {', '.join(having) or 'none'}.",
            f"The vendor's page: {member.see}" if member.see else "",
            f"Example:\n\n{indent(example(member), '    ')}",
        ]
    )


def method_docstring_of(kind: str, method: Member) -> str:
    """The same of a method of a named type, as `FileSystemManager.readFile`."""
    field = spec.fields_of(Ref(kind)).get(method.name)
    having = field.platforms if field is not None else None
    return _joined(
        [
            spec.type_text(kind).get(method.name, ""),
            *_data(method, {}),
            "" if having is None else f"Platforms: {', '.join(name for name in spec.PLATFORMS if name in having)}.",
            f"Example:\n\n{indent(example(method, kind), '    ')}",
        ]
    )


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(_wrapped(part) for part in parts if part)


def _wrapped(part: str) -> str:
    """The lines of a part filled, those of lists hanging; an example, and an address, stay as they are."""
    return "\n".join(line if line.startswith(" ") or "://" in line else _filled(line) for line in part.split("\n"))


def _filled(line: str) -> str:
    return fill(line, WIDTH, subsequent_indent="  " if line.startswith("- ") else "", break_long_words=False)


def _labelled(label: str, text: str | None) -> str:
    return f"{label}: {text}" if text else ""


def _data(member: Member, texts: Mapping[str, str]) -> Iterator[str]:
    """Its ways to be called, if it has several; its options or parameters; what callbacks and the program get."""
    if len(member.signatures) > 1:
        yield "\n".join(["Called as:", *(indent(way, "    ") for way in signatures(member))])
    if member.option is not None and takes_options(member):
        yield _options(member.option, texts)
    else:
        yield _list("Parameters", [f"{name}: {text}" for name, text in texts.items()])
    if member.callback is not None:
        yield _fields("The listener gets", member.callback)
    elif member.result is not None:
        yield _fields("Result", member.result)


def _options(option: Type, own_texts: Mapping[str, str]) -> str:
    texts = {**spec.field_texts(option), **own_texts}
    lines = [_told(field, _terms(field), texts.get(field.name)) for field in ordered(option)]
    return _list(f"Options ({python_type(option)})", lines)


def _terms(field: Field) -> str:
    """What an option may be, and whether it has to be given."""
    if field.name in CALLBACKS:
        return _received(field.type)
    if not field.optional:
        return f"{python_type(field.type)}, required"
    default = f", default {python_value(field.default)}" if field.has_default else ""
    return f"{python_type(field.type)}{default}"


def _received(callback: Type) -> str:
    function = spec.function_of(callback)
    params = function.params if isinstance(function, Function) else ()
    return f"called with {python_type(params[0].type)}" if params else "called with nothing"


def _fields(label: str, type_: Type) -> str:
    """The fields of a result; of what has methods, their names."""
    if isinstance(type_, Ref) and type_.name in spec.type_names() and spec.type_def(type_.name).role == "manager":
        definition = spec.type_def(type_.name)
        return f"{label} ({definition.model}) with {', '.join(definition.methods)}." if definition.methods else ""
    texts = spec.field_texts(type_)
    lines = [
        _told(field, or_none(python_type(field.type)) if field.optional else python_type(field.type), texts.get(name))
        for name, field in spec.fields_of(type_).items()
    ]
    return _list(f"{label} ({python_type(type_)})", lines)


def _told(field: Field, terms: str, text: str | None) -> str:
    only_on = [tag for tag in field.tags or () if tag != "global"]
    where = f", only on {', '.join(only_on)}" if only_on else ""
    return f"{field.name} ({terms}{where})" + (f": {text}" if text else "")


def _list(title: str, lines: list[str]) -> str:
    return "\n".join([f"{title}:", *(f"- {line}" for line in lines)]) if lines else ""
