"""The kinds of this room: members, for mentions and whatever speaks of contents in general; what waits for a decision,
an organisation proposed or an imported author claimed, for those who decide.
"""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.core.contents import ContentKind, DisplayedAuthor, register

from .display import displayed, profile_url
from .models import GhostClaim, Member, Organisation
from .permissions import can_administer_members, can_confirm_organisation, can_decide_claim, can_view
from .selectors import organisations_in_charge


def register_kinds() -> None:
    for kind in (member_kind(), organisation_kind(), claim_kind()):
        register(kind)


def member_kind() -> ContentKind:
    return ContentKind(
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


def organisation_kind() -> ContentKind:
    """As long as it waits for a confirmation, and for those who may give it."""
    return ContentKind(
        name="organisation",
        label=_("Organisation à confirmer"),
        icon="building-2",
        model=Organisation,
        visible_to=lambda viewer: organisations_in_charge(viewer).proposed(),
        can_view=lambda viewer, each: not each.is_known and can_confirm_organisation(viewer, each),
        readers=confirmers_of,
        can_moderate=can_confirm_organisation,
        displayed_author=lambda each: _signed(each.proposed_by),
        recipient=lambda each: None,
        title=str,
        url=lambda each: reverse("organisation_review"),
        space_id=lambda each: None,
        card_related=("territory", "proposed_by__organisation"),
    )


def claim_kind() -> ContentKind:
    """As long as it waits for the staff's decision; nobody decides of her own."""
    return ContentKind(
        name="ghost_claim",
        label=_("Demande de reprise"),
        icon="user-check",
        model=GhostClaim,
        visible_to=claims_waiting_for,
        can_view=lambda viewer, claim: claim.decided_at is None and can_decide_claim(viewer, claim),
        readers=deciders_of,
        can_moderate=can_decide_claim,
        displayed_author=lambda claim: displayed(claim.claimant),
        recipient=lambda claim: None,
        title=lambda claim: gettext("Contributions de %(name)s") % {"name": claim.ghost},
        url=lambda claim: reverse("organisation_review"),
        space_id=lambda claim: None,
        card_related=("ghost", "claimant__organisation"),
    )


def confirmers_of(organisation: Organisation, members):
    if organisation.is_known:
        return members.none()
    allowed = Q(is_staff=True)
    if organisation.territory_id is not None:
        places = {organisation.territory_id, organisation.territory.parent_id} - {None}
        in_charge = Member.objects.filter(
            memberships__role__in=("moderator", "owner"),
            memberships__space__kind="network",
            memberships__space__archived_at=None,
            memberships__space__territories__in=places,
        )
        allowed |= Q(pk__in=in_charge.values("pk"))
    return members.filter(allowed)


def claims_waiting_for(viewer):
    if not can_administer_members(viewer):
        return GhostClaim.objects.none()
    return GhostClaim.objects.filter(decided_at=None).exclude(claimant=viewer)


def deciders_of(claim: GhostClaim, members):
    if claim.decided_at is not None:
        return members.none()
    return members.filter(is_staff=True).exclude(pk=claim.claimant_id)


def _signed(member: Member | None) -> DisplayedAuthor:
    return displayed(member) if member is not None else DisplayedAuthor(name=gettext("Une personne partie"))


def _has_profile(member: Member) -> bool:
    return member.is_active or (member.is_ghost and member.claimed_by_id is None)
