from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from clauses.reports.querysets import ExperienceQuerySet, RevisionQuerySet
from clauses.reports.vocabularies import (
    FIRST_YEAR,
    LAST_YEAR,
    MAX_BIDS,
    MAX_SUMMARY,
    MAX_TEXT,
    MAX_TITLE,
    TEXT_LABELS,
    TOLD_OUTCOMES,
    Advice,
    Buyer,
    Naming,
    ReportState,
    Size,
    Subject,
    TextKept,
)
from community.core.models.loaded import LoadedModel
from community.taxonomy.procurement import AmountBracket, Procedure


def story(name: str) -> models.TextField:
    return models.TextField(TEXT_LABELS[name], blank=True, max_length=MAX_TEXT)


class ReportTag(ItemBase):
    tag = models.ForeignKey("taxonomy.Tag", models.CASCADE, related_name="report_items")
    content_object = models.ForeignKey("reports.ExperienceReport", models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="report_tag_once")]


class ExperienceReport(LoadedModel):
    """A purchase, or a way of working, told by who did it. No space: the open community.

    A draft and a withdrawn report are their author's alone. Three choices say how much of her others see: `naming`
    (the person), `hides_organisation` (its name, and a département becomes its région), `rounds` (amount by bracket,
    date by year). The row holds everything: what is shown of it is made in one place, `shown.show_report`.
    `amount` is in euros, excluding tax; `price_gap` in tenths of a percent; `html` is the texts rendered.
    `changed_at` moves with every write, so that the index of the library does.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="experience_reports")
    space = models.ForeignKey("spaces.Space", models.PROTECT, null=True, blank=True, related_name="experience_reports")
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    naming = models.CharField(_("qui signe"), max_length=10, choices=Naming, default=Naming.NAME)
    hides_organisation = models.BooleanField(_("masquer mon organisation"), default=False)
    rounds = models.BooleanField(_("arrondir le montant et les dates"), default=False)
    organisation = models.ForeignKey(
        "members.Organisation", models.SET_NULL, null=True, blank=True, related_name="experience_reports"
    )
    subject = models.CharField(_("le récit porte sur"), max_length=12, choices=Subject, default=Subject.PURCHASE)
    title = models.CharField(_("titre"), max_length=MAX_TITLE, blank=True)
    slug = models.SlugField(max_length=80, blank=True)
    summary = models.CharField(_("en une phrase"), max_length=MAX_SUMMARY, blank=True)
    family = models.ForeignKey(
        "taxonomy.PurchaseFamily", models.PROTECT, null=True, blank=True, related_name="experience_reports"
    )
    themes = models.ManyToManyField("taxonomy.Theme", blank=True, related_name="experience_reports")
    territory = models.ForeignKey(
        "members.Territory", models.SET_NULL, null=True, blank=True, related_name="experience_reports"
    )
    tags = TaggableManager(through=ReportTag, blank=True)
    clauses = models.ManyToManyField("library.Clause", blank=True, related_name="experience_reports")
    text_kept = models.CharField(_("son texte"), max_length=10, choices=TextKept, blank=True)
    buyer = models.CharField(_("type d’acheteur"), max_length=10, choices=Buyer, blank=True)
    size = models.CharField(_("taille"), max_length=10, choices=Size, blank=True)
    procedure = models.CharField(_("procédure"), max_length=16, choices=Procedure, blank=True)
    amount = models.BigIntegerField(_("montant, en euros hors taxes"), null=True, blank=True)
    launched_on = models.DateField(_("consultation lancée le"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("année"), null=True, blank=True)
    bids = models.PositiveSmallIntegerField(_("offres reçues"), null=True, blank=True)
    weight = models.PositiveSmallIntegerField(_("poids du critère, en %"), null=True, blank=True)
    price_gap = models.SmallIntegerField(_("écart de prix, en dixièmes de %"), null=True, blank=True)
    outcome = models.CharField(_("résultat"), max_length=10, choices=TOLD_OUTCOMES, blank=True)
    advice = models.CharField(_("à recommander"), max_length=6, choices=Advice, blank=True)
    context, need, lever, wording = story("context"), story("need"), story("lever"), story("wording")
    worked, difficulties = story("worked"), story("difficulties")
    execution, redo = story("execution"), story("redo")
    html = models.JSONField(default=dict, editable=False)
    plain_text = models.TextField(blank=True, editable=False)
    renderer_version = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    useful_count = models.PositiveIntegerField(default=0)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    hidden_reason = models.CharField(max_length=300, blank=True)
    client_token = models.UUIDField(null=True, blank=True, editable=False)

    objects = ExperienceQuerySet.as_manager()

    class Meta:
        verbose_name = _("retour d’expérience")
        verbose_name_plural = _("retours d’expérience")
        constraints = [
            models.UniqueConstraint(
                fields=["author", "client_token"], condition=Q(client_token__isnull=False), name="experience_sent_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.PUBLISHED) | Q(published_at__isnull=False) & ~Q(title=""),
                name="experience_published_is_dated_and_titled",
            ),
            models.CheckConstraint(condition=Q(bids=None) | Q(bids__lte=MAX_BIDS), name="experience_bids_plausible"),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="experience_year_plausible"
            ),
            models.CheckConstraint(condition=Q(weight=None) | Q(weight__lte=100), name="experience_weight_percent"),
        ]
        indexes = [
            # All that the rule of sight, the orders and the stamp of the library read, in the order most asked for: the
            # rows themselves are wide.
            models.Index(
                fields=[
                    "state",
                    "-published_at",
                    "-id",
                    "hidden_at",
                    "space",
                    "author",
                    "useful_count",
                    "price_gap",
                    "changed_at",
                    "version",
                ],
                name="experience_sight",
            ),
            models.Index(fields=["family", "-published_at"], name="experience_of_family"),
            # The same for the stamp of all reports.
            models.Index(
                fields=["changed_at", "state", "hidden_at", "version", "useful_count", "space"], name="experience_stamp"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Récit sans titre"))

    @property
    def bracket(self) -> str:
        return "" if self.amount is None else AmountBracket.of(self.amount)

    @property
    def is_published(self) -> bool:
        return self.state == ReportState.PUBLISHED


class ReportRevision(models.Model):
    """What the texts of a published report said from `created_at` on; figures and names are in no revision.

    A report never edited has none: its first edit stores the first text, then its own.
    """

    report = models.ForeignKey(ExperienceReport, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    created_at = models.DateTimeField()

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="experience_revision_once")]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class ReportUseful(models.Model):
    """« Utile »: one a member; counted, never named."""

    report = models.ForeignKey(ExperienceReport, models.CASCADE, related_name="useful_marks")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "member"], name="experience_useful_once")]

    def __str__(self) -> str:
        return f"{self.report_id} utile à {self.member_id}"
