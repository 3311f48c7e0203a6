"""What JavaScript means, for ported code and for people who port by hand.

    from taropy.js import Array, Obj, Taro, text

Values that carry JavaScript's semantics (`Obj`, `Array`, `Map`, `Set`, errors), functions for what Python does
otherwise (`text`, `number`, `plus`, `eq`, …), and a `Taro` whose results are such values. docs/guides/javascript.md is
its guide.
"""

from __future__ import annotations

from ..lazily import names_of

TYPE_CHECKING = False  # as type checkers know it: `typing` takes longer to import than this
if TYPE_CHECKING:
    from ..extras import MissingExtra as MissingExtra
    from .access import call as call
    from .access import class_of as class_of
    from .access import coalesce as coalesce
    from .access import delete as delete
    from .access import field as field
    from .access import for_in as for_in
    from .access import get as get
    from .access import given as given
    from .access import has_property as has_property
    from .access import instanceof as instanceof
    from .access import invoke as invoke
    from .access import rest as rest
    from .access import unpack as unpack
    from .access import void as void
    from .accessors import Accessors as Accessors
    from .aggregate import AggregateError as AggregateError
    from .array import Array as Array
    from .array_buffer import ArrayBuffer as ArrayBuffer
    from .array_buffer import DataView as DataView
    from .base64 import atob as atob
    from .base64 import btoa as btoa
    from .border import to_js as to_js
    from .both_methods import beside as beside
    from .buffer import Buffer as Buffer
    from .class_getters import class_getter as class_getter
    from .conversions import Infinity as Infinity
    from .conversions import NaN as NaN
    from .conversions import integer as integer
    from .conversions import number as number
    from .conversions import primitive as primitive
    from .conversions import shown as shown
    from .conversions import text as text
    from .conversions import truthy as truthy
    from .conversions import typeof as typeof
    from .date import Date as Date
    from .decorating import decorated as decorated
    from .dom_exception import DOMException as DOMException
    from .enums import members as members
    from .environment import taro_env as taro_env
    from .errors import Error as Error
    from .errors import EvalError as EvalError
    from .errors import RangeError as RangeError
    from .errors import ReferenceError as ReferenceError
    from .errors import SyntaxError as SyntaxError
    from .errors import Thrown as Thrown
    from .errors import TypeError as TypeError
    from .errors import URIError as URIError
    from .functions import lenient as lenient
    from .functions import started as started
    from .generators import each_of as each_of
    from .generators import generator as generator
    from .generators import yield_all as yield_all
    from .hooks import create_context as create_context
    from .hooks import create_ref as create_ref
    from .hooks import forward_ref as forward_ref
    from .hooks import memo as memo
    from .hooks import provide as provide
    from .hooks import use_callback as use_callback
    from .hooks import use_context as use_context
    from .hooks import use_effect as use_effect
    from .hooks import use_imperative_handle as use_imperative_handle
    from .hooks import use_layout_effect as use_layout_effect
    from .hooks import use_memo as use_memo
    from .hooks import use_reducer as use_reducer
    from .hooks import use_ref as use_ref
    from .hooks import use_state as use_state
    from .hooks_class import Component as Component
    from .hooks_class import PureComponent as PureComponent
    from .hooks_component import component as component
    from .hooks_component import mount as mount
    from .hooks_view import view as view
    from .json import JSON as JSON
    from .maps import Map as Map
    from .maps import Set as Set
    from .maths import Math as Math
    from .missing import hole as hole
    from .missing import is_nullish as is_nullish
    from .missing import is_undefined as is_undefined
    from .missing import or_undefined as or_undefined
    from .missing import undefined as undefined
    from .natives import jd as jd
    from .natives import my as my
    from .natives import qq as qq
    from .natives import swan as swan
    from .natives import tt as tt
    from .natives import wx as wx
    from .numeric import Boolean as Boolean
    from .numeric import Number as Number
    from .numeric import isFinite as isFinite
    from .numeric import isNaN as isNaN
    from .numeric import parseFloat as parseFloat
    from .numeric import parseInt as parseInt
    from .obj import Obj as Obj
    from .object import Object as Object
    from .operators import bit_and as bit_and
    from .operators import bit_not as bit_not
    from .operators import bit_or as bit_or
    from .operators import bit_xor as bit_xor
    from .operators import divided as divided
    from .operators import eq as eq
    from .operators import ge as ge
    from .operators import gt as gt
    from .operators import le as le
    from .operators import lt as lt
    from .operators import minus as minus
    from .operators import negative as negative
    from .operators import plus as plus
    from .operators import power as power
    from .operators import remainder as remainder
    from .operators import same as same
    from .operators import shift_left as shift_left
    from .operators import shift_right as shift_right
    from .operators import shift_right_unsigned as shift_right_unsigned
    from .operators import times as times
    from .operators import to_int32 as to_int32
    from .operators import to_uint32 as to_uint32
    from .printing import console as console
    from .promise import Promise as Promise
    from .random_values import crypto as crypto
    from .regexp import RegExp as RegExp
    from .setting import add_to as add_to
    from .setting import put as put
    from .strings import String as String
    from .strings import length as length
    from .structured_clone import structuredClone as structuredClone
    from .symbols import Symbol as Symbol
    from .tagged import parts as parts
    from .taro import Taro as Taro
    from .taro import taro_of as taro_of
    from .text_coding import TextDecoder as TextDecoder
    from .text_coding import TextEncoder as TextEncoder
    from .throwing import caught as caught
    from .throwing import throw as throw
    from .timers import cancelAnimationFrame as cancelAnimationFrame
    from .timers import clearImmediate as clearImmediate
    from .timers import clearInterval as clearInterval
    from .timers import clearTimeout as clearTimeout
    from .timers import queueMicrotask as queueMicrotask
    from .timers import requestAnimationFrame as requestAnimationFrame
    from .timers import setImmediate as setImmediate
    from .timers import setInterval as setInterval
    from .timers import setTimeout as setTimeout
    from .timing import performance as performance
    from .typed_arrays import Float32Array as Float32Array
    from .typed_arrays import Float64Array as Float64Array
    from .typed_arrays import Int8Array as Int8Array
    from .typed_arrays import Int16Array as Int16Array
    from .typed_arrays import Int32Array as Int32Array
    from .typed_arrays import Uint8Array as Uint8Array
    from .typed_arrays import Uint8ClampedArray as Uint8ClampedArray
    from .typed_arrays import Uint16Array as Uint16Array
    from .typed_arrays import Uint32Array as Uint32Array
    from .typed_obj import OpenObj as OpenObj
    from .typed_obj import TypedObj as TypedObj
    from .unported import NotPorted as NotPorted
    from .unported import NotPortedWarning as NotPortedWarning
    from .unported import Unported as Unported
    from .unported import begin_with as begin_with
    from .unported import if_ported as if_ported
    from .unported import not_ported as not_ported
    from .unported import skip_unported as skip_unported
    from .unported import where_ported as where_ported
    from .uri import decodeURI as decodeURI
    from .uri import decodeURIComponent as decodeURIComponent
    from .uri import encodeURI as encodeURI
    from .uri import encodeURIComponent as encodeURIComponent
    from .uri import escape as escape
    from .uri import unescape as unescape
    from .url import URL as URL
    from .url_search_params import URLSearchParams as URLSearchParams
    from .weak_maps import WeakMap as WeakMap
    from .weak_maps import WeakSet as WeakSet

