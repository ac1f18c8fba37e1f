"""The kind « member », for mentions, notifications and whatever speaks of contents in general."""

from django.utils.translation import gettext_lazy as _

from community.core.contents import ContentKind, register

from .display import displayed, profile_url
from .models import Member
from .permissions import can_administer_members, can_view


def register_kinds() -> None:
    register(
        ContentKind(
            name="member",
            label=_("Membre"),
            model=Member,
            visible_to=lambda viewer: Member.objects.visible_to(viewer),
            can_view=can_view,
            readers=lambda member, members: members.persons() if _has_profile(member) else members.none(),
            can_moderate=lambda actor, member: can_administer_members(actor),
            displayed_author=displayed,
            recipient=lambda member: member,
            title=str,
            url=profile_url,
            space_id=lambda member: None,
            card_related=("organisation",),
        )
    )


def _has_profile(member: Member) -> bool:
    return member.is_active or (member.is_ghost and member.claimed_by_id is None)
