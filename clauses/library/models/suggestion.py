from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clauses.library.querysets import SuggestionQuerySet
from clauses.library.vocabularies import MAX_LINE

MAX_HUNK = 6_000


class SuggestionState(models.TextChoices):
    OPEN = "open", _("À décider")
    DECIDED = "decided", _("Décidée")
    WITHDRAWN = "withdrawn", _("Retirée")


class HunkState(models.TextChoices):
    PENDING = "pending", _("À décider")
    ACCEPTED = "accepted", _("Repris")
    REWRITTEN = "rewritten", _("Repris en réécrivant")
    REJECTED = "rejected", _("Écarté")


class HunkKind(models.TextChoices):
    CHANGE = "change", _("Modifié")
    ADD = "add", _("Ajouté")
    REMOVE = "remove", _("Supprimé")


class EditSuggestion(models.Model):
    """A member's proposal on one version of a clause, decided change by change by those who may edit the clause."""

    clause = models.ForeignKey("library.Clause", models.CASCADE, related_name="suggestions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="clause_suggestions")
    base_version = models.PositiveIntegerField()
    message = models.CharField(_("un mot pour l’équipe"), max_length=600, blank=True)
    state = models.CharField(max_length=10, choices=SuggestionState, default=SuggestionState.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    published_version = models.PositiveIntegerField(null=True, blank=True)
    client_token = models.UUIDField(null=True, blank=True, editable=False)

    objects = SuggestionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "client_token"],
                condition=Q(client_token__isnull=False),
                name="suggestion_sent_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} par {self.author_id}"


class Hunk(models.Model):
    """One paragraph of one wording, before and after. `position` counts from 1 in the base version.

    An added paragraph stands after that of `before` (nothing: at the beginning, position 0). Stale when no paragraph of
    the present version says `before` any more: it can then be refused or redone only.
    """

    suggestion = models.ForeignKey(EditSuggestion, models.CASCADE, related_name="hunks")
    wording_key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=HunkKind)
    before = models.TextField(blank=True, max_length=MAX_HUNK)
    after = models.TextField(blank=True, max_length=MAX_HUNK)
    why = models.CharField(_("pourquoi ce changement"), max_length=MAX_LINE, blank=True)
    state = models.CharField(max_length=10, choices=HunkState, default=HunkState.PENDING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_text = models.TextField(blank=True, max_length=MAX_HUNK)
    reply = models.CharField(_("réponse"), max_length=600, blank=True)
    published_version = models.PositiveIntegerField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["wording_key", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="pending") | Q(decided_at__isnull=False), name="hunk_decided_is_dated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}/{self.position}"
