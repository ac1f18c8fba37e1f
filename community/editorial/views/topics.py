"""A page per purchase family, and one per keyword."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clauses.library.addresses import address, library_url
from clauses.reports.addresses import reports_url
from community.notifications.actions import set_level
from community.notifications.models import Level
from community.notifications.selectors import level_of
from qa.selectors.home import FAMILY_VIEWS
from qa.selectors.rows import list_url

from ..actions import watch_family
from ..selectors.topics import (
    EXAMPLE_AMOUNT,
    FamilyPage,
    TagPage,
    all_families,
    get_family_or_404,
    read_family,
    tag_page_or_404,
)

STATUSES = {
    "applies": ("in-force", "success", "check"),
    "to_check": ("soon", "warning", "circle-help"),
    "conditional": ("soon", "info", "info"),
    "not_yet": ("later", "info", "calendar"),
}


@login_not_required
@require_safe
def family_list(request: HttpRequest) -> HttpResponse:
    return render(request, "editorial/family_list.html", {"families": all_families(request.user)})


@login_not_required
@require_safe
def family_detail(request: HttpRequest, slug: str) -> HttpResponse:
    family = get_family_or_404(slug)
    if family.slug != slug:
        return redirect("family_detail", slug=family.slug, permanent=True)
    asked = request.GET.get("questions", "")
    view = asked if asked in FAMILY_VIEWS else ""
    page = read_family(request.user, family, view=view)
    level = level_of(request.user, "family", family.pk)
    return render(request, "editorial/family_detail.html", family_context(page, level, view))


def family_context(page: FamilyPage, level: str, view: str) -> dict:
    family = page.family
    swatch = family.swatch
    compare = address("clause_compare")
    for pair in page.pairs:
        pair["compare_url"] = f"{compare}?{'&'.join(f'c={pk}' for pk in pair['keys'])}" if pair["is_whole"] else ""
    return {
        "family": family,
        "swatch": swatch,
        "url": reverse("family_detail", args=[family.slug]),
        "breadcrumb": breadcrumb(family),
        "below": [
            {
                "label": each.label,
                "url": reverse("family_detail", args=[each.slug]),
                "clauses": page.counts.get(each.pk, 0),
            }
            for each in page.below
        ],
        "clause_count": page.counts.get(family.pk, 0),
        "findings": [dressed(finding) for finding in page.findings],
        "example_amount": EXAMPLE_AMOUNT,
        "obligations_url": f"{address('obligations')}?famille={family.code}" if address("obligations") else "",
        "pairs": page.pairs,
        "clauses": page.clauses,
        "library_url": library_url(famille=family.slug),
        "questions": page.questions,
        "question_tabs": question_tabs(family, view),
        "no_question": no_question(view),
        "questions_url": list_url(famille=family.slug),
        "share_url": f"{address('experience_share')}?famille={family.slug}" if address("experience_share") else "",
        "peers": page.peers,
        "level": level,
        "watch_title": watch_title(level),
    }


def question_tabs(family, view: str) -> list[dict]:
    here = reverse("family_detail", args=[family.slug])
    labels = {"": _("Récentes"), "sans-reponse": _("Sans réponse"), "partagees": _("Les plus partagées")}
    return [
        {
            "label": label,
            "url": f"{here}?questions={key}#titre-questions" if key else f"{here}#titre-questions",
            "current": key == view,
        }
        for key, label in labels.items()
    ]


def no_question(view: str) -> str:
    return {
        "sans-reponse": _("Aucune question n’attend de réponse dans cette famille."),
        "partagees": _("Personne n’a encore dit avoir le même besoin dans cette famille."),
    }.get(view, _("Pas encore de question dans cette famille : la vôtre ouvrira la voie."))


def dressed(finding: dict) -> dict:
    labels = {
        "applies": _("S’applique"),
        "to_check": _("À vérifier"),
        "conditional": _("Sous condition"),
        "not_yet": _("Pas encore"),
    }
    state, tone, icon = STATUSES[finding["status"]]
    return {**finding, "state": state, "tone": tone, "icon": icon, "label": labels[finding["status"]]}


def breadcrumb(family) -> list[dict]:
    items = [{"label": _("Familles d’achats"), "url": reverse("family_list")}]
    if family.parent_id:
        items.append({"label": family.parent.label, "url": reverse("family_detail", args=[family.parent.slug])})
    return [*items, {"label": family.label, "url": ""}]


def watch_title(level: str) -> str:
    titles = {Level.ALL: _("Vous suivez cette famille"), Level.ESSENTIAL: _("Vous suivez l’essentiel")}
    return titles.get(level, _("Suivre cette famille"))


@require_POST
def family_watch(request: HttpRequest, slug: str) -> HttpResponse:
    family = get_family_or_404(slug)
    watch_family(family=family, actor=request.user, level=request.POST.get("level", ""))
    messages.success(request, _("Votre suivi est enregistré."))
    return redirect("family_detail", slug=family.slug)


@login_not_required
@require_safe
def tag_page(request: HttpRequest, slug: str) -> HttpResponse:
    page = tag_page_or_404(request.user, slug)
    if page.tag.slug != slug:
        return redirect("tag_page", slug=page.tag.slug, permanent=True)
    level = level_of(request.user, "tag", page.tag.pk)
    context = {
        "tag": page.tag,
        "clauses": page.clauses,
        "questions": page.questions,
        "reports": page.reports,
        "library_url": library_url(**{"mot-cle": page.tag.name}),
        "reports_url": reports_url(**{"mot-cle": page.tag.name}),
        "questions_url": list_url(**{"mot-cle": page.tag.name}),
        "level": level,
        "watch_title": tag_watch_title(level),
        "feeds": tag_feeds(page),
    }
    return render(request, "editorial/tag_page.html", context)


def tag_feeds(page: TagPage) -> list[dict]:
    """Read as a visitor reads them: those that would be empty for her are not offered."""
    feeds = []
    if page.has_open_questions:
        feeds.append(
            {"label": _("Les questions ouvertes à tous (Atom)"), "url": reverse("tag_feed", args=[page.tag.name])}
        )
    if page.has_open_clauses:
        feeds.append(
            {"label": _("Les clauses ouvertes à tous (Atom)"), "url": reverse("clause_tag_feed", args=[page.tag.slug])}
        )
    return feeds


def tag_watch_title(level: str) -> str:
    titles = {Level.ALL: _("Vous suivez ce mot-clé"), Level.ESSENTIAL: _("Vous suivez l’essentiel")}
    return titles.get(level, _("Suivre ce mot-clé"))


@require_POST
def tag_watch(request: HttpRequest, slug: str) -> HttpResponse:
    tag = tag_page_or_404(request.user, slug).tag
    set_level(actor=request.user, kind="tag", pk=tag.pk, level=request.POST.get("level", ""))
    messages.success(request, _("Votre suivi est enregistré."))
    return redirect("tag_page", slug=tag.slug)
