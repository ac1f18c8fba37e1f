"""A member is verified by the confirmed e-mail domain of a known organisation, or by an animator (in `spaces`)."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from community.core import audit
from community.core.events import MemberUnverified, MemberVerified, emit
from community.members.domains import domain_of, is_public_provider
from community.members.models import Member, Organisation, OrganisationDomain, Verification


@transaction.atomic
def mark_verified(*, member: Member, by: Member | None, how: str) -> None:
    """Writes the verification without checking who asks: the guard is the caller's. Does nothing the second time."""
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if locked.is_verified:
        return
    member.verified_at = timezone.now()
    member.verified_by = by
    member.verification = how
    member.save(update_fields=["verified_at", "verified_by", "verification"])
    audit.record("member.verified", actor=by, kind="member", object_id=member.pk, how=how)
    emit(MemberVerified(member_id=member.pk, by_id=by.pk if by else None))


@transaction.atomic
def mark_unverified(*, member: Member) -> None:
    """Tells nobody: another organisation may vouch for her in the same gesture, as its caller finds out."""
    if not member.is_verified:
        return
    member.verified_at = None
    member.verified_by = None
    member.verification = ""
    member.save(update_fields=["verified_at", "verified_by", "verification"])
    audit.record("member.unverified", actor=member, kind="member", object_id=member.pk)


def organisation_vouching_for(member: Member) -> Organisation | None:
    """The known organisation whose confirmed domain is exactly that of the member's confirmed address."""
    if not EmailAddress.objects.filter(user=member, email=member.email, verified=True).exists():
        return None
    domain = domain_of(member.email)
    if is_public_provider(domain):
        return None
    found = OrganisationDomain.objects.select_related("organisation").filter(
        domain=domain, organisation__confirmed_at__isnull=False
    )
    owner = found.first()
    return owner.organisation if owner else None


@transaction.atomic
def verify_by_domain(*, member: Member) -> bool:
    """Verifies the member whose address their organisation vouches for; says whether they are verified.

    Who said nothing of their organisation, or proposed one, is placed in the one that vouches. Who chose another
    known organisation waits for an animator: an address of one does not prove a place in the other.
    """
    organisation = organisation_vouching_for(member)
    if organisation is None or not member.is_active:
        return member.is_verified
    if member.organisation_id != organisation.pk:
        if member.organisation is not None and member.organisation.is_known:
            return member.is_verified
        member.organisation = organisation
        member.save(update_fields=["organisation"])
    mark_verified(member=member, by=None, how=Verification.DOMAIN)
    return True


@transaction.atomic
def recheck_verification(*, member: Member, organisation_changed: bool = False) -> None:
    """After a change of address or of organisation: what had verified the member may no longer be true.

    An animator vouched for a person in an organisation, so their approval outlives an address, not a move.
    """
    by_domain = member.verification == Verification.DOMAIN
    was_verified = member.is_verified
    if member.is_verified and (by_domain or organisation_changed):
        vouching = organisation_vouching_for(member)
        if vouching is None or vouching.pk != member.organisation_id:
            mark_unverified(member=member)
    if not member.is_verified:
        verify_by_domain(member=member)
    if was_verified and not member.is_verified:
        emit(MemberUnverified(member_id=member.pk))
