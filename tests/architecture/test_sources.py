"""Habits of the house that no linter knows (HOUSE.md §3, §8, §10)."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_FILE = 400
LONGEST_FUNCTION = 40


def modules(*roots: str) -> list[Path]:
    found = (path for root in roots for path in (ROOT / root).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts and path.stat().st_size)


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


PRODUCT = modules("community", "qa")
EVERYTHING = [*PRODUCT, *modules("tests", "bench")]
PAGES = [path for path in templates() if "emails" not in path.parts]


@pytest.mark.parametrize("path", EVERYTHING, ids=name)
def test_a_file_stays_under_400_lines(path):
    assert len(path.read_text().splitlines()) < LONGEST_FILE


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_a_function_stays_under_40_lines(path):
    functions = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    long = [node.name for node in functions if node.end_lineno - node.lineno + 1 >= LONGEST_FUNCTION]
    assert not long


VIEWS = [path for path in PRODUCT if "views" in path.with_suffix("").parts or path.name.startswith("views")]


@pytest.mark.parametrize("path", VIEWS, ids=name)
def test_a_view_obtains_objects_through_its_viewer(path):
    """`Model.objects.get` and `get_object_or_404(Model, …)` skip `visible_to`."""
    text = path.read_text()
    assert not re.search(r"\b[A-Z]\w+\.(_default_manager|objects)\.(get|filter|all)\(", text)
    assert not re.search(r"get_object_or_404\(\s*[A-Z]\w+\s*,", text)


MODELS = [path for path in PRODUCT if "models" in path.with_suffix("").parts]


@pytest.mark.parametrize("path", MODELS, ids=name)
def test_saving_saves_and_nothing_more(path):
    """No business in `save()`, none in signals of models."""
    text = path.read_text()
    assert "post_save" not in text
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.name == "save":
            called = {call.func.id for call in ast.walk(node) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)}
            assert called <= {"super"}


def actions() -> list[tuple[str, ast.FunctionDef]]:
    found = []
    for path in PRODUCT:
        if "actions" not in path.with_suffix("").parts or path.stem in ("__init__", "bulk"):
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and any("atomic" in ast.dump(each) for each in node.decorator_list):
                found.append((f"{name(path)}::{node.name}", node))
    return found


@pytest.mark.parametrize(("where", "node"), [pytest.param(*each, id=each[0]) for each in actions()])
def test_an_action_takes_keywords_only(where, node):
    assert not node.args.args, f"{where} takes positional arguments"


INLINE = re.compile(r"""<[^>]*\s(on[a-z]+|style)\s*=\s*["']|<script(?![^>]*\ssrc=)(?![^>]*application/ld\+json)[^>]*>|<style""")


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_has_no_inline_script_style_or_handler(path):
    assert not INLINE.findall(path.read_text())


@pytest.mark.parametrize("path", templates(), ids=name)
def test_a_template_declares_nothing_safe(path):
    """What is safe was made so by the renderer, in Python."""
    text = path.read_text()
    assert not re.search(r"\|\s*safe\b|\{%\s*autoescape off", text)


def references() -> set[str]:
    """Every string that may name a template, in Python and in templates."""
    found: set[str] = set()
    sources = [*modules("community", "qa"), *templates(), *(ROOT / "templates").rglob("*.txt")]
    for path in sources:
        found |= set(re.findall(r"[\"']([\w./-]+\.(?:html|txt|xml))(?:#\w+)?[\"']", path.read_text()))
    return found


# Found by name: Django's error pages, allauth's and Wagtail's templates, and what a kind of mail is called.
FOUND_BY_NAME = re.compile(r"^(\d{3}\.html|(account|mfa|usersessions|socialaccount|allauth|wagtail\w*|django)/.*|emails/.*)$")


def test_every_template_is_used():
    used = references()
    unused = [
        relative
        for path in templates()
        if (relative := str(path.relative_to(ROOT / "templates"))) not in used and not FOUND_BY_NAME.match(relative)
    ]
    # A kind's card is named by its registration, and found there.
    assert not unused


def test_messages_are_translated_before_they_are_formatted():
    """`_(f"…")` and `_("…" % x)` look up a text that no catalogue has."""
    guilty = []
    for path in PRODUCT:
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "gettext")):
                continue
            if node.args and isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
                guilty.append(f"{name(path)}:{node.lineno}")
    assert not guilty
