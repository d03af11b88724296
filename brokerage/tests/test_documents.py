"""What the documents point at is there: links, files, and names in the code."""

import ast
import re
from functools import cache

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "deploy").rglob("*.md"))]
CODE = (
    "benchmarks",
    "bin",
    "brokerage",
    "deploy",
    "docs",
    "placements",
    "providers",
    "referrals",
    "static",
    "templates",
)
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
IN_CODE = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"[\w./-]+\.(?:py|txt|md|toml|html|typ|service|conf)")
NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
NOT_OURS = {"brokerage.wsgi", "secrets.token_urlsafe"}

documents = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


@cache
def files():
    found = {path for folder in CODE for path in (ROOT / folder).rglob("*") if path.is_file()}
    return {str(path.relative_to(ROOT)) for path in found | set(ROOT.glob("*"))}


@cache
def names():
    """Whatever is defined anywhere: modules, classes, functions, fields."""
    found = set()
    for path in (one for one in files() if one.endswith(".py")):
        found |= set(path.removesuffix(".py").split("/"))
        for node in ast.walk(ast.parse((ROOT / path).read_text())):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
    return found


def spoken_of(document, kind):
    for span in IN_CODE.findall(document.read_text()):
        for word in re.split(r"[\s,:(]+", span.partition("::")[0]):
            if kind.fullmatch(word) and word not in NOT_OURS:
                yield word


@documents
def test_every_link_leads_somewhere(document):
    dead = {
        link
        for link in LINK.findall(document.read_text())
        if "://" not in link and not (document.parent / link).exists()
    }

    assert dead == set()


@documents
def test_every_file_is_there(document):
    known = files()
    missing = {word for word in spoken_of(document, FILE) if not any(f"/{one}".endswith(f"/{word}") for one in known)}

    assert missing == set()


@documents
def test_every_name_is_in_the_code(document):
    said = {word for word in spoken_of(document, NAME) if not FILE.fullmatch(word)}
    missing = {word for word in said if word.rpartition(".")[2] not in names()}

    assert missing == set()
