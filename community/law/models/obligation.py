from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.law.querysets import OpenQuerySet
from community.law.states import LawState, state_on

from .sourced import Sourced


class Audience(models.TextChoices):
    LOCAL = "local", _("Collectivités")
    STATE = "state", _("État")
    HEALTH = "health", _("Santé")
    HOUSING = "housing", _("Bailleurs sociaux")
    UNIVERSITY = "university", _("Universités")
    ENTITY = "entity", _("Entités adjudicatrices")


class Obligation(Sourced):
    """A line of the legal calendar (« échéance »): from a day, or from a year, something is asked of some buyers.

    No audience means every buyer. `year_only`: the day is the first of the year, for order; the year is shown.
    `ends_on` is the last day of a step that another one follows.
    """

    slug = models.SlugField(max_length=80, unique=True)
    starts_on = models.DateField(_("date d’effet"))
    year_only = models.BooleanField(_("seule l’année est connue"), default=False)
    ends_on = models.DateField(_("dernier jour"), null=True, blank=True)
    title = models.CharField(_("titre"), max_length=200)
    summary = models.CharField(_("la règle, en une phrase ou deux"), max_length=600, blank=True)
    scope = models.CharField(_("champ"), max_length=300, blank=True)
    threshold_text = models.CharField(_("seuil"), max_length=300, blank=True)
    audiences = models.JSONField(_("concerne"), default=list, blank=True)
    is_essential = models.BooleanField(_("dans l’essentiel"), default=False)
    texts = models.ManyToManyField("law.LegalText", blank=True, related_name="obligations", verbose_name=_("textes"))
    provisions = models.ManyToManyField(
        "law.LegalProvision", blank=True, related_name="obligations", verbose_name=_("articles")
    )

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = _("échéance")
        verbose_name_plural = _("échéances")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="obligation_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(year_only=False) | Q(starts_on__month=1, starts_on__day=1),
                name="obligation_year_starts_in_january",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('legal_calendar')}#{self.slug}"

    @property
    def state(self) -> LawState:
        return self.state_on(timezone.localdate())

    def state_on(self, day) -> LawState:
        ends_before = self.ends_on and self.ends_on + timedelta(days=1)
        return state_on(day, starts_on=self.starts_on, ends_before=ends_before)
