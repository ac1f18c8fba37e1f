"""Vocabularies that contents and members are filed under; loaded by `load_reference`, tags apart."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from community.core.models.loaded import LoadedModel

from .querysets import PurchaseFamilyQuerySet, TagQuerySet
from .text import fold, words_of


class PurchaseFamily(LoadedModel):
    """A family of purchases (famille d’achats); two levels, top families carry the colour swatches.

    `cpv_prefixes` are significant leading digits of CPV codes, without trailing zeros or check digit.
    """

    code = models.SlugField(_("code"), max_length=20, unique=True, allow_unicode=True)
    slug = models.SlugField(max_length=120, unique=True)
    label = models.CharField(_("libellé"), max_length=160)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)
    cpv_prefixes = models.JSONField(default=list)
    swatch = models.CharField(max_length=20, blank=True)

    objects = PurchaseFamilyQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name = _("famille d’achats")
        verbose_name_plural = _("familles d’achats")

    def __str__(self) -> str:
        return self.label


class CpvCode(models.Model):
    """A code of the common procurement vocabulary: eight digits, without check digit."""

    code = models.CharField(max_length=8, unique=True)
    label = models.CharField(max_length=300)
    level = models.CharField(max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        ordering = ["code"]
        verbose_name = _("code CPV")
        verbose_name_plural = _("codes CPV")

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class Pillar(models.TextChoices):
    ENVIRONMENT = "env", _("Environnement")
    SOCIAL = "social", _("Social")
    ECONOMY = "eco", _("Économie")


class Objective(LoadedModel):
    """What a sustainable purchase aims at; `eforms_code` is the code of the EU's notices, where there is one."""

    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=120)
    help = models.CharField(max_length=300, blank=True)
    pillar = models.CharField(max_length=10, choices=Pillar)
    eforms_code = models.CharField(max_length=30, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("objectif")

    def __str__(self) -> str:
        return self.label


class Theme(LoadedModel):
    """What a question is about when it concerns no single purchase: gouvernance, indicateurs, métier…"""

    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=120)
    help = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("thème")

    def __str__(self) -> str:
        return self.label


class Tag(TagBase, LoadedModel):
    """A word that members file contents under; accents kept, one folded form shared by its spellings.

    A synonym points to the tag that stands for it (`stands_for`) and is never shown on a content.
    """

    folded = models.CharField(max_length=100, unique=True, editable=False)
    # The search finds it by how one of these begins.
    words = models.CharField(max_length=201, editable=False)
    description = models.CharField(_("description"), max_length=300, blank=True)
    stands_for = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="synonyms", verbose_name=_("synonyme de")
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("mot-clé")
        verbose_name_plural = _("mots-clés")
        constraints = [
            models.CheckConstraint(condition=~Q(stands_for=models.F("id")), name="tag_not_its_own_synonym"),
        ]

    def save(self, *args, **kwargs):
        self.folded = fold(self.name)
        self.words = words_of(self.folded)
        super().save(*args, **kwargs)

    @classmethod
    def item_models(cls) -> list[type[ItemBase]]:
        """How each kind of content is filed: the rows that tie its objects (`content_object`) to tags."""
        related = (relation.related_model for relation in cls._meta.related_objects)
        return [model for model in related if issubclass(model, ItemBase)]
