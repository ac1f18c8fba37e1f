from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.core.diff import diff_texts
from community.core.richtext import excerpt
from community.core.ui import day_words

from ..addresses import clause_url, version_url
from ..content import CONTEXT_TEXTS, CRITERION_TEXTS, fill, render_all
from ..exports.blocks import clean
from ..exports.clause import relevel, source_line, usual_value, weight_words
from ..selectors.clause import get_clause_or_404, get_version_or_404
from .page import is_open, version_author, version_row


@login_not_required
@require_safe
def clause_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What the clause said, and what changed since an earlier version."""
    clause = get_clause_or_404(request.user, pk)
    version = get_version_or_404(clause, number)
    since = since_of(request, number)
    earlier = get_version_or_404(clause, since) if since else None
    labelled = excerpt(version.content["title"], 60)
    context = {
        "clause": clause,
        "url": clause_url(clause),
        "version": version_row(clause, version),
        "title": version.content["title"],
        "wordings": version_wordings(version),
        "is_latest": number == clause.version,
        "latest_url": version_url(pk, clause.version),
        "since": since,
        "changes": diff_texts(whole_text(earlier.content), whole_text(version.content)) if earlier else [],
        "author": version_author(clause, version),
        "others": [other for other in range(1, clause.version + 1) if other < number],
        "source": source_line(clause, number),
        "is_open": is_open(clause),
        "breadcrumb": [
            {"label": labelled, "url": clause_url(clause)},
            {"label": f"v{number}", "url": ""},
        ],
    }
    return render(request, "clauses/clause_version.html", context)


def since_of(request: HttpRequest, number: int) -> int:
    """The version to compare with: the one before, unless the address names an earlier one."""
    typed = request.GET.get("depuis", "")
    since = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else number - 1
    return since if 0 < since < number else 0


def version_wordings(version) -> list[dict]:
    html = version.html or render_all(version.content)
    return [
        {
            "title": wording["title"],
            "html": mark_safe(relevel(html.get(wording["key"], ""), 4 if wording["title"] else 3)),
        }
        for wording in version.content["wordings"]
    ]


def whole_text(content: dict) -> str:
    """Everything a version says, line by line, as people read it; not what only sorts it (families, codes, links)."""
    lines = [content["title"], content["summary"]]
    for wording in content["wordings"]:
        lines += [wording["title"], clean(fill(wording["text"], content)), wording["conditions"]]
    lines += [content[name] for name in CONTEXT_TEXTS if content.get(name)]
    lines += criterion_lines(content["criterion"])
    lines += [variable_line(variable) for variable in content["variables"]]
    lines += [basis_line(basis) for basis in content["bases"]]
    lines += date_lines(content)
    return "\n".join(line for line in lines if line)


def criterion_lines(criterion: dict) -> list[str]:
    lines = [weight_words(criterion["weight_min"], criterion["weight_max"])]
    lines += [criterion[name] for name in CRITERION_TEXTS]
    return [*lines, *(f"{step['score']} : {step['description']}" for step in criterion["scale"])]


def variable_line(variable: dict) -> str:
    """« délai (jours) : 15 à 30, le plus souvent 20. Selon la taille du lot »."""
    name = f"{variable['label']} ({variable['unit']})" if variable["unit"] else variable["label"]
    told = ". ".join(each for each in (usual_value(variable), variable["guidance"]) if each)
    return f"{name} : {told}" if told else name


def basis_line(basis: dict) -> str:
    """By its slug and its key, as versions keep it: the text may have left the site since."""
    cited = " ".join(each for each in (basis["text"], basis.get("provision")) if each)
    return " : ".join(each for each in (cited, basis["note"]) if each)


def date_lines(content: dict) -> list[str]:
    named = [("valid_from", _("Utilisable à partir du %(day)s")), ("valid_until", _("Utilisable jusqu’au %(day)s"))]
    days = [(words, content.get(name)) for name, words in named]
    return [words % {"day": day_words(date.fromisoformat(day))} for words, day in days if day]
