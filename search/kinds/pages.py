"""The texts that the editors write in /cms/, for whoever nothing on the way from the root keeps out."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from community.core.richtext import render
from community.editorial.models import ResourcePage
from community.editorial.querysets import restrictions_above, spaces_above
from search.documents import PUBLIC, SIGNED_IN, Document, DocumentKind, in_space

# A newcomer of a space that protects its past reads its pages all the same.
ALWAYS = datetime(9999, 1, 1, tzinfo=UTC)
UNDATED = datetime(2019, 4, 1, tzinfo=UTC)


class PageDocuments(DocumentKind):
    """What only a group reads, or what stands in two spaces at once, is found by its own section, not here."""

    name = "page"
    model = ResourcePage
    tab = "actualites"

    def queryset(self) -> QuerySet:
        return ResourcePage.objects.prefetch_related("families", "themes", "territories")

    def build(self, page: ResourcePage) -> Iterable[Document]:
        spaces = {space.pk for space in spaces_above(page)}
        restrictions = {each.restriction_type for each in restrictions_above(page)}
        if not page.live or len(spaces) > 1 or restrictions - {"login"} or (spaces and restrictions):
            return
        families = list(page.families.all())
        family = families[0] if len(families) == 1 else None
        space = next(iter(spaces), None)
        filed = [str(each) for each in (*families, *page.themes.all(), *page.territories.all())]
        yield Document(
            kind="page",
            pk=page.pk,
            thread=("page", page.pk),
            acl=(SIGNED_IN if restrictions else in_space(space) if space else PUBLIC,),
            space_id=space,
            opened=ALWAYS,
            written=page.last_published_at or page.latest_revision_created_at or UNDATED,
            title=page.title,
            body=render(page.body).text,
            context=" ".join(filed),
            family_id=family.pk if family else None,
            top_family_id=(family.parent_id or family.pk) if family else None,
        )

    def line(self, page: ResourcePage) -> list[str]:
        return [_("Page")]
