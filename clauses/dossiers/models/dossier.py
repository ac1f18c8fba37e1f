from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from clauses.dossiers.querysets import BelongsToDossierQuerySet, DossierQuerySet, ShareInvitationQuerySet
from clauses.dossiers.vocabularies import (
    MAX_EMAIL,
    MAX_NEED,
    MAX_NOTE,
    MAX_TITLE,
    DossierRole,
    Procedure,
)
from community.core.models.loaded import LoadedModel
from community.law.models import Audience
from community.law.obligations import PurchaseNature


class Dossier(LoadedModel):
    """One procurement being prepared: its need, its clauses by contract document, its sourcing, its reviews.

    Read by its owner and by the persons of `people`, and by nobody else, staff included. Amounts are in euros before
    tax, over the whole duration, all lots. No territory: the whole country. `version` counts the changes of this row:
    a form that started from an older one is given back (`actions.locks.Conflict`).
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="dossiers")
    title = models.CharField(_("nom du dossier"), max_length=MAX_TITLE)
    need = models.TextField(_("objet du marché"), max_length=MAX_NEED, blank=True)
    family = models.ForeignKey(
        "taxonomy.PurchaseFamily", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("famille")
    )
    cpv = models.ForeignKey(
        "taxonomy.CpvCode", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("code CPV")
    )
    territory = models.ForeignKey(
        "members.Territory", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("territoire")
    )
    nature = models.CharField(_("nature"), max_length=10, choices=PurchaseNature, blank=True)
    procedure = models.CharField(_("procédure"), max_length=20, choices=Procedure, blank=True)
    buyer = models.CharField(_("acheteur"), max_length=12, choices=Audience, blank=True)
    amount = models.DecimalField(_("montant estimé (€ HT)"), max_digits=14, decimal_places=2, null=True, blank=True)
    duration_months = models.PositiveSmallIntegerField(_("durée, en mois"), null=True, blank=True)
    launch_on = models.DateField(_("publication prévue le"), null=True, blank=True)
    notified_on = models.DateField(_("notification prévue le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now=True)
    client_token = models.UUIDField(null=True, blank=True, editable=False)

    objects = DossierQuerySet.as_manager()

    # A private thing must not surface in the usage reports of /cms/.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("dossier")
        ordering = ["-edited_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=0), name="dossier_amount_positive"),
            models.CheckConstraint(condition=~Q(title=""), name="dossier_has_a_title"),
            models.CheckConstraint(
                condition=Q(launch_on=None) | Q(notified_on=None) | Q(launch_on__lte=F("notified_on")),
                name="dossier_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["owner", "client_token"],
                condition=Q(client_token__isnull=False),
                name="dossier_created_once",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-edited_at"], name="dossier_mine")]

    def __str__(self) -> str:
        return self.title


class Lot(models.Model):
    """A lot of the contract, by its number; an item without a lot is for all of them."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="lots")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("lot"), max_length=MAX_TITLE)

    # A private thing must not surface in the usage reports of /cms/.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="dossier_lot_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="dossier_lot_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class DossierMember(LoadedModel):
    """Somebody the owner shares the dossier with; the owner herself has no row."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="people")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="dossier_shares")
    role = models.CharField(max_length=6, choices=DossierRole, default=DossierRole.READER)
    added_at = models.DateTimeField(auto_now_add=True)

    # A private thing must not surface in the usage reports of /cms/.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "member"], name="dossier_member_once"),
            models.CheckConstraint(condition=Q(role__in=DossierRole.values), name="dossier_member_role"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.role} {self.dossier_id}"


class ShareInvitation(models.Model):
    """An e-mail asked into the dossier: the account of that e-mail, if there is one, accepts from its own list.

    Nothing tells the owner whether the e-mail has an account.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=MAX_EMAIL)
    role = models.CharField(max_length=6, choices=DossierRole, default=DossierRole.READER)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    objects = ShareInvitationQuerySet.as_manager()

    # A private thing must not surface in the usage reports of /cms/.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint("dossier", Lower("email"), name="dossier_invitation_once"),
            models.CheckConstraint(condition=Q(role__in=DossierRole.values), name="dossier_invitation_role"),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.dossier_id}"


class DossierNote(LoadedModel):
    """A word that the persons of the dossier leave one another; neither reviewed nor exported."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField(_("note"), max_length=MAX_NOTE)
    created_at = models.DateTimeField(auto_now_add=True)
    client_token = models.UUIDField(null=True, blank=True, editable=False)

    objects = BelongsToDossierQuerySet.as_manager()

    # A private thing must not surface in the usage reports of /cms/.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "client_token"],
                condition=Q(client_token__isnull=False),
                name="dossier_note_once",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
