from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from clauses.library.markup import facet
from community.core.addresses import search_everywhere
from community.core.pagecache import keep
from community.core.ratelimits import spend_search
from community.core.ui import number

from .. import markup
from ..addresses import address, reports_url
from ..rows import cards_of
from ..selectors.experience import drafts_of
from ..selectors.library import ReportPage, Sight, report_page
from ..selectors.watches import reports_watch
from ..shown import gap_words
from .filters import ReportsForm, order_of, read_filters


@login_not_required
@require_safe
def experience_list(request: HttpRequest) -> HttpResponse:
    visitor = not request.user.is_authenticated
    # Before anything is read: what changes meanwhile makes the page anew.
    watch = reports_watch() if visitor else None
    sight = Sight(
        request.user, order_of(request), after=request.GET.get("apres", ""), before=request.GET.get("avant", "")
    )
    read = read_filters(request, sight)
    if read.filters.text:
        spend_search(request)
    page = report_page(request.user, read.filters, sight)
    form = ReportsForm(request, read, page, sight)
    response = render(request, "reports/experience_list.html", list_context(form, page))
    if watch is None or read.filters.text or read.filters.impossible or read.filters.space:
        return response
    return keep(request, response, watches=[watch])


def list_context(form: ReportsForm, page: ReportPage) -> dict:
    return {
        "form": form,
        "filters": form.filters,
        "facets": mark_safe("".join(facet(group) for group in form.facets())),
        "cards": markup.cards(cards_of(page.reports)),
        "active": form.active(),
        "total": ngettext("%(count)s retour", "%(count)s retours", page.total) % {"count": number(page.total)},
        "figures": figures_words(page),
        "drafts": drafts_of(form.request.user),
        "empty": empty_words(form),
        "previous_url": form.url(avant=page.previous) if page.previous else "",
        "next_url": form.url(apres=page.next) if page.next else "",
        "feed_url": feed_url(form),
    }


def figures_words(page: ReportPage) -> list[tuple[str, str]]:
    figures, found = page.figures, []
    if figures["awarded"] or figures["others"]:
        awarded, others = figures["awarded"] or 0, figures["others"] or 0
        found.append((ngettext("contractualisé", "contractualisés", awarded), number(awarded)))
        found.append((_("infructueux, abandonnés, contestés"), number(others)))
    if figures["bids"] is not None:
        found.append((_("offres reçues, en médiane"), number(figures["bids"])))
    if figures["gap"] is not None:
        found.append((_("d’écart de prix, en médiane"), gap_words(figures["gap"])))
    return found


def feed_url(form: ReportsForm) -> str:
    """The feed of what the list shows; feeds hold only what everyone reads."""
    families = form.chosen["famille"]
    if len(families) == 1:
        return address("experience_family_feed", slug=form.index.words["famille"][families[0]].slug)
    return address("experience_feed")


def empty_words(form: ReportsForm) -> dict:
    if form.filters.is_narrowed:
        text = form.filters.text
        return {
            "title": _("Aucun récit ne correspond"),
            "text": _("Retirez un filtre, ou racontez le vôtre : un échec bien raconté vaut une réussite."),
            **(search_everywhere(text) if text else {"url": reports_url(), "action": _("Tout effacer")}),
        }
    return {
        "title": _("Pas encore de récit"),
        "text": _("Le premier ouvre la voie : ce que vous avez acheté, et ce que cela a donné."),
        "url": address("experience_share"),
        "action": _("Raconter un marché"),
    }
