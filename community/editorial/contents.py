"""The kind « page »: the texts that the editors write in /cms/."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.core import contents
from community.core.addresses import address
from community.core.contents import ContentKind, DisplayedAuthor

from . import permissions
from .actions import mend_page
from .models import PAGE, ResourcePage
from .policies import mendable_pages
from .querysets import readers_of_page, spaces_above


def register_kinds() -> None:
    contents.register(page_kind())


def page_kind() -> ContentKind:
    return ContentKind(
        name=PAGE,
        label=_("Page"),
        icon="newspaper",
        model=ResourcePage,
        visible_to=lambda viewer: ResourcePage.objects.visible_to(viewer),
        can_view=permissions.can_view_page,
        readers=readers_of_page,
        can_moderate=permissions.can_withdraw_page,
        displayed_author=lambda page: DisplayedAuthor(name=gettext("L’équipe éditoriale")),
        recipient=lambda page: page.owner,
        title=lambda page: page.title,
        url=lambda page: page.get_url() or address("home"),
        space_id=space_of,
        text_fields=("title", "body"),
        url_names=("charter", "data_protection", "accessibility"),
        pk_of_slug=lambda slug: ResourcePage.objects.filter(slug=slug).values_list("pk", flat=True).first(),
        mend=lambda page, *, actor, mending: mend_page(page=page, actor=actor, mending=mending),
        mendable_by=mendable_pages,
        mended_texts=lambda page: [page.body],
    )


def space_of(page: ResourcePage) -> int | None:
    """Its own, or that of the section where it stands."""
    return page.space_id or next((space.pk for space in spaces_above(page)), None)
