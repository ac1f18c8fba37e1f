import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.richtext import escape_markdown
from community.core.uploads.naming import MAX_NAME, attachment_url

from .loaded import LoadedModel


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Attachment(LoadedModel):
    """A file sent with a text. Its right is that of the first content that mentioned it; before that, its owner's.

    Stored under a random name, cleaned of metadata, outside anything a web server serves by itself. The digest
    serves the operator (virus lists, court orders) and is never shown: it would tell who holds the same file.
    `is_withheld`: no text that readers may open shows it, and those who moderate there alone still see it.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("en attente")
        ATTACHED = "attached", _("jointe")

    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    content_kind = models.CharField(max_length=40, blank=True)
    content_id = models.BigIntegerField(null=True, blank=True)
    is_withheld = models.BooleanField(default=False)
    name = models.CharField(max_length=MAX_NAME)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, editable=False)
    path = models.CharField(max_length=100, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="pending", content_kind="", content_id__isnull=True)
                | (Q(state="attached", content_id__isnull=False) & ~Q(content_kind="")),
                name="attachment_attached_to_something",
            ),
            models.CheckConstraint(
                condition=Q(is_withheld=False) | Q(state="attached"), name="attachment_withheld_once_attached"
            ),
        ]
        indexes = [
            models.Index(fields=["content_kind", "content_id"], name="attachment_content"),
            models.Index(fields=["owner", "created_at"], name="attachment_owner"),
            models.Index(fields=["created_at"], condition=Q(state="pending"), name="attachment_pending"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def url(self) -> str:
        return attachment_url(self.token, self.name)

    @property
    def markdown(self) -> str:
        """What an editor inserts to show the picture or link the document."""
        label = escape_markdown(self.name)
        return f"![{label}]({self.url})" if self.is_image else f"[{label}]({self.url})"
