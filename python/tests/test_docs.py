"""Do the pages of documentation tell the truth? Each block of Python is run, and what it prints is what stands beneath it."""

from __future__ import annotations

import contextlib
import io
import os
import re
import warnings
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT

BLOCKS = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


def blocks(page: str) -> list[tuple[str, str]]:
    return BLOCKS.findall((ROOT / "docs" / page).read_text())


def printed(code: str, names: dict[str, Any]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(code, "a page of documentation", "exec"), names)
    return out.getvalue()


@pytest.mark.parametrize("page", ["python.md"])
def test_a_page_shows_what_is_printed(page: str, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    names: dict[str, Any] = {}
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        found = blocks(page)
        assert len(found) >= 4
        for code, expected in found:
            assert printed(code, names).rstrip() == expected.rstrip(), code
    finally:
        os.chdir(before)
