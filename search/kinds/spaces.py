from collections.abc import Iterable

from django.utils.translation import gettext as _

from community.spaces.models import Space
from search.documents import Document, DocumentKind


class SpaceDocuments(DocumentKind):
    """Found by those who may know of the space."""

    name = "space"
    model = Space
    tab = "espaces"

    def queryset(self):
        return Space.objects.prefetch_related("territories")

    def build(self, space: Space) -> Iterable[Document]:
        yield Document(
            kind="space",
            pk=space.pk,
            thread=("space", space.pk),
            acl=(f"space:{space.pk}",),
            written=space.created_at,
            title=space.name,
            body=space.description,
            context=" ".join(territory.name for territory in space.territories.all()),
            weight=0.8 if space.archived_at else 1.1,
        )

    def line(self, space: Space) -> list[str]:
        return [_("Espace"), str(space.get_kind_display())]
