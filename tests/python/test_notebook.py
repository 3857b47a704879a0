"""The notebooks run from top to bottom, and show what they promise."""

import pathlib

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = pathlib.Path(__file__).resolve().parents[2] / 'notebooks'


@pytest.mark.filterwarnings('default')  # the kernel's packages warn as they like
@pytest.mark.parametrize('path', sorted(NOTEBOOKS.glob('*.ipynb')), ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_html_and_a_plot(path):
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get('outputs') for cell in notebook.cells), 'notebooks are kept without outputs'
    NotebookClient(notebook, timeout=120, resources={'metadata': {'path': path.parent}}).execute()
    shown = [output.data for cell in notebook.cells for output in cell.get('outputs', []) if 'data' in output]
    assert any('<mark' in data.get('text/html', '') for data in shown)
    assert any('image/png' in data for data in shown)
