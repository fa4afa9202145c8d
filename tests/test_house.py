"""The house is kept: modules import one way, and importing one does no work that its caller did not ask for."""

import ast
import graphlib
import subprocess
import sys
from pathlib import Path

import pytest

import helpers

PACKAGE = Path(helpers.__file__).parent


class WithoutTypes(ast.NodeTransformer):
    """Leaves out what is imported for type checkers alone."""

    def visit_If(self, node: ast.If) -> ast.If | None:
        return None if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING" else node


def part_of(module: str) -> str:
    """Return the part of the house a module belongs to: helpers.clean.gbk is in clean."""
    return module.split(".")[1]


def imports(path: Path) -> set[str]:
    """Return the parts of the house that a file imports from when it runs, at its head or within a function."""
    folder = path.relative_to(PACKAGE).parts[:-1]
    found = set()
    for node in ast.walk(WithoutTypes().visit(ast.parse(path.read_text("utf-8")))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module == "helpers":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module.startswith("helpers."):
            found.add(part_of(node.module))
        elif isinstance(node, ast.Import):
            found |= {part_of(alias.name) for alias in node.names if alias.name.startswith("helpers.")}
    return found - {folder[0] if folder else path.stem}


def test_modules_import_one_way():
    graph: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        graph.setdefault(part, set()).update(imports(path))
    order = list(graphlib.TopologicalSorter(graph).static_order())
    assert order.index("article") < order.index("extract") < order.index("corpus") < order.index("report")


@pytest.mark.parametrize(
    ("module", "heavy"), [("cli", "pandas"), ("extract", "pandas"), ("article", "pyarrow")]
)
def test_import_brings_no_more_than_it_needs(module, heavy):
    code = f"import sys, helpers.{module}; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
