from django.core.exceptions import PermissionDenied

from community.core.contents import ContentKind
from community.law.permissions import can_edit_law
from community.spaces.permissions import can_moderate_somewhere

from .models import ReviewItem


def can_review(member) -> bool:
    """Those who moderate a space, and the staff, which moderates the open community."""
    return member.is_authenticated and (member.is_staff or can_moderate_somewhere(member))


def require_can_review(flags: list) -> None:
    """A content is settled by those who may review its flags: none of them within reach, nothing to settle."""
    if not flags:
        raise PermissionDenied


def can_review_law(member) -> bool:
    """Those for whom the page « À relire » exists: jurists, moderators, and whoever was entrusted with something."""
    if not member.is_authenticated:
        return False
    if can_edit_law(member) or can_moderate_somewhere(member):
        return True
    return ReviewItem.objects.open().filter(assigned_to=member).exists()


def require_can_review_item(member, item: ReviewItem) -> None:
    if not ReviewItem.objects.reviewable_by(member).filter(pk=item.pk).exists():
        raise PermissionDenied


def require_can_mend(member, kind: ContentKind, obj) -> None:
    """The room of the content says who may bring its citations up to date; nobody where it takes none."""
    if kind.mendable_by is None or not kind.mendable_by(member).filter(pk=obj.pk).exists():
        raise PermissionDenied


def can_be_entrusted(member, item: ReviewItem) -> bool:
    """Somebody who could have taken it by herself: a jurist, or for a space one of its moderators."""
    if item.space_id is None:
        return can_edit_law(member)
    return member.memberships.moderating().filter(space=item.space_id).exists()
