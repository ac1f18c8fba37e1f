from django.conf import settings
from django.db import models
from django.db.models import Q


class PostRevision(models.Model):
    """What a question or an answer said from `created_at` until the next revision; number 1 is the first text.

    A post never edited has no revision: its first edit stores the first text, then its own. `facts` says in words what
    a question was filed under (« Famille », « Montant »…), a line each.
    `source_html` holds the text of an imported revision until it is first read.
    """

    question = models.ForeignKey("qa.Question", models.CASCADE, null=True, blank=True, related_name="revisions")
    answer = models.ForeignKey("qa.Answer", models.CASCADE, null=True, blank=True, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    tried = models.TextField(blank=True)
    tags = models.CharField(max_length=300, blank=True)
    facts = models.TextField(blank=True)
    reason = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_post_author = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    source_html = models.TextField(blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=False, answer=None) | Q(question=None, answer__isnull=False),
                name="revision_of_one_post",
            ),
            models.UniqueConstraint(
                fields=["question", "number"], condition=Q(answer=None), name="question_revision_once"
            ),
            models.UniqueConstraint(
                fields=["answer", "number"], condition=Q(question=None), name="answer_revision_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id or self.answer_id}/{self.number}"

    @property
    def post(self):
        return self.answer or self.question

    @property
    def thread(self):
        """The question that was edited, or whose answer was."""
        return self.answer.question if self.answer else self.question

    @property
    def as_text(self) -> str:
        """Everything the revision says, in reading order, to compare with another."""
        return "\n\n".join(part for part in (self.title, self.body, self.tried, self.tags, self.facts) if part)
