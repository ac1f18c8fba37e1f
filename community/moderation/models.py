"""What members point at, what the law’s moves put in question, and what was decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .querysets import FlagQuerySet, ReviewItemQuerySet


class FlagReason(models.TextChoices):
    OUTDATED = "outdated", _("Contenu juridiquement périmé")
    COMMERCIAL = "commercial", _("Démarche commerciale")
    CONFIDENTIAL = "confidential", _("Information confidentielle sur un marché ou une personne")
    CHARTER = "charter", _("Propos contraires à la charte")


class Flag(models.Model):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    space_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=20, choices=FlagReason)
    detail = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    decision = models.ForeignKey("Decision", models.SET_NULL, null=True, blank=True, related_name="flags")

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "object_id"], condition=Q(decision=None), name="flag_open_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="flag_target")]

    def __str__(self) -> str:
        return f"{self.reason} {self.kind}:{self.object_id}"


class Outcome(models.TextChoices):
    KEPT = "kept", _("Maintenu")
    HIDDEN = "hidden", _("Masqué")


class Decision(models.Model):
    """A moderator's answer to the flags of one content; the reason is shown to its author."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    space_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-decided_at"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.kind}:{self.object_id}"


class ReviewState(models.TextChoices):
    WAITING = "waiting", _("À relire")
    ENTRUSTED = "entrusted", _("Confié")
    STILL_RIGHT = "still_right", _("Toujours exact")
    UPDATED = "updated", _("Mis à jour")
    OBSOLETE = "obsolete", _("Obsolète")


OPEN_STATES = (ReviewState.WAITING, ReviewState.ENTRUSTED)


class ReviewItem(models.Model):
    """A content to read again because what it cites of the law changed: once for each content and cause.

    `space_id` is the content's, for the list of those in charge; the content itself is asked again before it is shown.
    `change_id` is the change of the law that queued it last: the same one queues it once.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    space_id = models.BigIntegerField(null=True)
    cause_kind = models.CharField(max_length=40)
    cause_id = models.BigIntegerField()
    change_id = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=ReviewState, default=ReviewState.WAITING)
    queued_at = models.DateTimeField(default=timezone.now)
    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    assigned_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "cause_kind", "cause_id"], name="review_item_once"),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "entrusted"), decided_at=None)
                | Q(state__in=("still_right", "updated", "obsolete"), decided_at__isnull=False),
                name="review_item_decided_or_open",
            ),
        ]
        indexes = [
            models.Index(fields=["cause_kind", "cause_id"], name="review_item_cause"),
            models.Index(fields=["space_id", "id"], condition=Q(decided_at=None), name="review_item_open"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.kind}:{self.object_id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES
