"""A request to calibrate the hours of a contract, its answer, and the hours done once it is awarded."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.taxonomy.procurement import AmountBracket

from .querysets import BelongsToRequestQuerySet, CalibrationQuerySet, FacilitatorQuerySet
from .vocabularies import (
    MAX_HOURS,
    MAX_LOT,
    MAX_MESSAGE,
    MAX_NOTE,
    MAX_OBJECT,
    MAX_PUBLICS,
    MAX_TITLE,
    MAX_WORDING,
    Asked,
    State,
)


class ConfirmedFacilitator(models.Model):
    """An animator says that this member facilitates social clauses in this territory.

    It stands as long as the profile says the same: the kind of account, and the territory, which the member declares.
    """

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="confirmed_facilitator")
    territory = models.ForeignKey("members.Territory", models.CASCADE, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(auto_now_add=True)

    objects = FacilitatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("facilitation confirmée")

    def __str__(self) -> str:
        return f"{self.member_id} · {self.territory_id}"


class CalibrationRequest(models.Model):
    """What the asked see of a dossier, copied when it is sent: they read this row and nothing of the dossier.

    Asked are one facilitator (`facilitator`), the animators of one network (`space`) or the staff. The buyers' side is
    whoever reads the dossier. Follow-up begins with `awarded_on`.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="calibrations")
    requester = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calibrations_asked")
    asked = models.CharField(max_length=12, choices=Asked)
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="calibrations_received"
    )
    space = models.ForeignKey("spaces.Space", models.CASCADE, null=True, blank=True, related_name="calibrations")
    title = models.CharField(_("marché"), max_length=MAX_TITLE)
    subject = models.TextField(_("objet"), max_length=MAX_OBJECT, blank=True)
    territory = models.ForeignKey("members.Territory", models.PROTECT, related_name="+")
    family = models.ForeignKey("taxonomy.PurchaseFamily", models.SET_NULL, null=True, blank=True, related_name="+")
    bracket = models.CharField(_("montant"), max_length=12, choices=AmountBracket, blank=True)
    launch_on = models.DateField(_("publication prévue le"), null=True, blank=True)
    message = models.TextField(_("votre demande"), max_length=MAX_MESSAGE, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    created_at = models.DateTimeField(auto_now_add=True)
    client_token = models.UUIDField(null=True, blank=True, editable=False)

    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    publics = models.TextField(_("publics"), max_length=MAX_PUBLICS, blank=True)
    wording = models.TextField(_("rédaction"), max_length=MAX_WORDING, blank=True)
    answer_note = models.TextField(_("précisions"), max_length=MAX_NOTE, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    item = models.ForeignKey("dossiers.DossierItem", models.SET_NULL, null=True, blank=True, related_name="+")

    awarded_on = models.DateField(_("attribué le"), null=True, blank=True)
    ends_on = models.DateField(_("fin du marché"), null=True, blank=True)

    objects = CalibrationQuerySet.as_manager()

    # A private thing must not surface in the usage reports of /cms/.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("demande de calibrage")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked=Asked.FACILITATOR, facilitator__isnull=False, space=None)
                | Q(asked=Asked.NETWORK, facilitator=None, space__isnull=False)
                | Q(asked=Asked.STAFF, facilitator=None, space=None),
                name="calibration_asks_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(state=State.SENT), name="calibration_answered_is_not_waiting"
            ),
            models.UniqueConstraint(
                fields=["dossier", "client_token"],
                condition=Q(client_token__isnull=False),
                name="calibration_sent_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="calibration_waiting")]

    def __str__(self) -> str:
        return self.title


class CalibrationLot(models.Model):
    """A lot to calibrate, or the whole contract. `planned_hours` is the answer; what was done is in `HoursEntry`."""

    request = models.ForeignKey(CalibrationRequest, models.CASCADE, related_name="lots")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("lot"), max_length=MAX_LOT)
    amount = models.DecimalField(_("montant HT"), max_digits=13, decimal_places=2, null=True, blank=True)
    planned_hours = models.PositiveIntegerField(_("heures prévues"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="calibration_lot_once"),
            models.CheckConstraint(
                condition=Q(planned_hours=None) | Q(planned_hours__lte=MAX_HOURS), name="calibration_lot_plausible"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HoursEntry(models.Model):
    """Hours done on a lot up to a day, as one of the two sides tells them; taken back when wrong, never rewritten."""

    lot = models.ForeignKey(CalibrationLot, models.CASCADE, related_name="entries")
    until = models.DateField(_("jusqu’au"))
    hours = models.PositiveIntegerField(_("heures réalisées"))
    note = models.CharField(_("précision"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    client_token = models.UUIDField(null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-until", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lot", "client_token"], condition=Q(client_token__isnull=False), name="hours_entry_sent_once"
            ),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=MAX_HOURS), name="hours_entry_plausible"),
        ]

    def __str__(self) -> str:
        return f"{self.hours} h"


class CalibrationReminder(models.Model):
    """An answer is waited for, or hours are to be told: once for each date."""

    request = models.ForeignKey(CalibrationRequest, models.CASCADE, related_name="reminders")
    reason = models.CharField(max_length=10, choices=[("answer", _("réponse")), ("hours", _("heures"))])
    due_on = models.DateField()
    sent_at = models.DateTimeField(auto_now_add=True)

    objects = BelongsToRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "reason", "due_on"], name="calibration_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.reason} {self.due_on}"
