from django.conf import settings
from django.db import models
from django.db.models import Q


class Vote(models.Model):
    """« Utile », the only vote, on a question or an answer; nobody but the voter sees whose it is."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="votes")
    question = models.ForeignKey("qa.Question", models.CASCADE, null=True, blank=True, related_name="votes")
    answer = models.ForeignKey("qa.Answer", models.CASCADE, null=True, blank=True, related_name="votes")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=False, answer=None) | Q(question=None, answer__isnull=False),
                name="vote_on_one_post",
            ),
            models.UniqueConstraint(fields=["member", "question"], condition=Q(answer=None), name="question_vote_once"),
            models.UniqueConstraint(fields=["member", "answer"], condition=Q(question=None), name="answer_vote_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} → {self.question_id or self.answer_id}"


class SameNeed(models.Model):
    """« J’ai le même besoin »."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="same_needs")
    question = models.ForeignKey("qa.Question", models.CASCADE, related_name="same_needs")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "question"], name="same_need_once")]

    def __str__(self) -> str:
        return f"{self.member_id} → {self.question_id}"
