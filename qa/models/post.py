"""What questions and answers share: an author who may be unnamed, a rich text, a life."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.core.richtext.models import RichTextModel


class Naming(models.TextChoices):
    """The three ways to be named."""

    NAME = "name", _("Avec mon nom et mon organisation")
    KIND = "kind", _("Avec mon type d’organisation seulement")
    ANONYMOUS = "anonymous", _("Anonyme pour la communauté")


class Post(RichTextModel):
    """`hidden_at` is a moderator's act and can be undone; `deleted_at` is the author's or a moderator's and leaves a
    placeholder. `imported_useful` counts the up-votes that came with an import; `useful_count` includes it.
    `client_token` comes from the form that was sent: a form sent twice makes one post.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="%(class)ss")
    naming = models.CharField(max_length=10, choices=Naming, default=Naming.NAME)
    created_at = models.DateTimeField(db_index=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    edit_count = models.PositiveIntegerField(default=0)
    useful_count = models.IntegerField(default=0)
    imported_useful = models.IntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    is_wiki = models.BooleanField(default=False)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    hidden_reason = models.CharField(max_length=300, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    attribution_name = models.CharField(max_length=120, blank=True)
    attribution_url = models.URLField(max_length=300, blank=True)
    licence = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=120, blank=True)
    client_token = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_gone(self) -> bool:
        """Hidden or deleted: its text is for moderators only."""
        return self.hidden_at is not None or self.deleted_at is not None
