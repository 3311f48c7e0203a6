"""`python -m tools.figures.playing ORIGINAL PORT [FOLDER]`: one module's calls on both sides, as JSON.

The reference is the engine; Node.js with esbuild in the FOLDER, if that is given.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs

import taropy.js
import taropy.js.border  # whose values ports are given, also those that import nothing of it
from taropy.port.verifying.generating import Generated, generated
from taropy.port.verifying.meaning import meaning
from taropy.port.verifying.playing import play
from taropy.port.verifying.recording import Recording
from taropy.port.verifying.sides import Make, Original, Playing, Port
from tools.figures.node import NotComparable, steps_in_node
from tools.figures.stub import Stub

PLATFORM = "weapp"


def main(arguments: Sequence[str]) -> int:
    """Plays, and prints what came of it in one line."""
    original, port = Path(arguments[0]), Path(arguments[1])
    made = generated(original)
    if not made.calls:
        print(json.dumps({"reason": "no function whose arguments can be made from types", "calls": []}))
        return 0
    if len(arguments) > 2:
        print(json.dumps(_beside_node(original, port, made, Path(arguments[2]))))
        return 0
    first = steps_of(lambda taro, recording: Original(taro, original, recording), made)
    second = steps_of(lambda taro, recording: Port(port, recording), made)
    print(json.dumps(told(made, first, second)))
    return 0


def _beside_node(original: Path, port: Path, made: Generated, tools: Path) -> dict[str, Any]:
    """Both sides with a Taro that answers the same to both; only calls whose arguments JSON can carry."""
    made = attrs.evolve(made, calls=tuple(call for call in made.calls if _is_json(call[1])))
    try:
        first = steps_in_node(original, made, tools)
    except NotComparable as error:
        return {"reason": str(error)[:300], "calls": []}
    random.random = lambda: 0.5

    def stubbed(taro: Any, recording: Recording) -> Any:
        stub = Stub(recording)
        for name in ("Taro", "wx"):
            setattr(taropy.js, name, stub)
        return Port(port, recording)

    second = steps_of(stubbed, made)
    ours = [
        [f"{name}({', '.join(map(meaning, given))})", *steps]
        for (name, given), steps in zip(made.calls, first, strict=True)
    ]
    return told(made, [[], *ours], second)


def _is_json(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_json, value.values()))
    return all(map(_is_json, value)) if isinstance(value, list | tuple) else isinstance(value, str | int | float | None)


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
