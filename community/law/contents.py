"""The kinds « legal_text » and « legal_provision » of the registry."""

from django.utils.translation import gettext_lazy as _

from community.core import contents
from community.core.contents import ContentKind, DisplayedAuthor

from . import citations, permissions
from .models import LegalProvision, LegalText
from .querysets import everyone


def register_kinds() -> None:
    contents.register(text_kind())
    contents.register(provision_kind())
    contents.register_recogniser(citations.cited_in)


def text_kind() -> ContentKind:
    return ContentKind(
        name="legal_text",
        label=_("Texte de droit"),
        icon="scale",
        model=LegalText,
        visible_to=lambda viewer: LegalText.objects.visible_to(viewer),
        can_view=permissions.can_view,
        readers=everyone,
        can_moderate=lambda viewer, text: permissions.can_edit_law(viewer),
        displayed_author=lambda text: DisplayedAuthor(name=text.short_title),
        recipient=lambda text: None,
        title=lambda text: text.short_title,
        url=lambda text: text.get_absolute_url(),
        space_id=lambda text: None,
        text_fields=("short_title", "title", "scope", "note"),
        url_names=("legal_text",),
        pk_of_slug=lambda slug: LegalText.objects.filter(slug=slug).values_list("pk", flat=True).first(),
    )


def provision_kind() -> ContentKind:
    return ContentKind(
        name="legal_provision",
        label=_("Article de loi"),
        icon="scale",
        model=LegalProvision,
        visible_to=lambda viewer: LegalProvision.objects.visible_to(viewer),
        can_view=permissions.can_view,
        readers=everyone,
        can_moderate=lambda viewer, provision: permissions.can_edit_law(viewer),
        displayed_author=lambda provision: DisplayedAuthor(name=provision.text.short_title),
        recipient=lambda provision: None,
        title=lambda provision: f"{provision.label}, {provision.title}",
        url=lambda provision: provision.get_absolute_url(),
        space_id=lambda provision: None,
        card_related=("text",),
        text_fields=("label", "title", "summary"),
    )
