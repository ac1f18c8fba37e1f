from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core import contents
from qa.querysets import ExchangeMessageQuerySet, ExchangeQuerySet

MAX_MESSAGE = 2_000


class PrivateExchange(models.Model):
    """What the moderators of a place and the author of an anonymous post say to each other, names hidden both ways.

    One exchange a post and a place, which outlives the moderators who began it: they read it by their role, not as
    persons. A thread that moves leaves its exchanges to the place where they were written (`space`; none: the open
    community): the moderators of the new place begin another.

    Of a content of another room whose registry says that its author is hidden, `kind` and `object_id` are its key and
    `author` is its author: shown to nobody.
    """

    question = models.ForeignKey("qa.Question", models.CASCADE, null=True, blank=True, related_name="exchanges")
    answer = models.ForeignKey("qa.Answer", models.CASCADE, null=True, blank=True, related_name="exchanges")
    kind = models.CharField(max_length=40, blank=True)
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    space = models.ForeignKey("spaces.Space", models.CASCADE, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    last_message_at = models.DateTimeField()

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("échange privé")
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=False, answer=None, object_id=None, kind="", author=None)
                | Q(question=None, answer__isnull=False, object_id=None, kind="", author=None)
                | Q(question=None, answer=None, object_id__isnull=False, kind__gt="", author__isnull=False),
                name="exchange_about_one_post",
            ),
            # Two by two, as SQLite has no NULLS NOT DISTINCT.
            models.UniqueConstraint(
                fields=["question", "space"], condition=Q(answer=None), name="question_exchange_once"
            ),
            models.UniqueConstraint(
                fields=["answer", "space"], condition=Q(question=None), name="answer_exchange_once"
            ),
            models.UniqueConstraint(
                fields=["question"], condition=Q(answer=None, space=None), name="question_exchange_open_once"
            ),
            models.UniqueConstraint(
                fields=["answer"], condition=Q(question=None, space=None), name="answer_exchange_open_once"
            ),
            models.UniqueConstraint(fields=["kind", "object_id", "space"], name="content_exchange_once"),
            models.UniqueConstraint(
                fields=["kind", "object_id"], condition=Q(space=None), name="content_exchange_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"exchange {self.question_id or self.answer_id or self.kind}"

    @property
    def post(self):
        return self.answer or self.question or self.content

    @cached_property
    def content(self):
        kind = contents.get(self.kind)
        return kind.model._default_manager.select_related(*kind.card_related).get(pk=self.object_id)

    @property
    def thread(self):
        """The question that the exchange is about, or whose answer; a content of another room is its own."""
        return self.answer.question if self.answer else self.post

    @property
    def title(self) -> str:
        return contents.kind_of(self.thread).title(self.thread)

    @property
    def is_current(self) -> bool:
        """The thread still stands where this was written; otherwise it is only read."""
        return contents.kind_of(self.thread).space_id(self.thread) == self.space_id


class ExchangeMessage(models.Model):
    """`from_moderation` is the side that speaks; who it was is kept for the audit and shown to nobody."""

    exchange = models.ForeignKey(PrivateExchange, models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    from_moderation = models.BooleanField()
    text = models.CharField(max_length=MAX_MESSAGE)
    created_at = models.DateTimeField(auto_now_add=True)
    client_token = models.UUIDField(null=True, blank=True, editable=False)

    objects = ExchangeMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message de l’animation")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "client_token"], condition=Q(client_token__isnull=False), name="exchange_sent_once"
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]
