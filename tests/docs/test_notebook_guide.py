"""The guide "In a notebook": its cells run in a kernel, one after another, and show what the guide says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/guides/notebook.md").read_text("utf-8")
BLOCK = re.compile(r"^```py\n(.*?)^```$(?:\n\n```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
BLOCKS = [(code.strip(), shown) for code, shown in BLOCK.findall(GUIDE)]


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """The guide's cells, after a kernel has run them; and one that asks it to complete, as Jupyter does."""
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
    nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
    pytest.importorskip("ipykernel", reason="ipykernel is not installed")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code, _ in BLOCKS])
    folder = tmp_path_factory.mktemp("notebook")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(folder))
        client = nbclient.NotebookClient(
            notebook, kernel_name="python3", timeout=120, resources={"metadata": {"path": str(folder)}}
        )
        with client.setup_kernel():
            for index, cell in enumerate(notebook.cells):
                client.execute_cell(cell, index)
            notebook.metadata["completed"] = completed(client, "Taro.showToast(ti")
    found: list[Any] = notebook.cells
    return [*found, notebook.metadata]


def completed(client: Any, code: str) -> list[str]:
    from nbclient.util import run_sync

    async def asked() -> Any:
        return await client.kc.complete(code, reply=True, timeout=60)

    matches: list[str] = run_sync(asked)()["content"]["matches"]
    return matches


def printed(cell: Any) -> str:
    return "".join(each.text for each in cell.outputs if each.output_type == "stream")


def html(cell: Any) -> str:
    return "".join(each.data.get("text/html", "") for each in cell.outputs if each.output_type == "execute_result")


def with_code(cells: list[Any], code: str) -> Any:
    return next(cell for cell in cells[:-1] if code in cell.source)


@pytest.mark.parametrize("index", [index for index, (_, shown) in enumerate(BLOCKS) if shown])
def test_a_cell_prints_what_the_guide_says(cells: list[Any], index: int) -> None:
    assert printed(cells[index]) == BLOCKS[index][1]


def test_a_result_is_a_table(cells: list[Any]) -> None:
    shown = html(with_code(cells, "await Taro.getNetworkType()"))
    assert "<table" in shown
    assert "wifi" in shown


def test_the_phone_is_a_picture(cells: list[Any]) -> None:
    shown = html(with_code(cells, 'showToast(title="Saved")'))
    assert "<svg" in shown
    assert "Saved" in shown
    assert "Teas" in html(with_code(cells, "await app.launch()"))


def test_the_log_is_a_time_line(cells: list[Any]) -> None:
    cell = with_code(cells, "keep_log")
    assert re.search(r"request:fail", printed(cell))
    assert "<ol" in html(cell)
    assert "oolong" in html(cell)


def test_a_page_that_was_declared_again_is_the_new_one(cells: list[Any]) -> None:
    result = with_code(cells, "[-1].teas").outputs[-1]
    assert result.data["text/plain"] == "['oolong']"


def test_options_are_completed_by_name(cells: list[Any]) -> None:
    assert cells[-1]["completed"] == ["title="]


def test_no_cell_says_anything_on_standard_error(cells: list[Any]) -> None:
    said = [each.text for cell in cells[:-1] for each in cell.outputs if each.get("name") == "stderr"]
    assert said == []
