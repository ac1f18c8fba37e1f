"""Atom feeds of what everyone reads. They are read as a visitor, whoever asks, so that a kept copy leaks nothing."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.members.display import displayed, related_for_display
from community.taxonomy.models import PurchaseFamily, Tag

from ..addresses import clause_url, library_url
from ..exports.blocks import clean
from ..models import Clause

LENGTH = 30
VISITOR = AnonymousUser()


class ClauseFeed(Feed):
    # The view is the instance: the decorator `login_not_required` would mark its method, which nobody asks.
    login_required = False
    feed_type = Atom1Feed
    language = "fr"
    title = gettext_lazy("Entraide : clauses")
    item_guid_is_permalink = False

    def link(self) -> str:
        return library_url()

    def items(self, obj):
        return self.clauses()[:LENGTH]

    def clauses(self):
        found = Clause.objects.visible_to(VISITOR).published().recent()
        return found.select_related(*related_for_display("author")).defer("plain_text")

    def item_title(self, clause) -> str:
        return clean(clause.title)

    def item_description(self, clause) -> str:
        return clean(f"{clause.summary}\n\n{clause.excerpt}")

    def item_link(self, clause) -> str:
        return clause_url(clause)

    def item_guid(self, clause) -> str:
        return f"tag:entraide,2026:clause:{clause.pk}"

    def item_author_name(self, clause) -> str:
        return clean(displayed(clause.author, clause.naming).name)

    def item_pubdate(self, clause):
        return clause.first_published_at or clause.published_at

    def item_updateddate(self, clause):
        return clause.published_at


class FamilyClauseFeed(ClauseFeed):
    def get_object(self, request: HttpRequest, slug: str) -> PurchaseFamily:
        return get_object_or_404(PurchaseFamily, slug=slug)

    def title(self, family) -> str:
        return _("Entraide : clauses, %(name)s") % {"name": family.label}

    def link(self, family) -> str:
        return library_url(famille=family.slug)

    def items(self, family):
        return self.clauses().in_family(family)[:LENGTH]


class TagClauseFeed(ClauseFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Tag:
        tag = Tag.objects.select_related("stands_for").filter(slug=slug).first()
        tag = (tag.stands_for or tag) if tag else None
        # A word that only private clauses carry is absent.
        if tag is None or not self.tagged(tag).exists():
            raise Http404
        return tag

    def tagged(self, tag: Tag):
        return self.clauses().filter(tagged_items__tag=tag)

    def title(self, tag) -> str:
        return clean(_("Entraide : clauses, mot-clé %(name)s") % {"name": tag.name})

    def link(self, tag) -> str:
        return library_url(**{"mot-cle": tag.name})

    def items(self, tag):
        return self.tagged(tag)[:LENGTH]
