"""Which tests are not asked, and why: decided by what a test says of itself, or by its code, before it is run.

A rule stands for something that taropy.js, or the port, says it has not. It never names a test. Whatever fits no rule
counts, also where the port refuses it. Excluded tests are played all the same, so that it shows if a rule is too wide.
"""

from __future__ import annotations

import re

import attrs

from tools.test262.cases import Case


@attrs.frozen
class Rule:
    """Fits a test that has one of the features, flags or included files, or whose code has the pattern.

    Or one that is no JavaScript (`rejected`), reads or sets a name that nobody declares (`undeclared`), or gives a
    template to a function (`tagged`).
    """

    name: str
    reason: str
    features: str = ""
    flags: str = ""
    includes: str = ""
    code: str = ""
    rejected: bool = False
    undeclared: bool = False
    tagged: bool = False

    def fits(self, case: Case) -> bool:
        """Whether a test is not asked, by this rule."""
        return (
            any(self._names(case, key) for key in ("features", "flags", "includes"))
            or (self.code != "" and re.search(self.code, case.code) is not None)
            or (self.rejected and case.is_rejected)
            or (self.undeclared and bool(case.undeclared))
            or (self.tagged and case.has_tagged_template)
        )

    def _names(self, case: Case, key: str) -> bool:
        return not set(getattr(self, key).split()).isdisjoint(case.told(key))


#: In this order: a test is told of by the first rule that fits it.
RULES = (
    Rule(
        "early errors",
        "is no JavaScript, and the port reads what JavaScript's own tools have accepted; errors are theirs to tell",
        rejected=True,
    ),
    Rule(
        "sloppy mode",
        "holds in sloppy mode only; what is ported are modules, which are strict",
        flags="noStrict",
    ),
    Rule(
        "symbols",
        "there are symbols of a program's own, and no well-known ones, which most of these are about",
        features="Symbol Symbol.iterator Symbol.species Symbol.toPrimitive Symbol.isConcatSpreadable Symbol.match "
        "Symbol.matchAll Symbol.replace Symbol.search Symbol.split Symbol.toStringTag Symbol.unscopables",
        code=r"\bSymbol\b",
    ),
    Rule(
        "descriptors",
        "fields have no attributes: whether one is writable, listed, or may be deleted is not kept",
        includes="propertyHelper.js",
        code=r"\bgetOwnPropertyDescriptors?\b|\bdefineProperty\b|\bdefineProperties\b|\bpropertyIsEnumerable\b"
        r"|\bObject\.(?:seal|preventExtensions|isSealed|isExtensible)\b",
    ),
    Rule(
        "constructors",
        "which functions may be called with `new` is not kept",
        includes="isConstructor.js",
    ),
    Rule(
        "reflection",
        "there is neither Reflect nor Proxy",
        features="Reflect Proxy",
        includes="proxyTrapsHelper.js",
        code=r"\b(?:Reflect|Proxy)\b",
    ),
    Rule(
        "prototypes",
        "there are no prototypes: methods are those of Python's classes, and are not called of other values",
        code=r"\bprototype\b|\b__proto__\b|\b[gs]etPrototypeOf\b|\bisPrototypeOf\b|\bObject\.create\b"
        r"|\.constructor\b|\[\]\.\w+\.(?:call|apply|bind)\b",
    ),
    Rule(
        "code from text",
        "no code is made of texts while a program runs",
        code=r"\beval\b|\bFunction\(",
    ),
    Rule(
        "generators",
        "generators are ported as far as programs use them",
        features="generators async-iteration",
        code=r"\bfunction\s*\*|\byield\b|[,{]\s*(?:async\s*)?\*",
    ),
    Rule(
        "arguments",
        "of `arguments` only what was given is ported",
        code=r"\barguments\b",
    ),
    Rule(
        "wrappers",
        "texts, numbers and booleans are never objects",
        code=r"\bnew\s+(?:String|Number|Boolean)\b|\bnew\s+Object\((?!\))|\bObject\([^)]",
    ),
    Rule(
        "this",
        "`this` is only ported in classes and in methods of objects; no function is given another one",
        code=r"\bthis\b|\.(?:call|apply|bind)\(\s*(?!undefined\b|null\b|void\b)",
    ),
    Rule(
        "functions as classes",
        "a function makes no object when it is called with `new`; classes do",
        code=r"\bfunction\s+(\w+)\b[\s\S]*\bnew\s+\1\b",
    ),
    Rule(
        "subclasses",
        "what extends a class of JavaScript's own, but for errors, is not ported",
        code=r"\bextends\s+(?:Array|Map|Promise|RegExp|Set)\b",
    ),
    Rule(
        "changed built-ins",
        "what JavaScript has of its own is not changed by a program",
        code=r"\b(?:Array|Date|JSON|Map|Math|Number|Object|Set|String)(?:\.\w+|\[\s*''\s*\])?\s*=(?!=)",
    ),
    Rule(
        "sparse arrays",
        "an array is a list, in which 2^32 items would need room",
        code=r"(?:\[|\bArray\(|\blength = )\s*(?:42949672\d\d|Math\.pow\(2,\s*32\))",
    ),
    Rule(
        "whole numbers",
        "there is no BigInt",
        features="BigInt",
        code=r"\b\d+n\b|\bBigInt\b",
    ),
    Rule(
        "typed arrays",
        "a buffer's size is fixed, and there are no half floats",
        features="resizable-arraybuffer Float16Array",
        includes="resizableArrayBufferUtils.js testTypedArray.js",
    ),
    Rule(
        "tail calls",
        "calls in tail position need room, as in V8",
        features="tail-call-optimization",
    ),
    Rule(
        "functions' fields",
        "the name of a function, and how many parameters it has, are not ported",
        code=r"\b(?:x?[cC]over|x?[cC]ls|fn|arrow|gen)\.name\b"
        r"|\b(?:Math\.m(?:ax|in)|Object\.keys|Date\.now|encodeURIComponent|\.includes)\.length\b",
    ),
    Rule(
        "Temporal",
        "there is no Temporal",
        features="Temporal",
    ),
    Rule(
        "raw JSON",
        "JSON.rawJSON and a reviver's context are not there",
        features="json-parse-with-source",
    ),
    Rule(
        "undeclared names",
        "a name that nobody declares is refused when a program is ported, and not when it runs",
        undeclared=True,
    ),
    Rule(
        "tagged templates",
        "tagged templates are ported as far as programs use them",
        tagged=True,
    ),
    Rule(
        "groups of one name",
        "two groups of a regular expression that have one name are refused, as Node.js 20 refuses them",
        features="regexp-duplicate-named-groups",
    ),
)


def rule_of(case: Case) -> Rule | None:
    """The rule by which a test is not asked."""
    return next((rule for rule in RULES if rule.fits(case)), None)
