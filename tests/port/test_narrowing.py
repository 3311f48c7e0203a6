"""After a program has asked whether something is there, the port counts with it: plain operators need no helper."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("tree_sitter", reason="ports need the extra port")

from taropy.port.porting import port

#: Bodies of `f(list?: string[], word?: string | null)`, and what stands in their ports.
THERE = {
    "if (!list) return ''; return list.map((each) => each + list.includes('a'))": "list_.includes(",
    "if (!list || !list.length) throw new Error('none'); return list.includes('a')": "return list_.includes(",
    "if (list == null) { console.log('none'); return }; return list.includes('a')": "return list_.includes(",
    "if (list != null && word) { return `${list.includes('a')} ${word}` }": " {word}",
    "return word ? `<${word}>` : ''": "<{word}>",
    "return !word ? '' : `<${word}>`": "<{word}>",
    "return word && `<${word}>`": "<{word}>",
    "return !word || `<${word}>`": "<{word}>",
    "if (list?.length) return list.includes('a')": "return list_.includes(",
    "if (typeof word === 'string') return `<${word}>`": "<{word}>",
    "if (Array.isArray(list)) return list.includes('a')": "return list_.includes(",
    "while (word) { console.log(`<${word}>`); break }": "<{word}>",
    "for (const each of ['a']) { if (!word) continue; console.log(`<${word}>`) }": "<{word}>",
    "switch (list!.length) { case 1: if (!word) break; console.log(`<${word}>`) }": "<{word}>",
    "if (!word) { return } else if (list) { console.log(`<${word}>`) }": "<{word}>",
}
PERHAPS = {
    "if (word) return ''; return `<${word}>`": "<{text(word)}>",
    "if (!list && !word) return; return `<${word}>`": "<{text(word)}>",
    "if (list || word) return `<${word}>`": "<{text(word)}>",
    "if (word !== undefined) return `<${word}>`": "<{text(word)}>",
    "if (!word) console.log('none'); return `<${word}>`": "<{text(word)}>",
    "if (!word) return; word = list![0]; return `<${word}>`": "word)}>",
    "{ if (!word) return }; return `<${word}>`": "word)}>",
    "shout(); if (!word) return; function shout() { console.log(`<${word}>`) }": "<{text(word)}>",
    "if (!word) return; return ['a', undefined].map((word?: string) => `<${word}>`)": "word)}>",
}
HELPERS = ("text(word)", "shown(word)", "invoke(list_")


def _ported(body: str, folder: Path) -> str:
    original = folder / "main.ts"
    original.write_text(f"export function f(list?: string[], word?: string | null): any {{ {body} }}\n", "utf-8")
    port([original], folder / "ported")
    return (folder / "ported" / "main.py").read_text("utf-8")


@pytest.mark.parametrize("body", THERE)
def test_what_was_asked_for_is_there(body: str, tmp_path: Path) -> None:
    text = _ported(body, tmp_path)
    assert THERE[body] in text, text
    assert not any(helper in text for helper in HELPERS), text


@pytest.mark.parametrize("body", PERHAPS)
def test_what_no_answer_has_told_may_be_missing(body: str, tmp_path: Path) -> None:
    text = _ported(body, tmp_path)
    assert PERHAPS[body] in text, text
