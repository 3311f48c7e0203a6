"""Every name that a type uses must mean something: a type of Taro's, or one of those listed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tools.spec.facts import Json
from tools.spec.overrides import OverrideError

#: Names from JavaScript and TypeScript themselves.
JAVASCRIPT = {
    "ArrayBuffer", "Error", "Exclude", "Float32Array", "Float64Array", "Function", "Int16Array",
    "Int32Array", "Int8Array", "Partial", "Pick", "Promise", "Readonly", "Record", "RegExp", "Required",
    "Uint16Array", "Uint32Array", "Uint8Array", "Uint8ClampedArray",
}  # fmt: skip

#: Names from the browser, which h5's options and the audio and canvas managers use.
BROWSER = {
    "AbortSignal", "AudioBufferSourceNode", "AudioListener", "BiquadFilterNode", "CanvasPattern",
    "ChannelMergerNode", "ChannelSplitterNode", "ConstantSourceNode", "DelayNode", "DynamicsCompressorNode",
    "ErrorEvent", "File", "GainNode", "IIRFilterNode", "OscillatorNode", "PannerNode", "PeriodicWave",
    "RequestCache", "ScriptProcessorNode", "TextMetrics", "WaveShaperNode", "WebGLRenderingContext",
    "WebGLTexture", "WebSocket",
}  # fmt: skip

#: Names from the frameworks that draw pages, from Taro's components and from its runtime's options.
FRAMEWORKS = {"MapProps.marker", "React.Component", "React.RefObject", "Vue", "Vue.ComponentOptions", "options"}

KNOWN = JAVASCRIPT | BROWSER | FRAMEWORKS


def check(members: Mapping[str, Json], types: Mapping[str, Json]) -> None:
    """Raise OverrideError if a reference leads nowhere, naming every entry in which one stands."""
    used = {(ref, name) for name, entry in {**members, **types}.items() for ref in _refs(entry)}
    found = sorted((ref, name) for ref, name in used if ref not in types and ref not in KNOWN)
    if found:
        lines = "\n".join(f"  {ref} in {name}" for ref, name in found)
        raise OverrideError(f"types that nothing declares; correct them in overrides/:\n{lines}")


def _refs(value: Any) -> Iterator[str]:
    """The names in an entry, except in what a correction replaced."""
    if isinstance(value, dict):
        if isinstance(value.get("ref"), str):
            yield value["ref"]
        if isinstance(value.get("keyof"), str):
            yield value["keyof"]
        for key, part in value.items():
            if key != "was":
                yield from _refs(part)
    elif isinstance(value, list):
        for part in value:
            yield from _refs(part)
