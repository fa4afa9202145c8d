"""The notebooks: thin, typed, free of outputs, and the same result in a kernel of Jupyter as in ours."""

import ast
import json
import re
import shutil
from pathlib import Path

import papermill
import pytest
import sites

from helpers import wording
from helpers.page.opening import locate
from helpers.paths import NOTEBOOKS, ROOT
from helpers.report.notebook import NotebookError, run_notebook

PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
PARAMETERS = {
    "article": ["articles", "article", "tables", "language", "full_text", "rates", "currency"],
    "clean": ["articles", "language", "full_text"],
    "edits": ["articles", "language"],
    "overview": ["articles", "tables", "language", "full_text", "rates", "currency", "article_pages"],
    "tabulate": ["articles", "tables", "language", "full_text", "rates", "currency", "article_pages"],
}
every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def cells(path: Path, kind: str) -> list[dict]:
    return [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == kind]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def code(path: Path) -> ast.Module:
    return ast.parse("\n".join(source(cell) for cell in cells(path, "code")))


def test_all_are_known():
    assert [path.stem for path in PATHS] == sorted(PARAMETERS)


@every_notebook
def test_committed_without_results(path):
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells(path, "code"))


@every_notebook
def test_title_is_a_question(path):
    assert source(cells(path, "markdown")[0]).split("\n")[0].startswith("# ")
    assert source(cells(path, "markdown")[0]).split("\n")[0].endswith("？")


@every_notebook
def test_parameters_are_typed_and_explained(path):
    tagged = [cell for cell in cells(path, "code") if "parameters" in cell["metadata"].get("tags", ())]
    lines = source(tagged[0]).splitlines()
    assert len(tagged) == 1
    assert [node.target.id for node in ast.parse(source(tagged[0])).body] == PARAMETERS[path.stem]
    assert all(" = " in line and re.search(": (str|int)", line) and "  # " in line for line in lines)


@every_notebook
def test_cells_are_thin(path):
    assert all(len(source(cell).splitlines()) <= 15 for cell in cells(path, "code"))
    assert not any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in ast.walk(code(path)))
    imported = {
        alias.name for node in ast.walk(code(path)) if isinstance(node, ast.Import) for alias in node.names
    }
    assert imported.isdisjoint({"re", "sys", "warnings"})


@every_notebook
def test_prose_has_its_english(path):
    if path.stem == "edits":
        pytest.skip("a notebook for analysts, published nowhere")
    paragraphs = {p for cell in cells(path, "markdown") for p in source(cell).split("\n\n")}
    assert paragraphs - wording.english().keys() == set()


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    return sites.write_articles(tmp_path_factory.mktemp("set") / "small")


def outputs(notebook) -> list:
    """Return what the cells of a notebook showed, without what differs from kernel to kernel."""
    return [
        [output.get("data", output.get("text")) for output in cell.get("outputs", ())]
        for cell in notebook.cells
    ]


@every_notebook
def test_plain_papermill_gives_the_same(path, small, tmp_path, monkeypatch):
    if path.stem == "edits":
        pytest.skip("shows tables whose ids are drawn by lot")
    monkeypatch.chdir(ROOT)
    ours = run_in_a_process_of_its_own(path, {"articles": str(small)}, tmp_path)
    theirs = papermill.execute_notebook(path, None, parameters={"articles": str(small)}, progress_bar=False)
    assert outputs(ours) == outputs(theirs)


def run_in_a_process_of_its_own(path: Path, parameters: dict, folder: Path):
    """Return a notebook run by our engine, as publishing runs it: the process starts afresh."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(run_notebook, path, parameters).result()


@every_notebook
def test_runs_with_its_defaults_from_its_own_folder(path, monkeypatch):
    monkeypatch.chdir(NOTEBOOKS)
    ran = papermill.execute_notebook(path, None, progress_bar=False)
    assert not any(output.output_type == "error" for cell in ran.cells for output in cell.get("outputs", ()))


@pytest.mark.parametrize(("article", "shown"), [("none", 0), ("growth", 1)])
def test_examples_of_edits_work_on_any_set(tmp_path, article, shown):
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "a.txt").write_text(sites.ARTICLES[article], "utf-8")
    ran = run_in_a_process_of_its_own(
        NOTEBOOKS / "edits.ipynb", {"articles": str(tmp_path / "set")}, tmp_path
    )
    own_data = ran.cells[-1].outputs[-1]["data"]["text/html"]
    assert own_data.count('class="zb-svg zb-wide"') == shown


def test_an_error_is_one_line_with_its_notebook(tmp_path):
    path = tmp_path / "article.ipynb"
    shutil.copy(NOTEBOOKS / "article.ipynb", path)
    with pytest.raises(NotebookError, match=r"^article\.ipynb: ArticleSetError: .*nowhere"):
        run_notebook(path, {"articles": str(tmp_path / "nowhere")})


def test_an_unknown_parameter_is_named():
    with pytest.raises(
        NotebookError, match=r"^tabulate\.ipynb: parameter 'artcles' is unknown \(it has articles, "
    ):
        run_notebook(NOTEBOOKS / "tabulate.ipynb", {"artcles": "x"})


@pytest.mark.parametrize("folder", [ROOT, NOTEBOOKS, ROOT / "src"], ids=lambda folder: folder.name)
def test_paths_of_parameters_are_found_from_anywhere(folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert locate("../data/raw/hunan").resolve() == ROOT / "data" / "raw" / "hunan"
    assert locate("data/raw/hunan").resolve() == ROOT / "data" / "raw" / "hunan"
