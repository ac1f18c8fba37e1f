from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CopyForm(models.TextChoices):
    PLAIN = "plain", _("Texte")
    RICH = "rich", _("Texte mis en forme")
    DOCX = "docx", _("Word")
    ODT = "odt", _("OpenDocument")
    MARKDOWN = "md", _("Markdown")


class ClauseCopy(models.Model):
    """A signed-in member took a version away: to tell them when it changes. Shown to nobody else, counted nowhere."""

    clause = models.ForeignKey("library.Clause", models.CASCADE, related_name="copies")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="clause_copies")
    version = models.PositiveIntegerField()
    wording_key = models.SlugField(max_length=40, blank=True)
    form = models.CharField(max_length=6, choices=CopyForm)
    first_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "member", "version", "form"], name="clause_copy_once"),
        ]
        indexes = [models.Index(fields=["member", "-last_at"], name="clause_copy_mine")]

    def __str__(self) -> str:
        return f"{self.clause_id} v{self.version}"
