from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from community.core.addresses import search_everywhere
from community.core.pagecache import keep
from community.core.ratelimits import spend_search
from community.core.ui import number

from ..addresses import address, library_url
from ..markup import facet
from ..selectors.library import Library, Sight, library_page
from ..selectors.rows import rows
from ..selectors.watches import library_watch
from .filters import LibraryForm, order_of, read_filters


@login_not_required
@require_safe
def clause_list(request: HttpRequest) -> HttpResponse:
    visitor = not request.user.is_authenticated
    # Before anything is read: what changes meanwhile makes the page anew.
    watch = library_watch() if visitor else None
    sight = Sight(
        request.user, order_of(request), after=request.GET.get("apres", ""), before=request.GET.get("avant", "")
    )
    read = read_filters(request, sight)
    if read.filters.text:
        spend_search(request)
    library = library_page(request.user, read.filters, sight)
    form = LibraryForm(request, read, library, sight)
    response = render(request, "clauses/clause_list.html", list_context(request, form, library))
    if watch is None or read.filters.text or read.filters.impossible or read.filters.space:
        return response
    return keep(request, response, watches=[watch])


def list_context(request: HttpRequest, form: LibraryForm, library: Library) -> dict:
    filters = form.filters
    places = form.places()
    groups = form.facets()
    if places:
        groups.append({"name": "espace", "legend": _("Espace"), "options": places, "kind": "radio"})
    return {
        "form": form,
        "filters": filters,
        "facets": mark_safe("".join(facet(group) for group in groups)),
        "rows": rows(library.clauses),
        "active": form.active(),
        "total": total_words(library.total),
        "heading": heading(form),
        "empty": empty_words(form),
        "previous_url": form.url(avant=library.previous) if library.previous else "",
        "next_url": form.url(apres=library.next) if library.next else "",
        "feed_url": feed_url(form),
    }


def total_words(total: int) -> str:
    return ngettext("%(count)s clause", "%(count)s clauses", total) % {"count": number(total)}


def heading(form: LibraryForm) -> str:
    if form.filters.space:
        return _("Clauses de l’espace %(name)s") % {"name": form.filters.space.name}
    return _("Bibliothèque de clauses")


def feed_url(form: LibraryForm) -> str:
    """The feed of what the list shows; feeds hold only what everyone reads."""
    families = form.filters.chosen["famille"]
    if len(families) == 1:
        return address("clause_family_feed", slug=form.index.words["famille"][families[0]].slug)
    return address("clause_feed")


def empty_words(form: LibraryForm) -> dict:
    if form.filters.is_narrowed:
        text = form.filters.text
        return {
            "title": _("Aucune clause ne correspond"),
            "text": _("Retirez un filtre, ou demandez à vos collègues : quelqu’un l’a peut-être déjà écrite."),
            **(search_everywhere(text) if text else {"url": library_url(), "action": _("Tout effacer")}),
        }
    return {
        "title": _("Pas encore de clause"),
        "text": _("La première ouvre la voie : un texte que vous avez déjà fait appliquer."),
        "url": address("clause_propose"),
        "action": _("Proposer une clause"),
    }
