"""`verify`: an original and its port, played beside each other."""

from __future__ import annotations

from pathlib import Path

import attrs

from .comparing import Difference, differences
from .generating import Generated, generated
from .playing import play
from .recording import Recording
from .scenario import Scenario, ScenarioError
from .sides import Original, Port


@attrs.frozen
class Verdict:
    """What came of it: what each has done, and where they differ; `generated` is what was played without a scenario."""

    original: Recording
    port: Recording
    differences: tuple[Difference, ...]
    generated: Generated | None = None

    @property
    def same(self) -> bool:
        """Whether the port does what the original does, as far as the scenario goes."""
        return not self.differences


def verify(original: Path, port: Path, scenario: Scenario | None = None, *, platform: str = "weapp") -> Verdict:
    """Plays both, each on a fresh phone of the same kind, through the scenario, else through generated calls.

    `MissingExtra` where the engine is not installed; `ScenarioError` where there is nothing to play, where the engine
    can't run the original, or where the scenario itself fails.
    """
    made = None if scenario is not None else generated(original)
    if made is not None and not made.calls:
        told = f":\n{made.told()}" if made.left_out else ""
        raise ScenarioError(f"{original} exports no function whose arguments can be made from its types{told}")
    played = scenario if scenario is not None else made.play  # type: ignore[union-attr]
    first = play(lambda taro, recording: Original(taro, original, recording), played, platform)
    if first.failure is not None:
        raise ScenarioError(
            f"the scenario fails with the original: {type(first.failure).__name__}: {first.failure}"
        ) from first.failure
    second = play(lambda taro, recording: Port(port, recording), played, platform)
    return Verdict(first, second, tuple(differences(first.steps, second.steps)), made)
