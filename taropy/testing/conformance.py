"""The conformance suite: subclass it in a plugin's tests, and pytest runs every function of the platform through it.

    class TestKwai(PlatformConformance):
        platform = "kwai"

It runs over a native object that has everything and answers as the platform's table says, so it needs no device. It
tells whether the platform turns Taro's calls into native ones, and native answers into Taro's, as all platforms do;
whether the vendor has a function, and what it is called there, only the vendor's documents tell.

Functions that a plugin has replaced by its own (`taropy_register_apis`) are tried for their form: options in each form,
callbacks in order, wrong options refused. What they do with a native object is their own business.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from .. import spec
from ..runtime.plugins import registry
from ..runtime.taro import create
from .aspects import ASPECTS
from .examination import Examination, examine, refused

BY_NAME = {aspect.name: aspect for aspect in ASPECTS}


class PlatformConformance:
    """What holds on every platform, as tests of one.

    - `platform`: its name; the plugin that brings it is installed, or registered.
    - `skips`: functions that are known to misbehave, each with the reason. One that behaves must not be among them.
    - `answers`: native results by function, where a function of the plugin's needs more than what the declaration says.
    """

    platform: ClassVar[str]
    skips: ClassVar[Mapping[str, str]] = {}
    answers: ClassVar[Mapping[str, Any]] = {}

    def test_it_says_who_it_is(self) -> None:
        """`Taro.getEnv()`, `Taro.env` and the unit of sizes are the platform's own; a phone can stand behind it."""
        with create(self.platform) as taro:
            env, expected = taro.getEnv(), taro.platform.env_type
            assert env == expected, f"Taro.getEnv() gives {env!r}, not {expected!r}"
            size, unit = taro.pxTransform(0), taro.platform.target_unit
            assert size.endswith(unit), f"Taro.pxTransform gives {size}, not {unit}"
            if taro._runtime.offers("env"):
                named = taro.env.TARO_ENV
                assert named == self.platform, f"Taro.env.TARO_ENV is {named!r}"

    def test_every_function_takes_its_options_in_each_form(self) -> None:
        """A dict, keywords and the option class make one and the same native call."""
        self._hold("forms")

    def test_every_option_reaches_the_native_function(self) -> None:
        """Under the name, and with the value, that the table says."""
        self._hold("options")

    def test_every_function_succeeds_in_order(self) -> None:
        """`success`, `complete`, the promise, with what the declaration promises."""
        self._hold("success")

    def test_every_function_fails_in_order(self) -> None:
        """`fail`, `complete`, the promise, with Taro's name and the native code."""
        self._hold("failure")

    def test_every_call_has_settled_outside_a_loop(self) -> None:
        """When it returns, as plain scripts and threads expect."""
        self._hold("scripts")

    def test_a_native_function_that_throws_is_a_failed_call(self) -> None:
        """Not an exception out of the middle of the plugin."""
        self._hold("exceptions")

    def test_wrong_options_are_refused(self) -> None:
        """Before anything reaches the native object."""
        self._hold("refusal")

    def test_every_task_can_be_aborted(self) -> None:
        """And listened to, as far as the declaration says."""
        self._hold("tasks")

    def test_every_object_has_the_native_methods(self) -> None:
        """Managers, contexts, sockets: what is asked of them reaches the native object."""
        self._hold("objects")

    def test_every_event_is_heard_until_its_listener_is_taken_off(self) -> None:
        """Once for each listener."""
        self._hold("events")

    def test_every_value_is_the_native_one(self) -> None:
        """Of functions that return at once: values, and objects with methods of their own."""
        self._hold("values")

    def test_a_host_that_lacks_a_function_is_named(self) -> None:
        """By the error and by `canIUse`."""
        self._hold("host")

    def test_what_the_platform_lacks_raises_not_supported(self) -> None:
        """Everything that it does not declare."""
        lines = [f"{api} {fault}" for api, fault in refused(self.platform)]
        assert not lines, "\n  ".join([f"{self.platform}:", *lines])

    def test_every_skip_is_declared_with_a_reason_and_needed(self) -> None:
        """A function that behaves, or that the platform does not have, is not skipped."""
        known = registry().platform(self.platform)
        strangers = [api for api in self.skips if not spec.has(api) or not known.supports(api)]
        assert not strangers, f"{self.platform} does not have what is skipped: {', '.join(strangers)}"
        assert all(reason.strip() for reason in self.skips.values()), "a skip without a reason"
        needed = {fault.api for fault in self._skipped.faults}
        needless = [api for api in self.skips if api not in needed]
        assert not needless, f"these behave, and need not be skipped: {', '.join(needless)}"

    @cached_property
    def _skipped(self) -> Examination:
        return examine(self.platform, apis=self.skips, answers=self.answers)

    def _hold(self, name: str) -> None:
        """Fails with a line for each cell that misbehaves."""
        found = examine(self.platform, [BY_NAME[name]], answers=self.answers)
        faults = [fault for fault in found.faults if fault.api not in self.skips]
        lines = [f"{self.platform}: {len(faults)} faults in {len(found.cells)} cells", *map(str, faults)]
        if faults:  # and no `assert`, to which pytest would add the whole list
            raise AssertionError("\n  ".join(lines))
