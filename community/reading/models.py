"""What one member keeps for herself: marks of what was read, bookmarks, drafts. Seen by nobody else."""

from django.conf import settings
from django.db import models

from community.core.models.loaded import LoadedModel


class ReadMark(LoadedModel):
    """The position of the last post read in a thread; contents number their posts from 1."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="read_marks")
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    position = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind", "object_id"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id} → {self.position}"


class Bookmark(LoadedModel):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks")
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["member", "kind", "object_id"], name="bookmark_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"


class Draft(models.Model):
    """A form being filled: `key` names the form (`question`, `answer:12`), `fields` its raw values."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=60)
    fields = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at"]
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="draft_once")]

    def __str__(self) -> str:
        return self.key
