"""A trace that is kept here: what is recorded today is that file, and the program does the same from it."""

from __future__ import annotations

from pathlib import Path

from playing import played, recorded
from tea_visit import visit

import taropy
from taropy.hosts.replay import compare

KEPT = Path(__file__).parent / "tea_visit.jsonl"


def on_a_phone(file: Path) -> list[object]:
    """Records the visit on a phone with a tea room's server; `python test_kept_trace.py` writes the kept file anew."""
    with taropy.Phone() as phone:
        phone.clock.stop()
        phone.network.route("POST", "https://api.example.com/orders", status=201, json={"total": 58, "paid": False})
        phone.person.script("modal", confirm=True)
        told: list[object] = recorded(file, visit, phone=phone)
        return told


def test_what_is_recorded_is_the_kept_file(tmp_path: Path) -> None:
    on_a_phone(tmp_path / "t.jsonl")
    assert (tmp_path / "t.jsonl").read_text("utf-8") == KEPT.read_text("utf-8")


def test_the_program_does_from_it_what_it_did(tmp_path: Path) -> None:
    assert played(KEPT, visit) == on_a_phone(tmp_path / "t.jsonl")


def test_the_phone_does_what_is_in_it() -> None:
    assert compare(KEPT).differing == ()


if __name__ == "__main__":
    on_a_phone(KEPT)
