from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.models.loaded import LoadedModel
from community.core.richtext import plain_mentions
from qa.querysets import CommentQuerySet

from .post import Naming

MAX_COMMENT = 600
# As it is kept: what is read, and the way to each person mentioned.
MAX_STORED = 2_000


class Comment(LoadedModel):
    """A short remark under a question or one of its answers; `answer` is empty under the question itself."""

    question = models.ForeignKey("qa.Question", models.CASCADE, related_name="comments")
    answer = models.ForeignKey("qa.Answer", models.CASCADE, null=True, blank=True, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments")
    naming = models.CharField(max_length=10, choices=Naming, default=Naming.NAME)
    text = models.CharField(max_length=MAX_STORED)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    became_answer = models.ForeignKey("qa.Answer", models.SET_NULL, null=True, blank=True, related_name="+")
    attribution_name = models.CharField(max_length=120, blank=True)
    attribution_url = models.URLField(max_length=300, blank=True)
    licence = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=120, blank=True)
    client_token = models.UUIDField(null=True, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commentaire")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source=""), name="comment_imported_once"
            ),
            models.UniqueConstraint(
                fields=["author", "client_token"], condition=Q(client_token__isnull=False), name="comment_sent_once"
            ),
        ]

    def __str__(self) -> str:
        return self.plain_text[:40]

    @property
    def plain_text(self) -> str:
        """What a reader sees: « @Nom » where the text mentions somebody."""
        return plain_mentions(self.text)

    @property
    def is_gone(self) -> bool:
        """Hidden or deleted: its text is for moderators only."""
        return self.hidden_at is not None or self.deleted_at is not None
