"""What is the same whenever a function is bound to a runtime of one platform.

Thousands of runtimes may live in one process, and each binds the same functions: what does not depend on the runtime is
worked out for the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from enum import Enum, auto
from functools import cache, cached_property, partial

import attrs

from .. import spec
from ..models.loading import Load, holds_manager, is_manager, keep, loader
from ..models.record import record
from ..spec import Member, Primitive, Ref, Type
from .adaptation import options_step, result_step
from .binding import OptionsStep, ResultStep
from .options import ArgumentRules, OptionRules, is_required, option_rules
from .platforms import Adaptation, KnownPlatform
from .unawaited import promised


class Form(Enum):
    """How programs call a function."""

    #: Arguments; it returns a promise of its own.
    AWAITED = auto()
    #: Options; it answers by callbacks, and returns a promise.
    PROMISE = auto()
    #: A listener: `on…` and `off…`.
    LISTENER = auto()
    #: Arguments; it returns its value.
    DIRECT = auto()
    #: Options; it returns its value.
    OPTION = auto()


@attrs.frozen(slots=False)
class Shape:
    """A function as its declaration and a platform's table have it.

    - `form`: how programs call it.
    - `after_options`: the names of the parameters that it takes after its options.
    - `limited`: whether an answer may take only so long, as it may unless it is a person's.
    - `result`: the type of the result; `load`: from native result to model, None where only a runtime can say, since
      there are managers in it.
    - `task`: the type of the task that it returns; `lacking`: the methods that the platform's lacks, by their types.
    """

    member: Member
    adaptation: Adaptation | None
    form: Form
    after_options: tuple[str, ...]
    names: frozenset[str]
    make_rules: Callable[[], OptionRules]
    needs_options: bool
    adapt_options: OptionsStep | None
    adapt_result: ResultStep | None
    limited: bool
    result: Type | None
    load: Load | None
    gives_task: bool
    task: str | None
    task_methods: frozenset[str]
    lacking: tuple[tuple[str, str], ...]

    @cached_property
    def arguments(self) -> ArgumentRules:
        """What its positional arguments must be."""
        return ArgumentRules(self.member, self.adaptation.optional if self.adaptation else ())


def shape_of(known: KnownPlatform, member: Member, adaptation: Adaptation | None) -> Shape:
    """The shape of a function on the platform; `adaptation` is what the table has of it, if anything."""
    # By identity, since it takes long to compare members; the shape keeps both alive.
    key = id(member), id(adaptation)
    shape: Shape | None = known._shapes.get(key)
    if shape is None:
        shape = known._shapes[key] = _made(known, member, adaptation)
    return shape


def _made(known: KnownPlatform, member: Member, adaptation: Adaptation | None) -> Shape:
    name, option = member.name, member.option
    fields = spec.fields_of(option).values() if option is not None else ()
    result = spec.success_of(member)
    gives_task = member.is_promise and is_manager(member.result)
    form = form_of(member)
    if result is not None and form in (Form.PROMISE, Form.AWAITED):
        promised(spec.fields_of(result))
    return Shape(
        member=member,
        adaptation=adaptation,
        form=form,
        after_options=_after_options(member),
        names=frozenset(native_names(name, adaptation) if adaptation else ()) - {name},
        make_rules=cache(partial(rules_of, member, adaptation)),
        needs_options=any(map(is_required, fields)) and not _may_lack_options(member),
        adapt_options=options_step(adaptation) if adaptation else None,
        adapt_result=result_step(adaptation) if adaptation else None,
        limited=spec.has(name) and name not in spec.interactive(),
        result=result,
        load=record if gives_task else _load(result),
        gives_task=gives_task,
        task=_task(member),
        task_methods=task_methods(member),
        lacking=tuple(
            (type_.name, name)
            for type_ in tasks(member)
            for name, field in spec.fields_of(type_).items()
            if not known.has_field(field)
        ),
    )


# `onShow` and `offShow` are about an event; `once` is not.
_IS_EVENT = re.compile("(on|off)[A-Z]").match


def form_of(member: Member) -> Form:
    """How programs call a function, as its declaration has it."""
    option = member.option
    if member.is_promise and option is None and _takes_arguments(member):
        return Form.AWAITED
    if member.is_promise or (option is not None and "success" in spec.fields_of(option)):
        return Form.PROMISE
    if member.callback is not None or _IS_EVENT(member.name):
        return Form.LISTENER
    return Form.DIRECT if option is None else Form.OPTION


def takes_options(member: Member) -> bool:
    """Whether its first argument is an object of options, which may be given by name, and not one of other data."""
    option = member.option
    is_data = isinstance(option, Ref) and option.name in spec.type_names() and spec.type_def(option.name).role == "data"
    return form_of(member) in (Form.PROMISE, Form.OPTION) and not is_data


def _takes_arguments(member: Member) -> bool:
    """Whether a function takes anything but options, which may be declared as anything."""
    first = [signature.params[0].type for signature in member.signatures if signature.params]
    return any(type_ != Primitive("any") for type_ in first)


def _after_options(member: Member) -> tuple[str, ...]:
    params = max((signature.params for signature in member.signatures), key=len, default=())
    return tuple(param.name for param in params[1:])


def native_names(name: str, adaptation: Adaptation) -> Collection[str]:
    """What the native function behind a member may be called."""
    return adaptation.needs or (adaptation.alias or name,)


def rules_of(member: Member, adaptation: Adaptation | None) -> OptionRules:
    """What the options of a function must be, as far as the platform's table does not ease that."""
    if member.option is None:
        return OptionRules({})
    rules = option_rules(member.option)
    if adaptation is None:
        return rules
    native = {*adaptation.rename.values(), *adaptation.options}
    if not (adaptation.optional or adaptation.unchecked or native):
        return rules
    return rules.eased(optional=adaptation.optional, unchecked=adaptation.unchecked, native=native)


def task_methods(member: Member) -> frozenset[str]:
    """The methods of the task that a function returns beside its promise, as `RequestTask`'s."""
    return frozenset(name for type_ in tasks(member) for name in spec.fields_of(type_))


def tasks(member: Member) -> list[Ref]:
    """The types of the task that a function returns as its promise."""
    return [each.returns for each in member.signatures if member.is_promise and isinstance(each.returns, Ref)]


def _load(result: Type | None) -> Load | None:
    if result is None:
        return keep
    return None if holds_manager(result) else loader(result)


def _task(member: Member) -> str | None:
    for signature in member.signatures:
        returned = signature.returns
        if isinstance(returned, Ref) and returned.name != "Promise" and spec.awaited(returned) is not None:
            return returned.name
    result = member.result
    return result.name if isinstance(result, Ref) and is_manager(result) else None


def _may_lack_options(member: Member) -> bool:
    """Whether the function may be called with nothing at all, whatever its options would have to be if given."""
    return any(not signature.params or signature.params[0].optional for signature in member.signatures)
