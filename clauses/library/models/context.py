from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from clauses.library.vocabularies import MAX_LINE, ContractDocument, ProvenanceMode, Relation
from community.core.models.loaded import LoadedModel


class AlsoIn(LoadedModel):
    """Another contract document where the clause may stand."""

    clause = ParentalKey("library.Clause", on_delete=models.CASCADE, related_name="also_in")
    document = models.CharField(_("pièce du marché"), max_length=10, choices=ContractDocument)

    class Meta:
        verbose_name = _("autre pièce possible")
        verbose_name_plural = _("autres pièces possibles")
        constraints = [models.UniqueConstraint(fields=["clause", "document"], name="clause_also_in_once")]

    def __str__(self) -> str:
        return self.get_document_display()


class Basis(Orderable, LoadedModel):
    """What the clause stands on: a dated provision, or a whole text."""

    clause = ParentalKey("library.Clause", on_delete=models.CASCADE, related_name="bases")
    provision = models.ForeignKey(
        "law.LegalProvision", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("article")
    )
    text = models.ForeignKey(
        "law.LegalText", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("texte")
    )
    note = models.CharField(_("ce qu’il dit pour cette clause"), max_length=MAX_LINE, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("fondement juridique")
        verbose_name_plural = _("fondement juridique")
        constraints = [
            models.CheckConstraint(
                condition=Q(provision__isnull=False, text=None) | Q(provision=None, text__isnull=False),
                name="basis_is_a_provision_or_a_text",
            ),
        ]

    def __str__(self) -> str:
        return str(self.provision or self.text)


class Provenance(Orderable, LoadedModel):
    """A step of the chain that brought the clause here, the oldest first."""

    clause = ParentalKey("library.Clause", on_delete=models.CASCADE, related_name="provenances")
    organisation = models.CharField(_("organisme"), max_length=160)
    document = models.CharField(_("document"), max_length=200, blank=True)
    url = models.URLField(_("adresse"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    dated = models.DateField(_("date"), null=True, blank=True)
    mode = models.CharField(_("lien avec le texte"), max_length=10, choices=ProvenanceMode)

    class Meta(Orderable.Meta):
        verbose_name = _("provenance")
        verbose_name_plural = _("provenance")

    def __str__(self) -> str:
        return self.organisation


class ClauseLink(Orderable, LoadedModel):
    """How a clause fits with another; a pair is a condition and the criterion that scores it."""

    clause = ParentalKey("library.Clause", on_delete=models.CASCADE, related_name="links")
    # In the forms of /cms/, a space's clauses do not exist.
    target = models.ForeignKey(
        "library.Clause",
        models.CASCADE,
        related_name="linked_from",
        verbose_name=_("autre clause"),
        limit_choices_to={"space": None},
    )
    relation = models.CharField(_("lien"), max_length=14, choices=Relation)

    class Meta(Orderable.Meta):
        verbose_name = _("articulation")
        verbose_name_plural = _("articulation avec d’autres clauses")
        constraints = [
            models.UniqueConstraint(fields=["clause", "target", "relation"], name="clause_link_once"),
            models.CheckConstraint(condition=~Q(target=F("clause")), name="clause_not_linked_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.relation} {self.target_id}"
