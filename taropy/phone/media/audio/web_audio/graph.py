"""The graph of a context: what is connected to what, and its sound, computed as far as the clock has come."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from ....core.guarded import Keeping
from ....core.telling import Showing, count
from ..sounds import numpy
from .params import AudioParam

#: So many frames are computed at a time: the standard's render quantum.
QUANTUM = 128
#: A sound goes on for so long after its sources, in seconds: in filters and compressors; delays add theirs.
TAIL = 0.5
#: What is quieter is nothing.
QUIET = 1e-6
#: So many seconds of what was computed are kept.
KEPT = 600


class Node(Keeping):
    """A node: what is connected to it, and what it makes of that."""

    INPUTS = 1
    OUTPUTS = 1

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.inputs: list[list[tuple[Node, int]]] = [[] for _ in range(self.INPUTS)]
        self.numberOfInputs = self.INPUTS
        self.numberOfOutputs = self.OUTPUTS
        self.made: dict[int, Any] = {}
        self._frame = -1

    @property
    def itself(self) -> Node:
        """The node, however the program holds it."""
        return self

    def connect(self, destination: Any, output: int = 0, input: int = 0) -> Any:
        """Leads what comes out to another node, or adds it to a number of one; gives that node."""
        target = getattr(destination, "itself", None)
        if not isinstance(target, Node | AudioParam):
            raise TypeError(f"a node is connected to a node or to a parameter, not to {destination!r}")
        if isinstance(target, Node) and target.graph is not self.graph:
            raise ValueError("the two nodes are of different contexts")
        if not 0 <= output < self.numberOfOutputs:
            raise ValueError(f"there is no output {output}")
        self.graph.catch_up()
        if isinstance(target, AudioParam):
            into = target.inputs
            self.graph.params[target] = None
        else:
            if not 0 <= input < target.numberOfInputs:
                raise ValueError(f"there is no input {input}")
            into = target.inputs[input]
            self.graph.nodes[target] = None
        if (self, output) not in into:
            into.append((self, output))
        return destination

    def disconnect(self, destination: Any = None, *_: Any) -> None:
        """Leads nothing there any more; without one, nowhere."""
        self.graph.catch_up()
        only = getattr(destination, "itself", None)
        for node in self.graph.nodes:
            if only in (None, node):
                for each in node.inputs:
                    each[:] = [(source, output) for source, output in each if source is not self]
        for param in self.graph.params:
            if only in (None, param):
                param.inputs[:] = [(source, output) for source, output in param.inputs if source is not self]

    # --- what nodes are made of ---------------------------------------------------------------------------------

    def heard(self, frame: int, count: int, input: int = 0, channels: int = 0) -> Any:
        """What comes in: the sum of what is connected, in as many channels as the widest has, or as are asked for."""
        np = numpy()
        signals = [node.output(output, frame, count) for node, output in self.inputs[input]]
        most = channels or max((each.shape[1] for each in signals), default=1)
        mixed = np.zeros((count, most))
        for each in signals:
            mixed += spread(each, most)
        return mixed

    def process(self, frame: int, count: int) -> list[Any]:
        """What comes out of each output."""
        return [self.heard(frame, count)]

    def output(self, number: int, frame: int, count: int) -> Any:
        """What comes out of one; it is computed once."""
        if self._frame != frame:
            before, self._frame = self.made.get(number), frame
            # Who asks in a circle gets what was there before; the standard has a delay in each.
            self.made = {} if before is None else {number: before}
            self.made = dict(enumerate(self.process(frame, count)))
        found = self.made.get(number)
        return numpy().zeros((count, 1)) if found is None else found


class Graph(Showing):
    """What is connected in a context. `now` tells how far its time has come, in seconds."""

    def __init__(self, rate: int, now: Callable[[], float]) -> None:
        self.rate = rate
        self._now = now
        #: The nodes and the numbers that something is connected to.
        self.nodes: dict[Node, None] = {}
        self.params: dict[AudioParam, None] = {}
        self.destination = Node(self)
        self.frame = 0
        #: Sources that are to sound, or do.
        self.sources: dict[Any, None] = {}
        #: Whether functions of the program's make sound, which nobody can foresee.
        self.always = False
        #: How long delays hold what they have heard.
        self.longest_delay = 0.0
        #: When something sounded last, a source or what is left of one.
        self._last = -math.inf
        self._chunks: list[tuple[int, Any]] = []
        self._busy = False

    def in_words(self) -> Iterator[str]:
        """How many nodes are connected."""
        yield count(len(self.nodes), "nodes")

    @property
    def now(self) -> float:
        """How far the context's time has come, in seconds."""
        return self._now()

    def catch_up(self) -> None:
        """Computes the sound as far as the clock has come: what is changed then changes only what is to come."""
        goal = int(self.now * self.rate) // QUANTUM * QUANTUM
        if self._busy or goal <= self.frame:
            return
        self._busy = True
        try:
            while self.frame < goal:
                if not self._is_live():
                    self.frame = self._next_start(goal)
                    continue
                self._render()
        finally:
            self._busy = False

    def _is_live(self) -> bool:
        starts = [source for source in self.sources if source.begins < self.frame + QUANTUM]
        tail = (TAIL + self.longest_delay) * self.rate
        if starts:
            self._last = self.frame
        return self.always or self.frame - self._last < tail

    def _next_start(self, goal: int) -> int:
        starts = [int(source.begins) // QUANTUM * QUANTUM for source in self.sources]
        return min([goal, *(start for start in starts if start > self.frame)])

    def _render(self) -> None:
        heard = spread(self.destination.heard(self.frame, QUANTUM), 2)
        for source in tuple(self.sources):
            source.output(0, self.frame, QUANTUM)  # also one that is connected to nothing comes to its end
        if abs(heard).max() > QUIET:
            self._last = self.frame
            self._chunks.append((self.frame, heard.astype("float32")))
            if len(self._chunks) * QUANTUM > KEPT * self.rate:
                del self._chunks[0]
        for source in [each for each in self.sources if each.is_over]:
            del self.sources[source]
        self.frame += QUANTUM

    def samples(self, first: int, count: int) -> Any:
        """So many frames of what was heard, from one on, in two channels."""
        made = numpy().zeros((max(count, 0), 2), dtype="float32")
        for frame, chunk in self._chunks:
            low, high = max(frame, first), min(frame + QUANTUM, first + count)
            if low < high:
                made[low - first : high - first] = chunk[low - frame : high - frame]
        return made.clip(-1, 1)


def spread(signal: Any, channels: int) -> Any:
    """A signal in so many channels: one goes to both ears, two are mixed to one; others are filled or cut."""
    np, own = numpy(), signal.shape[1]
    if own == channels:
        return signal
    if own == 1 and channels == 2:
        return np.repeat(signal, 2, axis=1)
    if own == 2 and channels == 1:
        return signal.mean(axis=1, keepdims=True)
    if own < channels:
        return np.pad(signal, ((0, 0), (0, channels - own)))
    return signal[:, :channels]
