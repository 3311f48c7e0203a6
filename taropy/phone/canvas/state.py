"""What `save` keeps of a context, and `restore` brings back, beside its transformation and clip."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import colors, text
from .library import skia

Mode = skia.BlendMode

#: `globalCompositeOperation`, by its names.
BLENDS: Mapping[str, Any] = {
    "source-over": Mode.kSrcOver, "source-in": Mode.kSrcIn, "source-out": Mode.kSrcOut, "source-atop": Mode.kSrcATop,
    "destination-over": Mode.kDstOver, "destination-in": Mode.kDstIn, "destination-out": Mode.kDstOut,
    "destination-atop": Mode.kDstATop, "lighter": Mode.kPlus, "copy": Mode.kSrc, "xor": Mode.kXor,
    "multiply": Mode.kMultiply, "screen": Mode.kScreen, "overlay": Mode.kOverlay, "darken": Mode.kDarken,
    "lighten": Mode.kLighten, "color-dodge": Mode.kColorDodge, "color-burn": Mode.kColorBurn,
    "hard-light": Mode.kHardLight, "soft-light": Mode.kSoftLight, "difference": Mode.kDifference,
    "exclusion": Mode.kExclusion, "hue": Mode.kHue, "saturation": Mode.kSaturation, "color": Mode.kColor,
    "luminosity": Mode.kLuminosity,
}  # fmt: skip
#: Those that change what lies outside a shape as well.
WHOLE = frozenset({Mode.kSrcIn, Mode.kSrcOut, Mode.kDstIn, Mode.kDstATop, Mode.kSrc})
CAPS: Mapping[str, Any] = {
    "butt": skia.Paint.kButt_Cap,
    "round": skia.Paint.kRound_Cap,
    "square": skia.Paint.kSquare_Cap,
}
JOINS: Mapping[str, Any] = {
    "miter": skia.Paint.kMiter_Join,
    "round": skia.Paint.kRound_Join,
    "bevel": skia.Paint.kBevel_Join,
}
ALIGNS = ("start", "end", "left", "right", "center")
BASELINES = ("alphabetic", "top", "hanging", "middle", "ideographic", "bottom")
DIRECTIONS = ("inherit", "ltr", "rtl")
QUALITIES = ("low", "medium", "high")


class State:
    """One state, by the names of the context's properties."""

    def __init__(self) -> None:
        self.fillStyle: Any = colors.BLACK
        self.strokeStyle: Any = colors.BLACK
        self.globalAlpha = 1.0
        self.globalCompositeOperation = "source-over"
        self.lineWidth = 1.0
        self.lineCap = "butt"
        self.lineJoin = "miter"
        self.miterLimit = 10.0
        self.lineDash: list[float] = []
        self.lineDashOffset = 0.0
        self.shadowBlur = 0.0
        self.shadowColor = colors.TRANSPARENT
        self.shadowOffsetX = 0.0
        self.shadowOffsetY = 0.0
        self.font = text.USUAL
        self.textAlign = "start"
        self.textBaseline = "alphabetic"
        self.direction = "ltr"
        self.imageSmoothingEnabled = True
        self.imageSmoothingQuality = "low"
        self.filter = "none"
        self.filtering: Any = None
        self.matrix: Any = skia.Matrix()
        #: What is drawn within, a path after the other, each with the transformation that it was given by.
        self.clips: tuple[tuple[Any, Any], ...] = ()
        self.change()

    def change(self) -> None:
        """What is painted with has to be made anew, and it is looked whether a shape is drawn straight."""
        #: What shapes and lines are painted with, once they have been.
        self.fill_paint: Any = None
        self.stroke_paint: Any = None
        #: Whether a shape can be drawn straight onto the canvas.
        self.is_plain = not (self.has_shadow or self.filtering is not None or self.blend in WHOLE)

    def copy(self) -> State:
        """The state, to be changed by itself."""
        made = State.__new__(State)
        vars(made).update(vars(self))
        return made

    @property
    def blend(self) -> Any:
        """How what is drawn is put onto what is there."""
        return BLENDS[self.globalCompositeOperation]

    @property
    def has_shadow(self) -> bool:
        """Whether shapes throw a shadow."""
        return self.shadowColor.alpha > 0 and bool(self.shadowBlur or self.shadowOffsetX or self.shadowOffsetY)

    def sampling(self, *, enlarging: bool = False) -> Any:
        """How pictures are drawn in another size."""
        if not self.imageSmoothingEnabled:
            return skia.SamplingOptions(skia.FilterMode.kNearest)
        if self.imageSmoothingQuality == "low":
            return skia.SamplingOptions(skia.FilterMode.kLinear)
        if self.imageSmoothingQuality == "high" and enlarging:
            return skia.SamplingOptions(skia.CubicResampler.Mitchell())
        return skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
