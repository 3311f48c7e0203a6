"""Porting into a folder that is there: what has changed since is told, and what was made by hand is never lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from auditing import Write
from click.testing import CliRunner, Result

from taropy.cli.commands import taropy
from taropy.port import porting
from taropy.port.again import changed, merge
from taropy.port.porting import PortError, port

CART = """\
// what the cart comes to
export function total(prices: number[]): number {
  let sum = 0
  for (const price of prices) sum += price
  return sum
}

// how it is shown
export function label(cents: number): string {
  const euros = cents / 100
  return `${euros} €`
}
"""

Shop = Callable[..., Result]


@pytest.fixture
def shop(write: Write, tmp_path: Path) -> Shop:
    """Runs `taropy port src --out shop`, with more arguments."""
    write({"src/cart.ts": CART, "src/sub/twice.ts": "export const twice = (n: number) => n * 2"})

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(taropy, ["port", str(tmp_path / "src"), "--out", str(tmp_path / "shop"), *arguments])

    assert run().exit_code == 0
    return run


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def listing(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- --check -----------------------------------------------------------------------------------------------------


def test_a_port_that_nobody_has_touched_is_as_ported(shop: Shop, tmp_path: Path) -> None:
    before = listing(tmp_path)
    done = shop("--check")
    assert (done.exit_code, done.output) == (
        0, "2 as ported; 0 changed by hand; 0 would be ported otherwise now\n",
    )  # fmt: skip
    assert listing(tmp_path) == before


def test_what_was_changed_by_hand_is_shown_beside_the_originals_lines(shop: Shop, tmp_path: Path) -> None:
    edit(tmp_path / "shop" / "cart.py", "€", "EUR")
    done = shop("--check")
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert lines[0] == "cart.py: changed by hand"
    assert [line.split()[-1] for line in lines if line.startswith("@@")] == ["cart.ts:11"]
    assert [line for line in lines if line.startswith(("+ ", "- "))] == [
        '-    return f"{text(euros)} €"', '+    return f"{text(euros)} EUR"',
    ]  # fmt: skip


CHANGES = {
    "nothing": ("", "", 0),
    "an original": ("cents / 100", "cents / 1000", 3),
    "a comment of an original": ("// how it is shown", "// how", 3),
    "what no port shows": ("const euros = ", "const euros   = ", 0),
}


@pytest.mark.parametrize(("old", "new", "code"), CHANGES.values(), ids=CHANGES)
def test_an_original_that_has_changed_makes_the_port_out_of_date(
    shop: Shop, tmp_path: Path, old: str, new: str, code: int
) -> None:
    edit(tmp_path / "src" / "cart.ts", old, new)
    done = shop("--check")
    assert done.exit_code == code
    assert ("cart.py: cart.ts has changed since" in done.output) == (code == 3)


def test_where_both_have_changed_it_is_told_whether_they_meet(shop: Shop, tmp_path: Path) -> None:
    edit(tmp_path / "shop" / "cart.py", "€", "EUR")
    edit(tmp_path / "src" / "cart.ts", "sum += price", "sum += 2 * price")
    assert "cart.py: changed by hand and cart.ts has changed since: they do not meet" in shop("--check").output
    edit(tmp_path / "src" / "cart.ts", "€", "$")
    done = shop("--check")
    assert done.exit_code == 3
    assert "cart.py: changed by hand and cart.ts has changed since: they meet in 1 place\n" in done.output


def test_files_that_came_or_went_are_told(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "src" / "new.ts").write_text("export const a = 1", "utf-8")
    (tmp_path / "src" / "sub" / "twice.ts").unlink()
    (tmp_path / "shop" / "cart.py").unlink()
    (tmp_path / "shop" / "mine.py").write_text("x = 1\n", "utf-8")
    (tmp_path / "shop" / "__pycache__").mkdir()
    (tmp_path / "shop" / "__pycache__" / "cart.pyc").write_bytes(b"")
    assert shop("--check").output.splitlines() == [
        "cart.py: deleted by hand",
        "mine.py: added by hand",
        "new.py: new.ts is new",
        "sub/twice.py: its original sub/twice.ts is gone",
        "0 as ported; 2 changed by hand; 2 would be ported otherwise now",
    ]


def test_a_check_uses_the_options_of_the_port(write: Write, tmp_path: Path) -> None:
    write({"src/a.ts": "export const host = `https://${API}.example`\nexport const f = (a) => { if (a) return 1 }"})
    port([tmp_path / "src"], tmp_path / "out", strict=True, defined={"API": "prod"})
    assert not changed([tmp_path / "src"], tmp_path / "out").outdated
    assert changed([tmp_path / "src"], tmp_path / "out", defined={"API": "test"}).outdated


def test_lines_that_end_as_on_windows_are_no_change(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "shop" / "cart.py"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert shop("--check").exit_code == 0


def test_modules_that_are_not_asked_for_are_left_alone(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "src" / "a.ts").write_text("export const a = 1", "utf-8")
    out, some = tmp_path / "shop", [tmp_path / "src" / "cart.ts", tmp_path / "src" / "a.ts"]
    assert [(each.target, each.told) for each in changed(some, out).files if each.told] == [("a.py", "a.ts is new")]
    merge(some, out)
    assert (out / "sub" / "twice.py").exists()
    assert shop("--check").exit_code == 0


def test_a_check_is_told_to_programs_and_on_a_page(shop: Shop, tmp_path: Path) -> None:
    edit(tmp_path / "shop" / "cart.py", "€", "EUR")
    shop("--check", "--report", str(tmp_path / "report.json"))
    shop("--check", "--report", str(tmp_path / "report.md"))
    told = {each["file"]: each for each in json.loads((tmp_path / "report.json").read_text("utf-8"))["files"]}
    assert (told["cart.py"]["by_hand"], told["cart.py"]["outdated"]) == (True, False)
    assert told["cart.py"]["diff"].startswith("--- cart.py, ported\n")
    assert not told["sub/twice.py"]["by_hand"]
    assert "## cart.py\n\nchanged by hand\n\n```diff\n" in (tmp_path / "report.md").read_text("utf-8")


# --- --force, --discard ------------------------------------------------------------------------------------------


def test_a_port_that_nobody_has_touched_is_replaced_by_force_only(shop: Shop, tmp_path: Path) -> None:
    edit(tmp_path / "src" / "cart.ts", "€", "$")
    refused = shop()
    assert (refused.exit_code, "is there already; --force" in refused.output) == (2, True)
    assert shop("--force").exit_code == 0
    assert "$" in (tmp_path / "shop" / "cart.py").read_text("utf-8")


BY_HAND = {
    "changed": lambda out: edit(out / "cart.py", "€", "EUR"),
    "added": lambda out: (out / "mine.txt").write_text("mine"),
    "a filled __init__.py": lambda out: (out / "sub" / "__init__.py").write_text("x = 1\n"),
    "no port": lambda out: (out / "sources.json").unlink(),
    "a broken map": lambda out: (out / "sources.json").write_text('{"version": 2'),
    "an older map": lambda out: (out / "sources.json").write_text('{"version": 1, "modules": {}}'),
    "no text": lambda out: (out / "cart.py").write_bytes(b"\xff\xfe"),
}


@pytest.mark.parametrize("change", BY_HAND.values(), ids=BY_HAND)
def test_what_was_made_by_hand_is_not_replaced_by_force(
    shop: Shop, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    change(tmp_path / "shop")
    before = listing(tmp_path)
    done = shop("--force")
    assert (done.exit_code, "--discard throws it away" in done.output) == (2, True)
    assert listing(tmp_path) == before
    assert shop("--discard").exit_code == 0
    assert shop("--check").exit_code == 0


def test_originals_are_never_thrown_away(shop: Shop, tmp_path: Path) -> None:
    done = CliRunner().invoke(taropy, ["port", str(tmp_path / "src"), "--out", str(tmp_path / "src"), "--discard"])
    assert (done.exit_code, "would be gone" in done.output) == (2, True)
    assert (tmp_path / "src" / "cart.ts").exists()


def test_a_file_in_the_place_of_the_folder_is_not_replaced_by_force(write: Write, tmp_path: Path) -> None:
    write({"src/a.ts": "export const a = 1", "out": "mine"})
    with pytest.raises(PortError, match="made by hand"):
        port([tmp_path / "src"], tmp_path / "out", force=True)
    assert (tmp_path / "out").read_text("utf-8") == "mine"
    port([tmp_path / "src"], tmp_path / "out", discard=True)
    assert (tmp_path / "out" / "a.py").exists()


@pytest.mark.parametrize("again", [merge, lambda paths, out: port(paths, out, force=True)], ids=["merge", "force"])
def test_a_folder_that_is_written_to_meanwhile_is_left_as_it_is(
    shop: Shop, tmp_path: Path, again: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    translated = porting.translated

    def slowly(*arguments: object, **options: object) -> object:
        edit(tmp_path / "shop" / "cart.py", "€", "EUR")
        return translated(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(porting, "translated", slowly)
    with pytest.raises(PortError, match="was written to meanwhile"):
        again([tmp_path / "src"], tmp_path / "shop")
    assert "EUR" in (tmp_path / "shop" / "cart.py").read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shop", "src"]


# --- --merge -----------------------------------------------------------------------------------------------------


def test_a_merge_keeps_both_changes(shop: Shop, tmp_path: Path) -> None:
    edit(tmp_path / "shop" / "cart.py", "€", "EUR")
    (tmp_path / "shop" / "mine.bin").write_bytes(b"\xff\x00")
    edit(tmp_path / "src" / "cart.ts", "sum += price", "sum += 2 * price")
    done = shop("--merge")
    assert (done.exit_code, "they do not meet" in done.output) == (0, True)
    merged = (tmp_path / "shop" / "cart.py").read_text("utf-8")
    assert ("EUR" in merged, "2 * price" in merged) == (True, True)
    assert (tmp_path / "shop" / "mine.bin").read_bytes() == b"\xff\x00"
    assert "2 changed by hand; 0 would be ported otherwise now" in shop("--check").output


def test_changes_that_meet_are_marked(shop: Shop, tmp_path: Path) -> None:
    edit(tmp_path / "shop" / "cart.py", "€", "EUR")
    edit(tmp_path / "src" / "cart.ts", "€", "$")
    done = shop("--merge")
    assert done.exit_code == 1
    text = (tmp_path / "shop" / "cart.py").read_text("utf-8").splitlines()
    at = text.index("<<<<<<< changed by hand")
    assert [line.strip("<>= ") for line in text[at : at + 5]] == [
        "changed by hand", 'return f"{text(euros)} EUR"', "", 'return f"{text(euros)} $"', "ported now",
    ]  # fmt: skip
    assert f"cart.py:{at + 1}: both changes are there, up to line {at + 5}" in done.output


def test_a_merge_brings_new_modules_and_takes_those_whose_original_is_gone(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "src" / "new.ts").write_text("export const a = 1", "utf-8")
    (tmp_path / "src" / "sub" / "twice.ts").unlink()
    (tmp_path / "src" / "cart.ts").unlink()
    edit(tmp_path / "shop" / "cart.py", "€", "EUR")
    assert shop("--merge").exit_code == 0
    assert {"new.py", "cart.py"} <= set(listing(tmp_path / "shop"))
    assert "sub/twice.py" not in listing(tmp_path / "shop")
    assert "cart.py: added by hand" in shop("--check").output


def test_a_module_that_was_deleted_stays_so_until_its_original_changes(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "shop" / "cart.py").unlink()
    shop("--merge")
    assert not (tmp_path / "shop" / "cart.py").exists()
    edit(tmp_path / "src" / "cart.ts", "€", "$")
    assert "cart.py: deleted by hand, and there again" in shop("--merge").output
    assert (tmp_path / "shop" / "cart.py").exists()


def test_a_merge_that_has_nothing_to_do_changes_no_byte(shop: Shop, tmp_path: Path) -> None:
    edit(tmp_path / "shop" / "cart.py", "€", "EUR")
    before = listing(tmp_path)
    assert shop("--merge").exit_code == 0
    assert listing(tmp_path) == before


@pytest.mark.parametrize("way", ["--check", "--merge"])
def test_what_is_no_port_of_these_paths_is_told_in_a_line(shop: Shop, tmp_path: Path, way: str) -> None:
    out = tmp_path / "shop"

    def error(*arguments: str) -> str:
        done = CliRunner().invoke(taropy, ["port", *arguments, way])
        assert done.exit_code == 2
        return " ".join(done.output.splitlines()[-1].split())

    assert "is a port of" in error(str(tmp_path / "src" / "sub"), "--out", str(out))
    assert "nothing was ported to it" in error(str(tmp_path / "src"), "--out", str(tmp_path / "nothing"))
    (tmp_path / "src" / "cart.ts").write_bytes(b"\0")
    assert "cart.ts is not text" in error(str(tmp_path / "src"), "--out", str(out))
    (tmp_path / "src" / "cart.ts").write_text(CART, "utf-8")
    (out / "cart.py").write_bytes(b"\xff")
    assert "cart.py is no text in UTF-8" in error(str(tmp_path / "src"), "--out", str(out))
    (out / "sources.json").unlink()
    assert "has no sources.json" in error(str(tmp_path / "src"), "--out", str(out))
