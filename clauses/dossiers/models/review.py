from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from clauses.dossiers.querysets import ReviewLinkQuerySet, ReviewRemarkQuerySet
from clauses.dossiers.vocabularies import (
    MAX_EMAIL,
    MAX_MESSAGE,
    MAX_NAME,
    MAX_NOTE,
    MAX_TEXT,
    MAX_TITLE,
    Conclusion,
    Decision,
    Handling,
    ReviewRole,
)


class ReviewLink(models.Model):
    """Somebody without an account asked to read the clauses again, through a link mailed to one address.

    The link alone opens nothing: a code mailed to `email` does, for the browser that typed it (`review_session`).
    `token_hash` is the SHA-256 of a token kept nowhere; `code_seed` and the key of the site make the code
    (`tokens.review_code`). `documents`: the contract documents to read, none for all. Ended by `withdrawn_at`
    (`declined`: by the person herself) or at `expires_at`.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="review_links")
    email = models.EmailField(_("adresse électronique"), max_length=MAX_EMAIL)
    name = models.CharField(_("nom"), max_length=MAX_NAME)
    role = models.CharField(_("relit en tant que"), max_length=10, choices=ReviewRole)
    documents = models.JSONField(_("pièces à relire"), default=list, blank=True)
    message = models.TextField(_("mot"), max_length=MAX_MESSAGE, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    declined = models.BooleanField(default=False)
    token_hash = models.CharField(max_length=64, unique=True)

    code_seed = models.CharField(max_length=32, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    code_attempts = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)

    conclusion = models.CharField(max_length=12, choices=Conclusion, blank=True)
    conclusion_text = models.TextField(max_length=MAX_NOTE, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    more_time_asked_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewLinkQuerySet.as_manager()

    # A private thing must not surface in the usage reports of /cms/.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("relecture sans compte")
        constraints = [
            models.UniqueConstraint("dossier", Lower("email"), condition=Q(withdrawn_at=None), name="review_link_once"),
            models.CheckConstraint(condition=Q(role__in=ReviewRole.values), name="review_link_role"),
            models.CheckConstraint(
                condition=Q(declined=False) | Q(withdrawn_at__isnull=False), name="review_link_declined_is_over"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.dossier_id}"


class ReviewRemark(models.Model):
    """What a reviewer decided of one item, and when; each change of mind is another row, the latest is her opinion.

    `item_version` is that of the item she read. `title` stays when the item goes. `version` counts what the team did of
    it: two colleagues who answer at once do not answer over each other.
    """

    link = models.ForeignKey(ReviewLink, models.CASCADE, related_name="remarks")
    item = models.ForeignKey("dossiers.DossierItem", models.SET_NULL, null=True, related_name="remarks")
    item_version = models.PositiveIntegerField()
    title = models.CharField(max_length=MAX_TITLE)
    decision = models.CharField(max_length=8, choices=Decision)
    text = models.TextField(max_length=MAX_NOTE, blank=True)
    proposal = models.TextField(max_length=MAX_TEXT, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    client_token = models.UUIDField(null=True, blank=True, editable=False)

    handling = models.CharField(max_length=10, choices=Handling, blank=True)
    reply = models.TextField(max_length=MAX_NOTE, blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    handled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = ReviewRemarkQuerySet.as_manager()

    # A private thing must not surface in the usage reports of /cms/.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="review_decision_known"),
            models.UniqueConstraint(
                fields=["link", "client_token"],
                condition=Q(client_token__isnull=False),
                name="review_remark_once",
            ),
        ]
        indexes = [models.Index(fields=["link", "item", "-created_at"], name="review_remark_latest")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.decision} {self.item_id}"