# Which module has which name.
_HOMES = {
    "Accessors": ".accessors",
    "AggregateError": ".aggregate",
    "Array": ".array",
    "ArrayBuffer": ".array_buffer",
    "Boolean": ".numeric",
    "Buffer": ".buffer",
    "Component": ".hooks_class",
    "DOMException": ".dom_exception",
    "DataView": ".array_buffer",
    "Date": ".date",
    "Error": ".errors",
    "EvalError": ".errors",
    "Float32Array": ".typed_arrays",
    "Float64Array": ".typed_arrays",
    "Infinity": ".conversions",
    "Int16Array": ".typed_arrays",
    "Int32Array": ".typed_arrays",
    "Int8Array": ".typed_arrays",
    "JSON": ".json",
    "Map": ".maps",
    "Math": ".maths",
    "MissingExtra": "..extras",
    "NaN": ".conversions",
    "NotPorted": ".unported",
    "NotPortedWarning": ".unported",
    "Number": ".numeric",
    "Obj": ".obj",
    "Object": ".object",
    "OpenObj": ".typed_obj",
    "Promise": ".promise",
    "PureComponent": ".hooks_class",
    "RangeError": ".errors",
    "ReferenceError": ".errors",
    "RegExp": ".regexp",
    "Set": ".maps",
    "String": ".strings",
    "Symbol": ".symbols",
    "SyntaxError": ".errors",
    "Taro": ".taro",
    "TextDecoder": ".text_coding",
    "TextEncoder": ".text_coding",
    "Thrown": ".errors",
    "TypeError": ".errors",
    "TypedObj": ".typed_obj",
    "URIError": ".errors",
    "URL": ".url",
    "URLSearchParams": ".url_search_params",
    "Uint16Array": ".typed_arrays",
    "Uint32Array": ".typed_arrays",
    "Uint8Array": ".typed_arrays",
    "Uint8ClampedArray": ".typed_arrays",
    "Unported": ".unported",
    "WeakMap": ".weak_maps",
    "WeakSet": ".weak_maps",
    "add_to": ".setting",
    "atob": ".base64",
    "begin_with": ".unported",
    "beside": ".both_methods",
    "bit_and": ".operators",
    "bit_not": ".operators",
    "bit_or": ".operators",
    "bit_xor": ".operators",
    "btoa": ".base64",
    "call": ".access",
    "cancelAnimationFrame": ".timers",
    "caught": ".throwing",
    "class_getter": ".class_getters",
    "class_of": ".access",
    "clearImmediate": ".timers",
    "clearInterval": ".timers",
    "clearTimeout": ".timers",
    "coalesce": ".access",
    "component": ".hooks_component",
    "console": ".printing",
    "create_context": ".hooks",
    "create_ref": ".hooks",
    "crypto": ".random_values",
    "decodeURI": ".uri",
    "decodeURIComponent": ".uri",
    "decorated": ".decorating",
    "delete": ".access",
    "divided": ".operators",
    "each_of": ".generators",
    "encodeURI": ".uri",
    "encodeURIComponent": ".uri",
    "eq": ".operators",
    "escape": ".uri",
    "field": ".access",
    "for_in": ".access",
    "forward_ref": ".hooks",
    "ge": ".operators",
    "generator": ".generators",
    "get": ".access",
    "given": ".access",
    "gt": ".operators",
    "has_property": ".access",
    "hole": ".missing",
    "if_ported": ".unported",
    "instanceof": ".access",
    "integer": ".conversions",
    "invoke": ".access",
    "isFinite": ".numeric",
    "isNaN": ".numeric",
    "is_nullish": ".missing",
    "is_undefined": ".missing",
    "jd": ".natives",
    "le": ".operators",
    "length": ".strings",
    "lenient": ".functions",
    "lt": ".operators",
    "members": ".enums",
    "memo": ".hooks",
    "minus": ".operators",
    "mount": ".hooks_component",
    "my": ".natives",
    "negative": ".operators",
    "not_ported": ".unported",
    "number": ".conversions",
    "or_undefined": ".missing",
    "parseFloat": ".numeric",
    "parseInt": ".numeric",
    "parts": ".tagged",
    "performance": ".timing",
    "plus": ".operators",
    "power": ".operators",
    "primitive": ".conversions",
    "provide": ".hooks",
    "put": ".setting",
    "qq": ".natives",
    "queueMicrotask": ".timers",
    "remainder": ".operators",
    "requestAnimationFrame": ".timers",
    "rest": ".access",
    "same": ".operators",
    "setImmediate": ".timers",
    "setInterval": ".timers",
    "setTimeout": ".timers",
    "shift_left": ".operators",
    "shift_right": ".operators",
    "shift_right_unsigned": ".operators",
    "skip_unported": ".unported",
    "started": ".functions",
    "structuredClone": ".structured_clone",
    "swan": ".natives",
    "taro_env": ".environment",
    "taro_of": ".taro",
    "shown": ".conversions",
    "text": ".conversions",
    "throw": ".throwing",
    "times": ".operators",
    "to_int32": ".operators",
    "to_js": ".border",
    "to_uint32": ".operators",
    "truthy": ".conversions",
    "tt": ".natives",
    "typeof": ".conversions",
    "undefined": ".missing",
    "unescape": ".uri",
    "unpack": ".access",
    "use_callback": ".hooks",
    "use_context": ".hooks",
    "use_effect": ".hooks",
    "use_imperative_handle": ".hooks",
    "use_layout_effect": ".hooks",
    "use_memo": ".hooks",
    "use_reducer": ".hooks",
    "use_ref": ".hooks",
    "use_state": ".hooks",
    "view": ".hooks_view",
    "void": ".access",
    "where_ported": ".unported",
    "wx": ".natives",
    "yield_all": ".generators",
}

__all__ = [*_HOMES]  # pyright: ignore[reportUnsupportedDunderAll]

if not TYPE_CHECKING:  # to whom a name that is not above is a mistake
    __getattr__, __dir__ = names_of(__name__, _HOMES)
