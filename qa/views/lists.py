from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.core.addresses import search_everywhere
from community.core.pagecache import keep, watch_contents
from community.core.ratelimits import spend_search

from ..addresses import address
from ..selectors import vocabularies
from ..selectors.lists import Filters, is_plain, list_page, pinned_questions, spaces_to_filter
from ..selectors.rows import Rows, list_url
from ..selectors.vocabularies import KEPT_SECONDS
from .filters import ListForm, read_filters
from .kept import watch_latest, watch_threads

FACETS_KEY = "qa:facets"
FACETS_TEMPLATE = "qa/_facets.html"
FACETS = ("type", "famille", "theme", "etape", "territoire")


@login_not_required
@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    spaces = spaces_to_filter(request.user)
    filters = read_filters(request, spaces)
    if filters.text:
        spend_search(request)
    form = ListForm(request, filters, spaces)
    after, before = request.GET.get("apres", ""), request.GET.get("avant", "")
    pinned = [] if after or before else pinned_questions(request.user, filters)
    pinned_ids = frozenset(question.pk for question in pinned)
    page = list_page(request.user, filters, after=after, before=before, exclude=pinned_ids)
    context = {
        "form": form,
        "filters": filters,
        "rows": Rows(request.user, [*pinned, *page.rows], pinned_ids=pinned_ids).rows(),
        "facets": facets(form),
        "active": form.active(),
        "heading": heading(filters, is_empty=not page.rows),
        "empty": empty_words(filters),
        "previous_url": form.url(avant=page.previous) if page.previous else "",
        "next_url": form.url(apres=page.next) if page.next else "",
        "feed_url": feed_url(filters, is_empty=not page.rows),
        "is_member": request.user.is_authenticated,
    }
    response = render(request, "qa/question_list.html", context)
    if request.user.is_authenticated or filters.text or not page.rows:
        return response
    watches = watch_threads([*pinned, *page.rows]) + watch_contents({*spaces, *filter(None, [filters.space])})
    if is_plain(request.user, filters, after, before) and filters.order == "activite" and not pinned:
        watches += watch_latest(page.rows[0])
    return keep(request, response, watches=watches)


def facets(form: ListForm) -> SafeString:
    """The filters that depend on nobody; a group in which one thing at most is chosen is kept."""
    chosen = form.chosen_facets()
    keys = {name: f"{FACETS_KEY}:{name}:{''.join(map(str, chosen[name]))}" for name in FACETS if len(chosen[name]) < 2}
    kept = cache.get_many(keys.values())
    shown = []
    for name in FACETS:
        html = kept.get(keys.get(name))
        if html is None:
            html = render_to_string(f"{FACETS_TEMPLATE}#{name}", form.facet(name))
            if name in keys:
                cache.set(keys[name], html, KEPT_SECONDS)
        shown.append(html)
    # The groups were rendered by templates, or kept from there.
    return mark_safe("".join(shown))  # noqa: S308


def heading(filters: Filters, *, is_empty: bool) -> str:
    if filters.space:
        return _("Questions de l’espace %(name)s") % {"name": filters.space.name}
    # The right spelling of a keyword is told by the threads that carry it.
    if filters.tag and not is_empty:
        return _("Questions sur « %(name)s »") % {"name": filters.tag.name}
    return _("Questions")


def feed_url(filters: Filters, *, is_empty: bool) -> str:
    """The feed of what the list shows, where there is one; feeds hold only what everyone reads."""
    elsewhere = replace(filters, families=[], tag=None, space=None)
    asked = [*filters.families, *filter(None, (filters.tag, filters.space))]
    if filters.tab != Filters.tab or elsewhere.is_narrowed or len(asked) > 1:
        return ""
    if filters.families:
        slug = next(each["slug"] for each in vocabularies.families() if each["pk"] == filters.families[0])
        return reverse("family_feed", args=[slug])
    if filters.space:
        return reverse("space_feed", args=[filters.space.slug]) if filters.space.visibility == "open" else ""
    if filters.tag and not is_empty:
        return reverse("tag_feed", args=[filters.tag.name])
    # A word that nothing in sight carries is none.
    return "" if filters.tag else reverse("question_feed")


def empty_words(filters: Filters) -> dict:
    """Why nothing is shown, and the one thing to do."""
    if filters.tab == "non-lus" and not filters.is_narrowed:
        return {
            "title": _("Vous avez tout lu"),
            "text": _("Les échanges que vous avez ouverts reviendront ici dès qu’une réponse arrivera."),
            "url": list_url(),
            "action": _("Voir toutes les questions"),
        }
    if filters.tab == "suivies" and not filters.is_narrowed:
        return {
            "title": _("Vous ne suivez aucune question"),
            "text": _("La cloche d’une question la fait venir ici, et vous prévient de ses réponses."),
            "url": list_url(),
            "action": _("Voir toutes les questions"),
        }
    if filters.is_narrowed or filters.tab != "toutes":
        return {
            "title": _("Aucun échange ne correspond"),
            "text": _("Retirez un filtre, ou posez la question : quelqu’un l’a sans doute déjà rencontrée."),
            **(search_everywhere(filters.text) if filters.text else {"url": list_url(), "action": _("Tout effacer")}),
        }
    return {
        "title": _("Pas encore de question"),
        "text": _("La première ouvre la voie : famille d’achats, étape, ce que vous avez déjà essayé."),
        "url": address("question_ask"),
        "action": _("Poser une question"),
    }


@login_not_required
@require_safe
def tag_detail(request: HttpRequest, name: str) -> HttpResponse:
    """The short address of a keyword: its list."""
    return redirect(list_url(**{"mot-cle": name[:100]}))
