"""Which platform has what: decided where tags and code agree, and by an override where they do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from tools.spec.facts import Json
from tools.spec.overrides import OverrideError

#: The adapters over a mini program's native object: they hand through what the host has.
MINI_PROGRAMS = ("weapp", "alipay", "swan", "tt", "qq", "jd")
#: The adapters that implement the API themselves: what they lack is not there.
IMPLEMENTATIONS = ("h5", "rn", "harmony", "harmony-hybrid")
PLATFORMS = (*MINI_PROGRAMS, *IMPLEMENTATIONS)

Pair = tuple[str, str]  # a member and a platform


def decide(
    members: Mapping[str, Json], code: Mapping[str, Mapping[str, list[str]]], entries: list[Json]
) -> dict[str, list[str]]:
    """The platforms of every member. Raises OverrideError for a disagreement without an override, and the reverse."""
    claims = {
        (name, platform): (tagged(entry, platform), coded(code, name, platform))
        for name, entry in members.items()
        for platform in PLATFORMS
    }
    agreed = {pair: bool(tag) for pair, (tag, evidence) in claims.items() if not disagree(tag, evidence)}
    decided = read_decisions(entries, claims.keys(), agreed)
    if undecided := claims.keys() - agreed.keys() - decided.keys():
        raise OverrideError(
            "tags and code disagree; decide these in overrides/support.json:\n" + _listed(undecided, claims)
        )
    final = agreed | decided
    return {name: [platform for platform in PLATFORMS if final[name, platform]] for name in members}


def tagged(entry: Json, platform: str) -> bool | None:
    """Whether the declaration claims the platform; `None` where it says nothing about any."""
    if "supported" not in entry:
        return None
    return platform in entry["supported"] or "global" in entry["supported"]


def coded(code: Mapping[str, Mapping[str, list[str]]], name: str, platform: str) -> bool | None:
    """Whether the adapter's code has the API; `None` for what a mini program's adapter may hand through."""
    words = code[platform].get(name, [])
    if platform in IMPLEMENTATIONS:
        return bool(words) and words != ["stub"]
    return True if words or "own" in code["shared"].get(name, []) else None


def disagree(tag: bool | None, evidence: bool | None) -> bool:
    """Whether a person must decide: the two contradict each other, or the declaration says nothing."""
    return tag is None or (evidence is not None and evidence != tag)


def read_decisions(entries: list[Json], pairs: Set[Pair], agreed: Mapping[Pair, bool]) -> dict[Pair, bool]:
    """The decision for each pair that an override names.

    An entry for named platforms must decide something for each of them, one for "all" platforms for at least one:
    where tags and code agree on what it says, it is not needed.
    """
    decisions: dict[Pair, bool] = {}
    for entry in entries:
        for name in entry["apis"]:
            named = [(name, platform) for platform in _platforms(entry)]
            if unknown := [pair for pair in named if pair not in pairs]:
                raise OverrideError(f"overrides/support.json names what does not exist: {_pairs(unknown)}")
            idle = [pair for pair in named if agreed.get(pair) is entry["supported"]]
            if len(idle) == len(named) or (idle and entry["platforms"] != "all"):
                raise OverrideError(f"overrides/support.json decides nothing for {_pairs(idle)}: tags and code agree")
            if twice := [pair for pair in named if pair in decisions]:
                raise OverrideError(f"overrides/support.json decides twice: {_pairs(twice)}")
            decisions.update((pair, entry["supported"]) for pair in named)
    return decisions


def _platforms(entry: Json) -> Iterable[str]:
    return PLATFORMS if entry["platforms"] == "all" else entry["platforms"]


def _pairs(pairs: Iterable[Pair]) -> str:
    return ", ".join(f"{name} on {platform}" for name, platform in pairs)


def _listed(pairs: Set[Pair], claims: Mapping[Pair, tuple[bool | None, bool | None]]) -> str:
    """One line per platform and kind of disagreement, the members in order."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, platform in sorted(pairs):
        tag, evidence = claims[name, platform]
        lines[platform, f"tag {_word(tag)}, code {_word(evidence)}"].append(name)
    return "\n".join(f"  {platform} ({kind}): {', '.join(names)}" for (platform, kind), names in sorted(lines.items()))


def _word(claim: bool | None) -> str:
    return "silent" if claim is None else "yes" if claim else "no"


def undeclared(members: Mapping[str, Json], code: Mapping[str, Mapping[str, list[str]]]) -> Json:
    """What each adapter over a native object does with functions that the declarations do not know.

    `promised`: it makes promises of them, as of declared ones; `hidden`: Taro does not have them, though hosts do.
    """
    hidden = {platform: _worded(code[platform], "hidden") for platform in MINI_PROGRAMS}
    common = _worded(code["shared"], "promise")
    promised = {
        platform: (common | _worded(code[platform], "promise")) - members.keys() - hidden[platform]
        for platform in MINI_PROGRAMS
    }
    return {
        "promised": {platform: sorted(names) for platform, names in promised.items()},
        "hidden": {platform: sorted(names) for platform, names in hidden.items()},
    }


def _worded(code: Mapping[str, list[str]], word: str) -> set[str]:
    return {name for name, words in code.items() if word in words}


def sources(members: Mapping[str, Json], code: Mapping[str, Mapping[str, list[str]]]) -> Json:
    """What upstream says, before any decision: the tags of each member, and what each adapter's code does with it."""
    tags = {name: entry["supported"] for name, entry in members.items() if "supported" in entry}
    known = {
        platform: {name: words for name, words in sorted(found.items()) if name in members}
        for platform, found in code.items()
    }
    return {"tags": tags, "code": known}
