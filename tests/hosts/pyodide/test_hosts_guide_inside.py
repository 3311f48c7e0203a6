"""The program of docs/guides/hosts.md inside Pyodide: on the phone, and over an object of JavaScript's."""

from __future__ import annotations

import pytest
from one_program import INSIDE, PROGRAM

pytestmark = pytest.mark.pyodide

WX = """
const kept = { cups: 4 }
globalThis.wx = {
  getStorageSync: key => kept[key],
  setStorage: ({ key, data, success }) => { kept[key] = data; success({ errMsg: 'setStorage:ok' }) },
  showToast: ({ success }) => success({ errMsg: 'showToast:ok' }),
}
"""


@pytest.mark.parametrize(("native", "told"), [(", native=js.wx", "WEAPP: cup 5"), ("", "WEAPP: cup 1")])
def test_inside_a_page(inside, native: str, told: str) -> None:
    program = INSIDE.replace(", native=js.wx", native)
    module = f"import pathlib, sys\npathlib.Path('cups.py').write_text({PROGRAM!r})\nsys.path.insert(0, '')\n"
    assert inside.run(f"{module}sys.modules.pop('cups', None)\n{program}", WX).strip() == told
