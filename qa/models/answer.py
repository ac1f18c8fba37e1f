from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.models.loaded import LoadedModel
from qa.querysets import AnswerQuerySet

from .post import Post


class Answer(Post):
    """A reply in a thread. `position` is its number among the posts, from 2; `doubt_count` is « à vérifier »."""

    question = models.ForeignKey("qa.Question", models.CASCADE, related_name="answers")
    position = models.PositiveIntegerField()
    doubt_count = models.PositiveIntegerField(default=0)
    endorsement_count = models.PositiveIntegerField(default=0)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("réponse")
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="answer_position_once"),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source=""), name="answer_imported_once"
            ),
            models.UniqueConstraint(
                fields=["author", "client_token"], condition=Q(client_token__isnull=False), name="answer_sent_once"
            ),
        ]
        # The same text posted twice is looked for among the author's last ones.
        indexes = [models.Index(fields=["author", "-created_at"], name="answer_by_author")]

    def __str__(self) -> str:
        return f"{self.question_id}#{self.position}"


class Verdict(models.TextChoices):
    FAVOURABLE = "favourable", _("Avis d’expert favorable")
    RESERVED = "reserved", _("Avis d’expert réservé")


class Endorsement(LoadedModel):
    """An expert's or a jurist's opinion of an answer, distinct from the asker's acceptance."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="endorsements")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="endorsements")
    verdict = models.CharField(max_length=12, choices=Verdict, default=Verdict.FAVOURABLE)
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["answer", "expert"], name="endorsement_once")]

    def __str__(self) -> str:
        return f"{self.answer}: {self.verdict}"


class AnswerDoubt(models.Model):
    """« Réponse à vérifier »: why a member thinks that an answer is no longer, or not, right."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="doubts")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "member"], condition=Q(settled_at=None), name="answer_doubt_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer}: {self.reason[:40]}"
