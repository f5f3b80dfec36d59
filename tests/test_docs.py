"""The documents tell the truth: every type, command, page and target they should name is named."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def types_of_model() -> list[str]:
    return [node.name for node in ast.parse(read("model.py")).body if isinstance(node, ast.ClassDef)]


@pytest.mark.parametrize("name", types_of_model())
def test_every_type_is_in_the_glossary(name):
    assert f"`{name}`" in read("docs/glossary.md")


def test_readme_names_every_page():
    for page in (ROOT / "pages").glob("*.py"):
        assert page.stem.capitalize() in read("README.md"), page.name


def test_readme_names_every_command_of_cli():
    commands = re.findall(r'add_parser\(\s*"(\w+)"', read("cli.py"))
    assert commands
    for command in commands:
        assert f"cli.py {command}" in read("README.md"), command


def test_make_alone_lists_every_target():
    targets = re.findall(r"^([a-z]+):.*##", read("Makefile"), re.MULTILINE)
    listed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert {"run", "test", "lint"} <= set(targets)
    assert [line.split()[0] for line in listed.splitlines()] == targets


def test_requirements_are_pinned_and_name_no_host():
    for path in [*ROOT.glob("requirements*.txt"), ROOT / "geo" / "build-requirements.txt"]:
        for line in path.read_text(encoding="utf-8").splitlines():
            bare = line.split("#")[0].strip()
            assert not bare or bare.startswith("-r ") or "==" in bare, f"{path.name}: {line}"
            assert "://" not in bare, f"{path.name}: {line}"


def test_links_between_documents_lead_somewhere():
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
