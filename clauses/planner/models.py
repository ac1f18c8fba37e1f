"""What somebody will buy, who else sees it, and what is reminded of it. The list of persons is the only right."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.law.obligations.purchase import PurchaseNature

from .querysets import OwnedQuerySet, PurchaseQuerySet, ReminderQuerySet
from .vocabularies import Procedure, ShareRole, Status, Step

MAX_TITLE = 200
MAX_ORGANISATION = 160
MAX_NOTES = 4_000
MAX_STEP_NOTE = 300
MAX_FILE_NAME = 120


class PurchaseImport(models.Model):
    """One file that was read: what became of each line that wants a look. For whoever sent it, and nobody else.

    `lines` holds {line, read, outcome, why, purchase, family}; `purchase` is the row that the line made, `family` the
    one that is proposed for it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="purchase_imports")
    file_name = models.CharField(max_length=MAX_FILE_NAME)
    line_count = models.PositiveIntegerField()
    added_count = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    client_token = models.UUIDField(null=True, blank=True, editable=False)

    objects = OwnedQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import d’achats")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "client_token"],
                condition=Q(client_token__isnull=False),
                name="purchase_import_sent_once",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class PlannedPurchase(models.Model):
    """One contract to come. `starts_on` is the day the new contract starts; `launch_on`, when it is given, the day its
    notice is to be sent, from which the rest is counted back.

    `visible_to_peers`: its owner accepts to be seen, by name, family and year, by those who accept the same.
    `version` rises with each change: who writes over somebody else's is told.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="planned_purchases")
    title = models.CharField(_("objet"), max_length=MAX_TITLE)
    family = models.ForeignKey("taxonomy.PurchaseFamily", models.SET_NULL, null=True, blank=True, related_name="+")
    cpv = models.ForeignKey("taxonomy.CpvCode", models.SET_NULL, null=True, blank=True, related_name="+")
    nature = models.CharField(_("nature"), max_length=12, choices=PurchaseNature, blank=True)
    amount = models.DecimalField(_("montant HT"), max_digits=13, decimal_places=2, null=True, blank=True)
    organisation = models.CharField(_("organisation"), max_length=MAX_ORGANISATION, blank=True)
    procedure = models.CharField(_("procédure"), max_length=16, choices=Procedure, blank=True)
    starts_on = models.DateField(_("début du nouveau marché"))
    launch_on = models.DateField(_("lancement"), null=True, blank=True)
    social_clause = models.BooleanField(_("clause sociale prévue"), default=False)
    notes = models.TextField(_("notes"), max_length=MAX_NOTES, blank=True)
    status = models.CharField(_("état"), max_length=10, choices=Status, default=Status.PLANNED)
    visible_to_peers = models.BooleanField(_("visible des pairs"), default=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    came_from = models.ForeignKey(PurchaseImport, models.SET_NULL, null=True, blank=True, related_name="purchases")
    client_token = models.UUIDField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now=True)

    objects = PurchaseQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("achat à venir")
        verbose_name_plural = _("achats à venir")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "client_token"],
                condition=Q(client_token__isnull=False),
                name="planned_purchase_sent_once",
            ),
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gt=0), name="planned_purchase_amount_positive"),
        ]
        indexes = [
            models.Index(
                fields=["family", "starts_on"], condition=Q(visible_to_peers=True), name="planned_purchase_peers"
            ),
            models.Index(fields=["status", "starts_on"], name="planned_purchase_due"),
        ]

    def __str__(self) -> str:
        return self.title


class PurchaseShare(models.Model):
    """A named colleague who reads or changes the row; the owner is not on this list."""

    purchase = models.ForeignKey(PlannedPurchase, models.CASCADE, related_name="shares")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="purchase_shares")
    role = models.CharField(max_length=10, choices=ShareRole, default=ShareRole.READER)
    shared_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purchase", "member"], name="purchase_share_once")]

    def __str__(self) -> str:
        return f"{self.purchase_id} → {self.member_id}"


class StepDone(models.Model):
    purchase = models.ForeignKey(PlannedPurchase, models.CASCADE, related_name="steps_done")
    step = models.CharField(max_length=12, choices=Step)
    done_on = models.DateField()
    note = models.CharField(_("ce qui a été fait"), max_length=MAX_STEP_NOTE, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purchase", "step"], name="purchase_step_done_once")]

    def __str__(self) -> str:
        return f"{self.purchase_id}: {self.step}"


class StepReminder(models.Model):
    """A step was reminded, so many days before its day: the row is what makes it once. A step whose day moves is
    reminded again.
    """

    purchase = models.ForeignKey(PlannedPurchase, models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=12, choices=Step)
    due_on = models.DateField()
    days_before = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(auto_now_add=True)

    objects = ReminderQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purchase", "step", "due_on", "days_before"], name="step_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.purchase_id}: {self.step} {self.due_on}"


class PlannerSettings(models.Model):
    """How one member is reminded, and the private address of her calendar: derived from `feed_nonce`, found by its
    hash, so that no row holds it. Without a nonce there is no address.
    """

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="planner_settings")
    remind_before = models.BooleanField(_("quinze jours avant"), default=True)
    remind_same_day = models.BooleanField(_("le jour même"), default=True)
    weekly_mail = models.BooleanField(_("chaque lundi, par courriel"), default=False)
    weekly_sent_on = models.DateField(null=True, blank=True)
    feed_nonce = models.CharField(max_length=32, blank=True)
    feed_hash = models.CharField(max_length=64, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed_hash"], condition=~Q(feed_hash=""), name="planner_feed_once")
        ]

    def __str__(self) -> str:
        return str(self.member_id)
