"""`python -m tools.figures.playing ORIGINAL PORT engine`: one module's calls on both sides, as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import taropy.js.border  # noqa: F401  # whose values ports are given, also those that import nothing of it
from taropy.port.verifying.generating import Generated, generated
from taropy.port.verifying.playing import play
from taropy.port.verifying.recording import Recording
from taropy.port.verifying.sides import Make, Original, Playing, Port

PLATFORM = "weapp"


def main(arguments: Sequence[str]) -> int:
    """Plays, and prints what came of it in one line."""
    original, port = Path(arguments[0]), Path(arguments[1])
    made = generated(original)
    if not made.calls:
        print(json.dumps({"reason": "no function whose arguments can be made from types", "calls": []}))
        return 0
    first = steps_of(lambda taro, recording: Original(taro, original, recording), made)
    second = steps_of(lambda taro, recording: Port(port, recording), made)
    print(json.dumps(told(made, first, second)))
    return 0


def steps_of(make: Make, made: Generated) -> list[list[str]]:
    """What one side does: when it is loaded, and in each call."""
    recordings: list[Recording] = []
    starts = [0]

    def keeping(taro: Any, recording: Recording) -> Any:
        recordings.append(recording)
        return make(taro, recording)

    async def scenario(program: Playing, phone: Any) -> None:
        for name, arguments in made.calls:
            starts.append(len(recordings[0].steps))
            await program.call(name, *arguments)
        starts.append(len(recordings[0].steps))

    recording = play(keeping, scenario, PLATFORM)
    steps = [str(step) for step in recording.steps]
    return [steps[start:end] for start, end in pairwise(starts)] or [steps]


def told(made: Generated, first: list[list[str]], second: list[list[str]]) -> dict[str, Any]:
    """Both sides, call by call."""
    for side, steps in (("the original", first), ("the port", second)):
        if len(steps) == 1:
            reason = next((step for step in steps[0] if " throws " in step), "it ends")
            return {"reason": f"{side} can't be loaded: {reason}"[:300], "calls": []}
    calls = [
        {"call": ours[0] if ours else name, "original": ours[1:], "port": theirs[1:]}
        for (name, _), ours, theirs in zip(made.calls, first[1:], second[1:], strict=True)
    ]
    return {"reason": "", "calls": calls}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
