"""Every notebook runs and shows tables as tables: a broken ``_repr_html_`` falls back to text in silence."""

from __future__ import annotations

from pathlib import Path

import jupytext
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("0*.md"))
PLAIN = "plain"
"""The tag of a cell whose result is meant to be text."""


def is_rich(output):
    return any(kind == "text/html" or kind.startswith("image/") for kind in output["data"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_its_results_are_rich(path):
    notebook = jupytext.read(path)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute(cwd=str(path.parent))
    rich = 0
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        plain = PLAIN in cell.metadata.get("tags", [])
        for output in cell.outputs:
            if output.output_type in ("execute_result", "display_data"):
                assert is_rich(output) is not plain, cell.source
                rich += not plain
            assert output.output_type != "error"
            assert output.get("name") != "stderr", output["text"]
    assert rich >= 2


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_bare_and_ends_with_exercises(path):
    notebook = jupytext.read(path)
    assert not any(cell.get("outputs") for cell in notebook.cells)
    last = max(number for number, cell in enumerate(notebook.cells) if cell.cell_type == "markdown")
    heading, *exercises = [
        line for line in notebook.cells[last].source.split("\n") if line.startswith("## ") or line[:1].isdigit()
    ]
    assert heading == "## Exercises"
    solutions = notebook.cells[last + 1 :]
    assert len(solutions) == len(exercises)
    for number, cell in enumerate(solutions, 1):
        assert cell.source.startswith(f"# {number}\n")
        assert "hide-cell" in cell.metadata["tags"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_silences_no_warning_and_names_its_language_once(path):
    code = "\n".join(cell.source for cell in jupytext.read(path).cells if cell.cell_type == "code")
    assert '"ignore"' not in code
    assert code.count('lang = "en"\n') == 1


def test_there_are_nine():
    assert len(NOTEBOOKS) == 9
