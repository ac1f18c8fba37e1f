from django.db import models
from django.db.models import F, Q

from .loaded import LoadedModel


class Reference(LoadedModel):
    """One content cites another, by a link or by a citation that a recogniser found; recorded when a text is saved.

    `imported` ones came with a dump beside the text: saving the text again leaves them. `discusses`: the source is a
    thread opened to speak of the target.
    """

    source_kind = models.CharField(max_length=40)
    source_id = models.BigIntegerField()
    target_kind = models.CharField(max_length=40)
    target_id = models.BigIntegerField()
    imported = models.BooleanField(default=False)
    discusses = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "target_kind", "target_id"], name="reference_once"
            ),
            models.CheckConstraint(
                condition=~Q(source_kind=F("target_kind")) | ~Q(source_id=F("target_id")), name="reference_not_itself"
            ),
        ]
        indexes = [models.Index(fields=["target_kind", "target_id"], name="reference_target")]

    def __str__(self) -> str:
        return f"{self.source_kind}:{self.source_id} → {self.target_kind}:{self.target_id}"
