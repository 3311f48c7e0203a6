"""Projects in temporary folders, their audits and ports."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
from auditing import Audited, Load, Write

from taropy.port.audit import audit
from taropy.port.findings import Report

if TYPE_CHECKING:
    from engines import Ran, Run

IMPORT = "import Taro from '@tarojs/taro'\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes files, by their paths, into a temporary folder."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())
        return tmp_path

    return write


@pytest.fixture
def load(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Ports files, and imports one of the modules."""
    from taropy.port.porting import port

    def load(files: Mapping[str, str | bytes], name: str) -> Any:
        write(files)
        target = tmp_path / f"ported_{abs(hash(tmp_path))}"
        port([tmp_path / "src"], target)
        monkeypatch.syspath_prepend(str(tmp_path))
        return importlib.import_module(f"{target.name}.{name}")

    return load


@pytest.fixture
def audited(write: Write) -> Audited:
    """Audits the text as one module; Taro is imported in its first line, so that the text begins in the second."""

    def audited(text: str, *platforms: str, name: str = "main.tsx", imports: str = IMPORT) -> Report:
        folder = write({name: imports + dedent(text).lstrip("\n")})
        return audit([folder], platforms=platforms or ("weapp",), workers=1)

    return audited


@pytest.fixture
def ran(write: Write) -> Run:
    """Writes a program, one text or several files, and runs it: its `main`, with these arguments."""
    from engines import run_program

    def ran(text: str | Mapping[str, str], *arguments: object, name: str = "main.ts", **options: Any) -> Ran:
        folder = write({name: text} if isinstance(text, str) else text)
        return run_program(folder / name, *arguments, **options)

    return ran
