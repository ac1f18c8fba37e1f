"""Which pages, images and documents of the editorial side a viewer may see."""

from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Q, QuerySet
from wagtail.query import PageQuerySet

from community.spaces.querysets import readable_space_q, readers_of_space


class BasePageQuerySet(PageQuerySet):
    def visible_to(self, viewer):
        """The live pages that nothing on the way from the root keeps from the viewer."""
        closed = [*closed_space_paths(viewer), *closed_restriction_paths(viewer)]
        return outside(self.live(), closed)


def readers_of_page(page, members: QuerySet) -> QuerySet:
    """Those of `members` whom nothing on the way from the root keeps out (the fan-out shape of `visible_to`)."""
    if not page.live:
        return members.none()
    for space in spaces_above(page):
        members = readers_of_space(space, members)
    for restriction in restrictions_above(page):
        kind = restriction.restriction_type
        if kind == "groups":
            inside = Q(groups__in=restriction.groups.all()) | Q(is_superuser=True)
            members = members.filter(pk__in=members.model.objects.filter(inside).values("pk"))
        elif kind == "password":
            return members.none()
    return members


def paths_above(page) -> list[str]:
    """From the root to the page itself."""
    step = page.steplen
    return [page.path[:end] for end in range(step, len(page.path) + 1, step)]


def spaces_above(page) -> list:
    """The spaces of the page and of those above it, the nearest first."""
    BasePage = apps.get_model("editorial", "BasePage")
    above = BasePage._base_manager.filter(path__in=paths_above(page), space__isnull=False)
    return [each.space for each in above.select_related("space").order_by("-depth")]


def restrictions_above(page) -> list:
    restrictions = apps.get_model("wagtailcore", "PageViewRestriction").objects.all()
    return list(restrictions.filter(page__path__in=paths_above(page)).exclude(restriction_type="none"))


def outside(pages, closed: list[str]):
    """Those that are under none of the paths."""
    if not closed:
        return pages
    return pages.exclude(reduce(or_, (Q(path__startswith=path) for path in closed)))


def is_under(path: str, closed: list[str]) -> bool:
    return any(path.startswith(each) for each in closed)


def closed_space_paths(viewer) -> list[str]:
    """Where a page is in a space that the viewer does not read; whatever is below is closed too."""
    BasePage = apps.get_model("editorial", "BasePage")
    Space = apps.get_model("spaces", "Space")
    readable = Space.objects.filter(readable_space_q(viewer, "")).values("pk")
    in_space = BasePage._base_manager.filter(space__isnull=False)
    return list(in_space.exclude(space__in=readable).values_list("path", flat=True))


def closed_restriction_paths(viewer) -> list[str]:
    restrictions = apps.get_model("wagtailcore", "PageViewRestriction").objects.all()
    return list(unmet(restrictions, viewer).values_list("page__path", flat=True))


def unmet(restrictions: QuerySet, viewer) -> QuerySet:
    """Wagtail's view restrictions that keep the viewer out; a shared password is not offered, so never met."""
    if not viewer.is_authenticated:
        return restrictions.exclude(restriction_type="none")
    kept_out = restrictions.exclude(restriction_type__in=["none", "login"])
    if viewer.is_superuser:
        return kept_out.exclude(restriction_type="groups")
    met = restrictions.filter(restriction_type="groups", groups__in=viewer.groups.all())
    return kept_out.exclude(pk__in=met.values("pk"))


def in_readable_collection(media: QuerySet, viewer) -> QuerySet:
    """Of images or documents, those whose collection, and the ones above it, let the viewer in."""
    restrictions = apps.get_model("wagtailcore", "CollectionViewRestriction").objects.all()
    closed = list(unmet(restrictions, viewer).values_list("collection__path", flat=True))
    if not closed:
        return media
    return media.exclude(reduce(or_, (Q(collection__path__startswith=path) for path in closed)))
