"""The columns of a rich text. Import from here, never from the package: it is read before the apps are."""

from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from community.core.models.loaded import LoadedModel

from . import MAX_MARKDOWN, RENDERER_VERSION, Rendered, normalise_text, render


class RichTextModel(LoadedModel):
    """A text in Markdown with its rendering beside it. `set_body` is the only way to change it.

    An imported text may be stored without its rendering (version 0): it is rendered when read, and written
    by the `rerender` command.
    """

    body = models.TextField(_("texte"), max_length=MAX_MARKDOWN)
    body_html = models.TextField(editable=False, blank=True, default="")
    body_text = models.TextField(editable=False, blank=True, default="")
    renderer_version = models.PositiveSmallIntegerField(editable=False, default=0)

    RICH_TEXT_FIELDS = ("body", "body_html", "body_text", "renderer_version")

    class Meta:
        abstract = True

    def set_body(self, markdown: str) -> Rendered:
        """Store the text and its rendering on the object, unsaved; what the text points at is returned."""
        rendered = render(markdown)
        self.body = normalise_text(markdown)
        self.body_html = rendered.html
        self.body_text = rendered.text
        self.renderer_version = RENDERER_VERSION
        return rendered

    @property
    def fresh_html(self) -> SafeString:
        """The HTML to show, by the present renderer. Reading never writes: a stale one is rendered again."""
        if self.renderer_version == RENDERER_VERSION:
            return mark_safe(self.body_html)  # noqa: S308  sanitised by the renderer
        return mark_safe(render(self.body).html)  # noqa: S308  sanitised by the renderer
