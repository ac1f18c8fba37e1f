from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from clauses.library.querysets import ClauseQuerySet
from clauses.library.vocabularies import (
    MAX_CONTEXT,
    MAX_SUMMARY,
    MAX_TITLE,
    Ambition,
    ClauseKind,
    ClauseState,
    Consolidation,
    ContractDocument,
    LegalState,
    Licence,
    PriceImpact,
    SupplyMaturity,
)
from community.core.models.loaded import LoadedModel
from community.taxonomy.models import Pillar

# What no draft of /cms/ carries.
LIFE_FIELDS = (
    *("space_id", "author_id", "naming", "created_at", "source_key", "client_token", "state", "legal_state"),
    *("consolidation", "reviewed_on", "reviewed_by_id", "version", "published_at", "replaced_by_id", "review_note"),
    *("law_moved_on", "hidden_at", "hidden_reason", "use_count", "excerpt", "plain_text"),
)


class Naming(models.TextChoices):
    """How a contributor signs; nobody contributes a clause anonymously, as somebody answers for it."""

    NAME = "name", _("Avec mon nom et mon organisation")
    KIND = "kind", _("Avec mon type d’organisation seulement")


def percentage(verbose_name) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        verbose_name, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )


def context(verbose_name) -> models.TextField:
    return models.TextField(verbose_name, blank=True, max_length=MAX_CONTEXT)


class ClauseTag(ItemBase):
    tag = models.ForeignKey("taxonomy.Tag", models.CASCADE, related_name="clause_items")
    content_object = ParentalKey("library.Clause", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="clause_tag_once")]


