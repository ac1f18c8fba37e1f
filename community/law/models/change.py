import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.law.querysets import LegalChangeQuerySet


def new_stamp() -> str:
    return secrets.token_hex(8)


class ChangeKind(models.TextChoices):
    CREATED = "created", _("Fiche créée")
    EDITED = "edited", _("Fiche modifiée")
    VERIFIED = "verified", _("Vérifié")
    REPEALED = "repealed", _("Marqué abrogé")
    RESTORED = "restored", _("Remis en vigueur")


class LegalChange(models.Model):
    """One change of one thing of the law: who, when, and the fields as they were and as they became.

    `by_loader`: written from the files shipped with the product, which stop touching a thing once somebody edited it.
    Without fields: nothing of the thing itself changed, the `note` says what did (a threshold, on its articles).
    The latest `stamp` tells every process whether the vocabulary it keeps is still right.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    change = models.CharField(max_length=10, choices=ChangeKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_loader = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    note = models.CharField(max_length=600, blank=True)
    stamp = models.CharField(max_length=16, default=new_stamp, editable=False)

    objects = LegalChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "object_id"], name="legal_change_target")]

    def __str__(self) -> str:
        return f"{self.change} {self.kind}:{self.object_id}"
