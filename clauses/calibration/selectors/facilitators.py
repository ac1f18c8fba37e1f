"""Members who say that they facilitate, for those who may confirm it."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from clauses.calibration.models import ConfirmedFacilitator
from clauses.calibration.permissions import can_confirm_facilitator, can_confirm_facilitators
from community.members.models import AccountKind, Member
from community.members.permissions import covered_territories

SHOWN = 200


@dataclass(frozen=True)
class Claimed:
    member: Member
    is_confirmed: bool


def facilitators_in_charge_or_404(actor) -> list[Claimed]:
    """Verified members of the actor's territories who say so, those to confirm first."""
    if not can_confirm_facilitators(actor):
        raise Http404
    members = Member.objects.persons().verified().filter(account_kind=AccountKind.FACILITATOR, territory__isnull=False)
    if not actor.is_staff:
        covered = covered_territories(actor)
        members = members.filter(Q(territory__in=covered) | Q(territory__parent__in=covered))
    members = members.exclude(pk=actor.pk).select_related("organisation", "territory", "claimed_by__organisation")
    standing = set(ConfirmedFacilitator.objects.standing().values_list("member", flat=True))
    rows = [Claimed(each, each.pk in standing) for each in members.order_by("last_name", "pk")[:SHOWN]]
    return sorted(rows, key=lambda each: each.is_confirmed)


def get_claimed_or_404(actor, public_id: str) -> Member:
    member = Member.objects.select_related("territory").filter(public_id=public_id).first()
    if member is None or not can_confirm_facilitator(actor, member):
        raise Http404
    return member
