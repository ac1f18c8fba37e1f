"""Habits of the house that no linter knows (HOUSE.md §3, §8, §10)."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_FILE = 400
LONGEST_FUNCTION = 40


def modules(*roots: str) -> list[Path]:
    found = (path for root in roots for path in (ROOT / root).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts and path.stat().st_size)


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


PRODUCT = modules("community", "qa", "clauses", "search")
EVERYTHING = [*PRODUCT, *modules("tests", "bench")]
PAGES = [path for path in templates() if "emails" not in path.parts]


def test_a_file_stays_under_400_lines():
    assert not [name(path) for path in EVERYTHING if len(path.read_text().splitlines()) >= LONGEST_FILE]


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_a_function_stays_under_40_lines():
    assert not [
        f"{name(path)}::{function.name}"
        for path in PRODUCT
        for function in functions(path)
        if function.end_lineno - function.lineno + 1 >= LONGEST_FUNCTION
    ]


VIEWS = [path for path in PRODUCT if "views" in path.with_suffix("").parts or path.name.startswith("views")]


CONTENTS = (
    r"Question|Answer|Comment|Space|Member|Attachment|Draft|Invitation|Notification|Flag"
    r"|Clause\w*|EditSuggestion"
)


UNCHECKED = re.compile(rf"\b[A-Z]\w+\.(_default_manager|objects)\.get\(|get_object_or_404\(\s*({CONTENTS})\s*,")


def test_a_view_obtains_objects_through_its_viewer():
    """`Model.objects.get` and `get_object_or_404(Model, …)` skip `visible_to`."""
    assert not [name(path) for path in VIEWS if UNCHECKED.search(path.read_text())]


MODELS = [path for path in PRODUCT if "models" in path.with_suffix("").parts]


WORK = re.compile(r"\.objects\b|\bemit\(|\.enqueue\(|\bsend\w*\(|on_commit")


def test_saving_saves_and_nothing_more():
    """`save()` may compute a column of its row; it reads, writes and tells nothing else. No signal does it instead."""
    for path in MODELS:
        assert "post_save" not in path.read_text(), name(path)
        for function in functions(path):
            assert function.name != "save" or not WORK.search(ast.unparse(function)), name(path)


def actions() -> list[tuple[str, ast.FunctionDef]]:
    found = []
    for path in PRODUCT:
        if "actions" not in path.with_suffix("").parts or path.stem in ("__init__", "bulk"):
            continue
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and any("atomic" in ast.dump(each) for each in node.decorator_list):
                found.append((f"{name(path)}::{node.name}", node))
    return found


def test_an_action_takes_keywords_only():
    found = actions()
    assert found
    assert not [where for where, function in found if function.args.args]


INLINE = re.compile(
    r"""<[^>]*\s(on[a-z]+|style)\s*=\s*["']|<script(?![^>]*\ssrc=)(?![^>]*type="application/(?:ld\+)?json")[^>]*>|<style"""
)


def test_a_page_has_no_inline_script_style_or_handler():
    assert not [name(path) for path in PAGES if INLINE.search(path.read_text())]


def test_a_template_declares_nothing_safe():
    """What is safe was made so by the renderer, in Python."""
    declared = re.compile(r"\|\s*safe\b|\{%\s*autoescape off")
    assert not [name(path) for path in templates() if declared.search(path.read_text())]


def references() -> set[str]:
    """Every string that may name a template, in Python and in templates."""
    found: set[str] = set()
    sources = [*modules("community", "qa", "clauses", "search"), *templates(), *(ROOT / "templates").rglob("*.txt")]
    for path in sources:
        found |= set(re.findall(r"[\"']([\w./-]+\.(?:html|txt|xml))(?:#\w+)?[\"']", path.read_text()))
    return found


# The kit is whole, whether a page uses each piece yet or not. Found by name: Django's error pages,
# allauth's and Wagtail's templates, and what a kind of mail is called.
FOUND_BY_NAME = re.compile(
    r"^(\d{3}\.html|components/.*|(account|mfa|usersessions|socialaccount|allauth|wagtail\w*|django)/.*|emails/.*)$"
)


def test_every_template_is_used():
    used = references()
    unused = [
        relative
        for path in templates()
        if (relative := str(path.relative_to(ROOT / "templates"))) not in used and not FOUND_BY_NAME.match(relative)
    ]
    assert not unused


def test_messages_are_translated_before_they_are_formatted():
    """`_(f"…")` and `_("…" % x)` look up a text that no catalogue has."""
    guilty = []
    for path in PRODUCT:
        for node in ast.walk(tree(path)):
            if not (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "gettext")
            ):
                continue
            if node.args and isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
                guilty.append(f"{name(path)}:{node.lineno}")
    assert not guilty
