from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """What was done with power: roles, exclusions, exceptional access, moderation. Written by actions, never edited.

    `space_id` is plain so that the entry outlives the space; its owners read the entries that carry it.
    """

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=60)
    kind = models.CharField(max_length=40, blank=True)
    object_id = models.BigIntegerField(null=True)
    space_id = models.BigIntegerField(null=True, db_index=True)
    reason = models.CharField(max_length=500, blank=True)
    detail = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.kind}:{self.object_id}"
