from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clauses.dossiers.querysets import BelongsToDossierQuerySet
from clauses.dossiers.vocabularies import MAX_LABEL, MAX_NOTES, MAX_TEXT, MAX_TITLE, MAX_VALUE
from clauses.library.vocabularies import ContractDocument
from community.core.models.loaded import LoadedModel


class DossierItem(LoadedModel):
    """A text of the dossier, at its place: a wording of a clause at the version that was taken, or an own article.

    What was taken is kept here, so that the dossier says what it said whatever becomes of the clause. `text` is
    Markdown with `{variables}`; `html`, what `content.render_text` makes of it; `variables`, the description of those
    that stand in it. `cited` are the (kind, pk) of what it stands on and cites of the law. `version` counts the
    changes of this row: two persons never overwrite each other silently. `removed_at`: taken out, may come back.
    `kept_version`: the later version that the team saw and did not want.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="items")
    document = models.CharField(_("pièce du marché"), max_length=10, choices=ContractDocument)
    position = models.PositiveIntegerField(default=0)
    lot = models.ForeignKey("dossiers.Lot", models.SET_NULL, null=True, blank=True, related_name="items")

    clause = models.ForeignKey("library.Clause", models.SET_NULL, null=True, blank=True, related_name="dossier_items")
    taken_version = models.PositiveIntegerField(null=True, blank=True)
    kept_version = models.PositiveIntegerField(null=True, blank=True)
    wording_key = models.SlugField(max_length=40, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    pillar = models.CharField(max_length=10, blank=True)

    title = models.CharField(_("titre"), max_length=MAX_TITLE)
    text = models.TextField(_("texte"), max_length=MAX_TEXT)
    is_adapted = models.BooleanField(default=False)
    html = models.TextField(blank=True)
    renderer_version = models.PositiveSmallIntegerField(default=0)
    variables = models.JSONField(default=list, blank=True)
    cited = models.JSONField(default=list, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("poids dans la note (%)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    notes = models.TextField(_("notes"), max_length=MAX_NOTES, blank=True)

    version = models.PositiveIntegerField(default=1)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(auto_now=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    client_token = models.UUIDField(null=True, blank=True, editable=False)

    objects = BelongsToDossierQuerySet.as_manager()

    # A private thing must not surface in the usage reports of /cms/.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_version=None, clause=None, wording_key="") | Q(taken_version__gte=1),
                name="dossier_item_taken_or_own",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="dossier_item_has_a_title"),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__gte=1, weight__lte=100), name="dossier_item_weight_plausible"
            ),
            models.UniqueConstraint(
                fields=["dossier", "client_token"],
                condition=Q(client_token__isnull=False),
                name="dossier_item_added_once",
            ),
        ]
        indexes = [models.Index(fields=["dossier", "position"], name="dossier_item_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_own(self) -> bool:
        """Written by the team rather than taken from the library."""
        return self.taken_version is None


class DossierVariable(LoadedModel):
    """A value, given once for every item where the same word means the same thing; `item`: for that one only.

    Two variables are the same when key and label both are: « délai » of a reply and « délai » of a fine are two.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="values")
    item = models.ForeignKey(DossierItem, models.CASCADE, null=True, blank=True, related_name="own_values")
    key = models.CharField(max_length=40)
    label = models.CharField(max_length=MAX_LABEL, blank=True)
    value = models.CharField(max_length=MAX_VALUE)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(auto_now=True)

    # A private thing must not surface in the usage reports of /cms/.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "key", "label"], condition=Q(item=None), name="dossier_variable_once"
            ),
            models.UniqueConstraint(
                fields=["item", "key", "label"], condition=Q(item__isnull=False), name="dossier_item_variable_once"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="dossier_variable_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
