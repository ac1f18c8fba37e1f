from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clauses.library.querysets import BelongsToClauseQuerySet
from clauses.library.vocabularies import MAX_LINE, Consolidation
from community.core.models.loaded import LoadedModel


class ClauseVersion(LoadedModel):
    """What the clause said from `created_at` until the next version; never changed once written.

    `content` is everything (`content.to_content`), `html` what `content.render_all` makes of it. `author` wrote what
    changes and is credited; `published_by` decided.
    """

    clause = models.ForeignKey("library.Clause", models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    html = models.JSONField(default=dict)
    renderer_version = models.PositiveSmallIntegerField(default=0)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.CharField(_("ce qui change"), max_length=MAX_LINE, blank=True)
    created_at = models.DateTimeField()

    objects = BelongsToClauseQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["clause", "number"], name="clause_version_once")]

    def __str__(self) -> str:
        return f"{self.clause_id} v{self.number}"


class ClauseReview(LoadedModel):
    """Somebody read a version again and gave it a level."""

    clause = models.ForeignKey("library.Clause", models.CASCADE, related_name="reviews")
    version = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField(choices=Consolidation)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    network = models.ForeignKey("spaces.Space", models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(_("remarque"), max_length=MAX_LINE, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BelongsToClauseQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.get_level_display()}"
