"""Atom feeds of what everyone reads. They are read as a visitor, whoever asks, so that a kept copy leaks nothing."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clauses.library.exports.blocks import clean
from community.taxonomy.models import PurchaseFamily

from ..addresses import experience_url, reports_url
from ..models import ExperienceReport
from ..shown import RELATED, shown_author

LENGTH = 30
VISITOR = AnonymousUser()


class ExperienceFeed(Feed):
    # The view is the instance: the decorator `login_not_required` would mark its method, which nobody asks.
    login_required = False
    feed_type = Atom1Feed
    language = "fr"
    title = gettext_lazy("Entraide : retours d’expérience")
    item_guid_is_permalink = False

    def link(self) -> str:
        return reports_url()

    def items(self, obj):
        return self.reports()[:LENGTH]

    def reports(self):
        return ExperienceReport.objects.visible_to(VISITOR).published().recent().select_related(*RELATED)

    def item_title(self, report) -> str:
        return clean(report.title)

    def item_description(self, report) -> str:
        return clean(report.summary)

    def item_link(self, report) -> str:
        return experience_url(report)

    def item_guid(self, report) -> str:
        return f"tag:entraide,2026:retour:{report.pk}"

    def item_author_name(self, report) -> str:
        return clean(shown_author(report).name)

    def item_pubdate(self, report):
        return report.published_at

    def item_updateddate(self, report):
        return report.edited_at or report.published_at


class FamilyExperienceFeed(ExperienceFeed):
    def get_object(self, request: HttpRequest, slug: str) -> PurchaseFamily:
        return get_object_or_404(PurchaseFamily, slug=slug)

    def title(self, family) -> str:
        return _("Entraide : retours d’expérience, %(name)s") % {"name": family.label}

    def link(self, family) -> str:
        return reports_url(famille=family.slug)

    def items(self, family):
        return self.reports().in_family(family)[:LENGTH]
