"""Atom feeds of what everyone reads. They are read as a visitor, whoever asks, so that a kept copy leaks nothing."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.core.richtext import excerpt
from community.spaces.models import Space
from community.taxonomy.models import PurchaseFamily, Tag

from ..addresses import answer_url, question_url
from ..display import Authors
from ..models import Answer, Question
from ..selectors import get_question_or_404
from ..selectors.rows import list_url

LENGTH = 30
EXCERPT = 500
VISITOR = AnonymousUser()

# What XML 1.0 cannot carry, even escaped.
_UNPRINTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))


def printable(text: str) -> str:
    return text.translate(_UNPRINTABLE)


class OpenFeed(Feed):
    # The view is the instance: the decorator `login_not_required` would mark its method, which nobody asks.
    login_required = False
    feed_type = Atom1Feed
    language = "fr"

    def entries(self, posts: list) -> list:
        authors = Authors(posts)
        for post in posts:
            post.displayed = authors.of(post, self.space_id(post)).name
        return posts

    def space_id(self, post) -> int | None:
        return post.space_id if isinstance(post, Question) else post.question.space_id

    def questions(self):
        return Question.objects.visible_to(VISITOR).newest()

    def items(self, obj) -> list:
        return self.entries(list(self.questions()[:LENGTH]))

    def item_title(self, item) -> str:
        return printable(item.title)

    def item_description(self, item) -> str:
        return printable(excerpt(item.body_text, EXCERPT))

    def item_link(self, item) -> str:
        return question_url(item)

    def item_guid(self, item) -> str:
        return f"tag:entraide,2026:{item._meta.model_name}:{item.pk}"

    item_guid_is_permalink = False

    def item_author_name(self, item) -> str:
        return printable(item.displayed)

    def item_pubdate(self, item):
        return item.created_at

    def item_updateddate(self, item):
        return item.edited_at or item.created_at


class CommunityFeed(OpenFeed):
    title = gettext_lazy("Entraide : questions de la communauté")

    def link(self) -> str:
        return list_url()


class FamilyFeed(OpenFeed):
    def get_object(self, request: HttpRequest, slug: str) -> PurchaseFamily:
        return get_object_or_404(PurchaseFamily, slug=slug)

    def title(self, family) -> str:
        return _("Entraide : %(name)s") % {"name": family.label}

    def link(self, family) -> str:
        return list_url(famille=family.slug)

    def items(self, family) -> list:
        return self.entries(list(self.questions().in_family(family)[:LENGTH]))


class TagFeed(OpenFeed):
    def get_object(self, request: HttpRequest, name: str) -> Tag:
        tag = Tag.objects.spelled(name).select_related("stands_for").first()
        tag = (tag.stands_for or tag) if tag else None
        # A word that only private threads carry is absent.
        if tag is None or not self.questions().tagged(tag).exists():
            raise Http404
        return tag

    def title(self, tag) -> str:
        return printable(_("Entraide : mot-clé %(name)s") % {"name": tag.name})

    def link(self, tag) -> str:
        return list_url(**{"mot-cle": tag.name})

    def items(self, tag) -> list:
        return self.entries(list(self.questions().tagged(tag)[:LENGTH]))


class SpaceFeed(OpenFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Space:
        return get_object_or_404(Space.objects.visible_to(VISITOR), slug=slug)

    def title(self, space) -> str:
        return printable(_("Entraide : espace %(name)s") % {"name": space.name})

    def link(self, space) -> str:
        return list_url(espace=space.slug)

    def items(self, space) -> list:
        return self.entries(list(self.questions().in_space(space)[:LENGTH]))


class ThreadFeed(OpenFeed):
    """The answers of one thread, latest first."""

    def get_object(self, request: HttpRequest, pk: int) -> Question:
        return get_question_or_404(VISITOR, pk)

    def title(self, question) -> str:
        return printable(question.title)

    def link(self, question) -> str:
        return question_url(question)

    def items(self, question) -> list:
        answers = Answer.objects.visible_to(VISITOR).filter(question=question).select_related("question")
        return self.entries(list(answers.order_by("-position")[:LENGTH]))

    def item_title(self, answer) -> str:
        return printable(_("Réponse de %(name)s") % {"name": answer.displayed})

    def item_link(self, answer) -> str:
        return answer_url(answer)
