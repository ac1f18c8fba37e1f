from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from clauses.library.vocabularies import MAX_LINE, MAX_WORDING, Ambition
from community.core.models.loaded import LoadedModel

# What stands between braces in a wording: {taux_reemploi}.
VARIABLE_KEY = r"[a-z][a-z0-9_]{0,39}"
valid_key = RegexValidator(
    rf"^{VARIABLE_KEY}$",
    _("Écrivez la variable en minuscules sans accent, chiffres et traits bas, comme « taux_reemploi »."),
)


class Wording(Orderable, LoadedModel):
    """One of the ways to write the clause: Markdown, with `{variables}`. `key` is kept from version to version."""

    clause = ParentalKey("library.Clause", on_delete=models.CASCADE, related_name="wordings")
    key = models.SlugField(max_length=40, blank=True, editable=False)
    title = models.CharField(_("intitulé"), max_length=120, blank=True)
    text = models.TextField(_("texte"), max_length=MAX_WORDING)
    ambition = models.PositiveSmallIntegerField(_("ambition"), choices=Ambition, null=True, blank=True)
    conditions = models.CharField(_("dans quel cas"), max_length=MAX_LINE, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("rédaction")
        verbose_name_plural = _("rédactions")

    def __str__(self) -> str:
        return self.title or str(_("Rédaction"))


class Variable(Orderable, LoadedModel):
    """What each buyer fills in. Shared by the wordings of a clause: the same word means the same thing in all.

    `minimum`, `maximum` and `default` are words, as they may be figures, dates or periods.
    """

    clause = ParentalKey("library.Clause", on_delete=models.CASCADE, related_name="variables")
    key = models.CharField(_("variable"), max_length=40, validators=[valid_key])
    label = models.CharField(_("libellé"), max_length=120)
    unit = models.CharField(_("unité"), max_length=40, blank=True)
    minimum = models.CharField(_("minimum"), max_length=40, blank=True)
    maximum = models.CharField(_("maximum"), max_length=40, blank=True)
    default = models.CharField(_("valeur courante"), max_length=120, blank=True)
    guidance = models.CharField(_("ce qui guide le choix"), max_length=MAX_LINE, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("variable")
        verbose_name_plural = _("variables")

    def __str__(self) -> str:
        return self.key


class ScaleStep(Orderable, LoadedModel):
    """A line of the scale of an award criterion (barème)."""

    clause = ParentalKey("library.Clause", on_delete=models.CASCADE, related_name="scale")
    score = models.CharField(_("note"), max_length=20)
    description = models.CharField(_("ce qui la justifie"), max_length=MAX_LINE)

    class Meta(Orderable.Meta):
        verbose_name = _("ligne du barème")
        verbose_name_plural = _("barème")

    def __str__(self) -> str:
        return self.score
