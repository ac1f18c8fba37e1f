from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.core.models.loaded import LoadedModel
from community.law.states import LawState, state_on


class Sourced(LoadedModel):
    """Where a statement of law was read, when, by whom; `to_check` is shown « à vérifier » until a jurist confirms."""

    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("adresse de la source"), max_length=500, blank=True)
    verified_on = models.DateField(_("vérifié le"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    to_check = models.BooleanField(_("à vérifier"), default=False)

    class Meta:
        abstract = True


class Dated(LoadedModel):
    """In force from a day (none: for as long as matters here) and, once repealed, until the eve of `repealed_on`."""

    in_force_from = models.DateField(_("en vigueur depuis le"), null=True, blank=True)
    repealed_on = models.DateField(_("abrogé à compter du"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def state(self) -> LawState:
        return self.state_on(timezone.localdate())

    def state_on(self, day) -> LawState:
        return state_on(
            day,
            starts_on=self.in_force_from,
            ends_before=self.repealed_on,
            replaced=self.replaced_by_id is not None,
        )