class Clause(
    PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel, LoadedModel
):
    """A text to paste in a contract document, with all that helps to choose it, fill it in and defend it.

    No space: the open community's, edited in /cms/ through the proxy `OpenClause`; a space's own clauses are written
    and reviewed on the site and appear nowhere in /cms/. Everything here but life and counters is what a version
    keeps (`content.to_content`). Amounts are in euros, excluding tax; no territory means the whole country.
    Readers see the published version: the row holds it, drafts of an edit wait in revisions or suggestions.
    """

    space = models.ForeignKey("spaces.Space", models.PROTECT, null=True, blank=True, related_name="clauses")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="clauses")
    naming = models.CharField(max_length=10, choices=Naming, default=Naming.NAME)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now=True)

    title = models.CharField(_("titre"), max_length=MAX_TITLE)
    slug = models.SlugField(max_length=80, blank=True)
    summary = models.CharField(_("résumé"), max_length=MAX_SUMMARY)
    kind = models.CharField(_("type de clause"), max_length=20, choices=ClauseKind)
    document = models.CharField(_("pièce du marché"), max_length=10, choices=ContractDocument)
    pillar = models.CharField(_("volet"), max_length=10, choices=Pillar)
    ambition = models.PositiveSmallIntegerField(_("ambition"), choices=Ambition, default=Ambition.SOCLE)
    family = models.ForeignKey(
        "taxonomy.PurchaseFamily",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clauses",
        verbose_name=_("famille principale"),
    )
    other_families = ParentalManyToManyField(
        "taxonomy.PurchaseFamily", blank=True, related_name="also_clauses", verbose_name=_("autres familles")
    )
    cpv_codes = ParentalManyToManyField(
        "taxonomy.CpvCode", blank=True, related_name="clauses", verbose_name=_("codes CPV")
    )
    objectives = ParentalManyToManyField(
        "taxonomy.Objective", blank=True, related_name="clauses", verbose_name=_("objectifs")
    )
    territories = ParentalManyToManyField(
        "members.Territory", blank=True, related_name="clauses", verbose_name=_("territoires")
    )
    for_works = models.BooleanField(_("travaux"), default=False)
    for_supplies = models.BooleanField(_("fournitures"), default=False)
    for_services = models.BooleanField(_("services"), default=False)
    for_concessions = models.BooleanField(_("concessions"), default=False)
    amount_min = models.DecimalField(_("à partir de (€ HT)"), max_digits=14, decimal_places=2, null=True, blank=True)
    amount_max = models.DecimalField(_("jusqu’à (€ HT)"), max_digits=14, decimal_places=2, null=True, blank=True)
    tags = ClusterTaggableManager(through=ClauseTag, blank=True, verbose_name=_("mots-clés"))

    # An award criterion's own.
    assessed = context(_("ce qui est évalué"))
    expected_elements = context(_("éléments attendus dans l’offre"))
    scoring_method = context(_("méthode de notation"))
    weight_min = percentage(_("pondération conseillée, minimum (%)"))
    weight_max = percentage(_("pondération conseillée, maximum (%)"))

    why = context(_("pourquoi cette clause"))
    vigilance = context(_("points de vigilance"))
    proofs = context(_("moyens de preuve"))
    execution_control = context(_("contrôle en exécution"))
    penalty = context(_("pénalité associée"))
    sourcing_questions = context(_("questions à poser en sourcing"))
    supply_maturity = models.PositiveSmallIntegerField(
        _("maturité de l’offre"), choices=SupplyMaturity, null=True, blank=True
    )
    price_impact = models.CharField(_("effet sur le prix"), max_length=12, choices=PriceImpact, blank=True)

    licence = models.CharField(_("licence"), max_length=12, choices=Licence, default=Licence.CC_BY)
    valid_from = models.DateField(_("utilisable à partir du"), null=True, blank=True)
    valid_until = models.DateField(_("utilisable jusqu’au"), null=True, blank=True)
    review_by = models.DateField(_("à relire avant le"), null=True, blank=True)
    is_sample = models.BooleanField(_("exemple à faire valider"), default=False)
    source_key = models.CharField(max_length=160, blank=True, editable=False)

    state = models.CharField(max_length=10, choices=ClauseState, default=ClauseState.DRAFT, editable=False)
    legal_state = models.CharField(max_length=10, choices=LegalState, default=LegalState.CURRENT, editable=False)
    consolidation = models.PositiveSmallIntegerField(
        choices=Consolidation, default=Consolidation.CONTRIBUTION, editable=False
    )
    reviewed_on = models.DateField(null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaces_clauses", editable=False
    )
    # What a reviewer asked of the author, shown to her until she sends the text again.
    review_note = models.CharField(max_length=600, blank=True, editable=False)
    # A text that it cites moved since it was last read again.
    law_moved_on = models.DateField(null=True, blank=True, editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_reason = models.CharField(max_length=300, blank=True, editable=False)
    use_count = models.PositiveIntegerField(default=0, editable=False)
    excerpt = models.CharField(max_length=400, blank=True, editable=False)
    plain_text = models.TextField(blank=True, editable=False)
    client_token = models.UUIDField(null=True, blank=True, editable=False)

    # A space's own clauses must not surface in the usage reports of /cms/.
    wagtail_reference_index_ignore = True

    objects = ClauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        constraints = [
            models.CheckConstraint(condition=~Q(replaced_by=F("id")), name="clause_not_its_own_successor"),
            models.CheckConstraint(
                condition=Q(weight_min=None) | Q(weight_max=None) | Q(weight_min__lte=F("weight_max")),
                name="clause_weights_in_order",
            ),
            models.CheckConstraint(
                condition=Q(amount_min=None) | Q(amount_max=None) | Q(amount_min__lte=F("amount_max")),
                name="clause_amounts_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "obsolete"]) | Q(version__gte=1),
                name="clause_published_has_version",
            ),
            models.UniqueConstraint(fields=["source_key"], condition=~Q(source_key=""), name="clause_imported_once"),
            models.UniqueConstraint(
                fields=["author", "client_token"],
                condition=Q(client_token__isnull=False),
                name="clause_proposed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-published_at"], name="clause_recent"),
            models.Index(fields=["family", "state"], name="clause_family"),
            # All that `facets.stamped` reads, at each page of the library: the rows themselves are wide.
            models.Index(
                fields=[
                    "edited_at",
                    "state",
                    "legal_state",
                    "hidden_at",
                    "consolidation",
                    "version",
                    "use_count",
                    "space",
                ],
                name="clause_stamp",
            ),
            # All that the rule of sight and the orders of the library read, first of all in the order most asked for.
            models.Index(
                fields=[
                    "-use_count",
                    "-id",
                    "ambition",
                    "published_at",
                    "state",
                    "hidden_at",
                    "space",
                    "author",
                    "family",
                    "created_at",
                ],
                name="clause_sight",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """What people write in a mail: CL-0318."""
        return f"CL-{self.pk:04d}"

    def with_content_json(self, content):
        """A revision brings a text back, never the life of the clause: where it stands, its reviews, its counters."""
        clause = super().with_content_json(content)
        for name in LIFE_FIELDS:
            setattr(clause, name, getattr(self, name))
        return clause


class OpenClause(Clause):
    """The clauses of the open community, as /cms/ knows them: a space's own are not in its manager."""

    objects = ClauseQuerySet.as_open_manager()

    class Meta:
        proxy = True
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")

    def get_preview_template(self, request, mode_name):
        return "clauses/cms_preview.html"

    def get_preview_context(self, request, mode_name):
        from clauses.library.content import render_wordings, set_wording_keys, to_content

        set_wording_keys(self)
        content = to_content(self)
        html = render_wordings(content)
        for wording in content["wordings"]:
            wording["preview"] = mark_safe(html[wording["key"]])  # noqa: S308  sanitised by the renderer
        return {**super().get_preview_context(request, mode_name), "content": content}
