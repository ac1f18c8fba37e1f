"""What a member follows and what she is told. A row names its target by kind and id: rights are checked on reading."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.core.models.loaded import LoadedModel

from .querysets import NotificationQuerySet, SubscriptionQuerySet


class Level(models.TextChoices):
    ALL = "all", _("Tout suivre")
    ESSENTIAL = "essential", _("L’essentiel")
    NONE = "none", _("Ne pas suivre")


class Subscription(LoadedModel):
    """The watch level of a member on a content, a space, a family, a theme or a tag.

    `explicit` is false when writing there subscribed the member; a chosen level is never overwritten by that.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions")
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    level = models.CharField(max_length=10, choices=Level)
    explicit = models.BooleanField(default=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind", "object_id"], name="subscription_once")]
        indexes = [models.Index(fields=["kind", "object_id", "level"], name="subscription_target")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id} {self.level}"


class Notification(LoadedModel):
    """One fact told to one member. `subject_*` is the thread it belongs to, `target_*` the post to open.

    The author's name is not stored: it is displayed through the registry, so that an anonymous post stays so.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    reason = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    target_kind = models.CharField(max_length=40)
    target_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "reason", "target_kind", "target_id"], name="notification_once")
        ]
        indexes = [
            models.Index(fields=["member", "seen_at"], name="notification_unseen"),
            models.Index(fields=["member", "-created_at"], name="notification_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.target_kind}:{self.target_id}"
