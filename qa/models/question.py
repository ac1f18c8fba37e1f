from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from community.taxonomy.procurement import AmountBracket, Procedure
from qa.querysets import QuestionQuerySet

from .post import Naming, Post

__all__ = ["AmountBracket", "Naming", "Procedure", "Question", "QuestionTag", "Stage", "ThreadKind", "ThreadState"]


class ThreadKind(models.TextChoices):
    QUESTION = "question", _("Question")
    DISCUSSION = "discussion", _("Discussion")
    ANNOUNCEMENT = "announcement", _("Annonce")


class ThreadState(models.TextChoices):
    EMBARGOED = "embargoed", _("À publier après attribution")
    OPEN = "open", _("Ouverte")
    # With a context: Django’s own catalogue has « Close » as an act.
    CLOSED = "closed", pgettext_lazy("état d’un échange", "Close")


class Stage(models.TextChoices):
    NEED = "need", _("Définition du besoin")
    SOURCING = "sourcing", _("Sourcing")
    DRAFTING = "drafting", _("Rédaction du DCE")
    CONSULTATION = "consultation", _("Consultation en cours")
    ANALYSIS = "analysis", _("Analyse des offres")
    EXECUTION = "execution", _("Exécution")
    REVIEW = "review", _("Bilan")


class QuestionTag(ItemBase):
    tag = models.ForeignKey("taxonomy.Tag", models.CASCADE, related_name="question_items")
    content_object = models.ForeignKey("qa.Question", models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="question_tag_once")]


class Question(Post):
    """A thread: a question, a discussion or an announcement. No space: the open community.

    `post_count` numbers the posts: the question is 1, each answer takes the next, whatever happens to it later.
    An embargoed question is its author's alone until she publishes it.
    """

    kind = models.CharField(max_length=14, choices=ThreadKind, default=ThreadKind.QUESTION)
    state = models.CharField(max_length=10, choices=ThreadState, default=ThreadState.OPEN)
    space = models.ForeignKey("spaces.Space", models.PROTECT, null=True, blank=True, related_name="questions")
    title = models.CharField(_("titre"), max_length=200)
    slug = models.SlugField(max_length=80, allow_unicode=False, blank=True)
    tried = models.TextField(_("ce qui a été essayé"), blank=True)
    tried_html = models.TextField(blank=True, editable=False)
    family = models.ForeignKey(
        "taxonomy.PurchaseFamily", models.PROTECT, null=True, blank=True, related_name="questions"
    )
    theme = models.ForeignKey("taxonomy.Theme", models.PROTECT, null=True, blank=True, related_name="questions")
    cpv = models.ForeignKey("taxonomy.CpvCode", models.PROTECT, null=True, blank=True, related_name="+")
    territory = models.ForeignKey("members.Territory", models.SET_NULL, null=True, blank=True, related_name="+")
    amount = models.CharField(max_length=12, choices=AmountBracket, blank=True)
    procedure = models.CharField(max_length=16, choices=Procedure, blank=True)
    stage = models.CharField(max_length=14, choices=Stage, blank=True)
    needed_by = models.DateField(_("réponse utile avant le"), null=True, blank=True)
    publish_after = models.DateField(_("attribution prévue le"), null=True, blank=True)
    asked_to_publish_at = models.DateTimeField(null=True, blank=True, editable=False)
    pinned_until = models.DateTimeField(null=True, blank=True)
    tags = TaggableManager(through=QuestionTag, blank=True)
    last_activity_at = models.DateTimeField(db_index=True)
    post_count = models.PositiveIntegerField(default=1)
    answer_count = models.PositiveIntegerField(default=0)
    same_need_count = models.PositiveIntegerField(default=0)
    accepted_answer = models.OneToOneField(
        "qa.Answer", models.SET_NULL, null=True, blank=True, related_name="accepted_in"
    )
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    close_reason = models.CharField(max_length=300, blank=True)
    duplicate_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="duplicates")
    version = models.PositiveIntegerField(default=1)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        constraints = [
            models.CheckConstraint(condition=~Q(duplicate_of=F("id")), name="question_not_its_own_duplicate"),
            models.CheckConstraint(condition=Q(family=None) | Q(theme=None), name="question_family_or_theme"),
            models.CheckConstraint(
                condition=Q(accepted_answer=None) | Q(accepted_at__isnull=False), name="question_accepted_is_dated"
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source=""), name="question_imported_once"
            ),
            models.UniqueConstraint(
                fields=["author", "client_token"], condition=Q(client_token__isnull=False), name="question_sent_once"
            ),
        ]
        indexes = [
            models.Index(fields=["-last_activity_at", "-id"], name="question_recent"),
            models.Index(fields=["space", "-last_activity_at"], name="question_space_recent"),
            models.Index(fields=["family", "-last_activity_at"], name="question_family_recent"),
            # One for each view and each order of the lists: none of them reads every thread.
            models.Index(fields=["answer_count", "-last_activity_at", "-id"], name="question_unanswered"),
            models.Index(
                fields=["state", "kind", "accepted_answer", "-last_activity_at", "-id"], name="question_unresolved"
            ),
            models.Index(
                fields=["-last_activity_at", "-id"],
                name="question_resolved",
                condition=Q(accepted_answer__isnull=False),
            ),
            models.Index(fields=["stage", "-last_activity_at", "-id"], name="question_stage_recent"),
            # A few announcements, looked for above every list.
            models.Index(
                fields=["-pinned_until", "id"], name="question_pinned", condition=Q(pinned_until__isnull=False)
            ),
            models.Index(fields=["-same_need_count", "-id"], name="question_needed"),
            models.Index(fields=["-useful_count", "-id"], name="question_useful"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_resolved(self) -> bool:
        return self.accepted_answer_id is not None
