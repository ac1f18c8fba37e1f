"""Spaces and what surrounds them, always through the viewer: absent and forbidden are the same 404."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Count, Q, QuerySet
from django.http import Http404

from community.core import contents
from community.core.models import AuditEntry
from community.members.models import Member
from community.members.selectors import shows
from community.taxonomy.text import fold

from . import permissions
from .models import BreakGlass, Invitation, Membership, Space, SpaceKind, SpaceVisibility
from .querysets import members_to_approve
from .tokens import token_hash

PER_PAGE = 50
MAX_WORDS = 5


def get_space_or_404(viewer, slug: str) -> Space:
    space = Space.objects.visible_to(viewer).filter(slug=slug).first()
    if space is None:
        raise Http404
    return space


def get_animated_space_or_404(viewer, slug: str) -> Space:
    """Its administration pages do not exist for those who neither animate nor own the space."""
    space = get_space_or_404(viewer, slug)
    if not permissions.can_invite(viewer, space):
        raise Http404
    return space


def get_owned_space_or_404(viewer, slug: str) -> Space:
    space = get_space_or_404(viewer, slug)
    if not permissions.can_administer(viewer, space):
        raise Http404
    return space


def get_network_or_404(viewer, slug: str) -> Space:
    """For the staff who says what it covers, as far as the viewer sees it."""
    space = get_space_or_404(viewer, slug)
    if space.kind != SpaceKind.NETWORK or not permissions.can_make_network(viewer):
        raise Http404
    return space


def get_joined_space_or_404(viewer, slug: str) -> Space:
    space = get_space_or_404(viewer, slug)
    if permissions.role_in(viewer, space) is None:
        raise Http404
    return space


def space_whatever_its_readers(slug: str) -> Space | None:
    """Without any right: for break-glass, whose opening names a space that its administrator cannot see yet."""
    return Space.objects.filter(slug=slug).first()


def spaces_by_place(viewer) -> tuple[list[Space], list[Space]]:
    """The spaces that the viewer may see: those she is in, then the others."""
    counted = Space.objects.visible_to(viewer).annotate(member_count=Count("memberships", distinct=True))
    ordered = counted.order_by("archived_at", "name")
    if not viewer.is_authenticated:
        return [], list(ordered)
    mine = Membership.objects.filter(member=viewer).values("space")
    return list(ordered.filter(pk__in=mine)), list(ordered.exclude(pk__in=mine))


def spaces_in_common(viewer, member) -> list[Space]:
    """Those that both are in, whose people the viewer already reads; none with oneself."""
    if not viewer.is_authenticated or viewer.pk == member.pk:
        return []
    theirs = Membership.objects.filter(member=member).values("space")
    return list(Space.objects.joined_by(viewer).filter(pk__in=theirs).order_by("name"))


def reader_count(space: Space) -> int | None:
    """How many members read the space; None when everyone does."""
    if space.visibility == SpaceVisibility.OPEN:
        return None
    inside = Membership.objects.filter(space=space)
    if space.visibility == SpaceVisibility.PRIVATE:
        return inside.count()
    return Member.objects.persons().filter(Q(verified_at__isnull=False) | Q(pk__in=inside.values("member"))).count()


@dataclass(frozen=True)
class MembershipPage:
    rows: list[Membership]
    next_after: int | None


def memberships_of(viewer, space: Space, *, text: str = "", after: int = 0) -> MembershipPage:
    """The strongest roles first; `after` is how many were shown before. Nobody is found by an organisation that the
    viewer may not see her to be of.
    """
    found = Membership.objects.filter(space=space).select_related(
        "member__organisation", "member__claimed_by__organisation"
    )
    for word in fold(text).split()[:MAX_WORDS]:
        of_organisation = Member.objects.filter(shows(viewer, "organisation"), organisation__folded__contains=word)
        found = found.filter(Q(member__folded_name__contains=word) | Q(member__in=of_organisation))
    rows = list(found.strongest_first()[after : after + PER_PAGE + 1])
    return MembershipPage(rows[:PER_PAGE], after + PER_PAGE if len(rows) > PER_PAGE else None)


def get_membership_or_404(space: Space, public_id: str) -> Membership:
    membership = Membership.objects.select_related("member").filter(space=space, member__public_id=public_id).first()
    if membership is None:
        raise Http404
    return membership


def open_invitations_of(space: Space) -> QuerySet:
    """Those that wait and those that expired unanswered, newest first."""
    waiting = Invitation.objects.filter(space=space, accepted_at=None, revoked_at=None)
    return waiting.select_related("invited_by").order_by("-created_at")


def get_invitation_or_404(space: Space, pk: int) -> Invitation:
    invitation = Invitation.objects.select_related("space").filter(space=space, pk=pk).first()
    if invitation is None:
        raise Http404
    return invitation


def find_invitation(member, token: str) -> Invitation | None:
    """The pending invitation of this token, if one of the member's *verified* e-mails is the one invited."""
    if not member.is_authenticated:
        return None
    invitation = find_invitation_by_token(token)
    if invitation is None:
        return None
    own = EmailAddress.objects.filter(user=member, email__iexact=invitation.email, verified=True)
    return invitation if own.exists() else None


def find_invitation_by_token(token: str) -> Invitation | None:
    """For declining, which needs no account: holding the token is holding the mail."""
    pending = Invitation.objects.pending().select_related("space", "invited_by__organisation")
    return pending.filter(token_hash=token_hash(token)).first()


def invitation_stands(invitation: Invitation) -> bool:
    """Does the person who invited still have the right to?"""
    inviter = invitation.invited_by
    return (
        inviter is not None and inviter.is_active and permissions.can_grant(inviter, invitation.space, invitation.role)
    )


def audit_of(space: Space, *, before: int | None = None) -> list[AuditEntry]:
    """What was done with power in the space, for its owners; nobody can erase a line."""
    lines = AuditEntry.objects.filter(space_id=space.pk).select_related("actor").order_by("-pk")
    return list((lines if before is None else lines.filter(pk__lt=before))[: PER_PAGE + 1])


def break_glasses_of(space: Space) -> list[BreakGlass]:
    return list(BreakGlass.objects.filter(space=space).select_related("member").order_by("-pk")[:PER_PAGE])


def open_break_glasses_by(member) -> list[BreakGlass]:
    return list(BreakGlass.objects.current().filter(member=member).select_related("space").order_by("ends_at"))


def get_break_glass_or_404(member, pk: int) -> BreakGlass:
    """Opened by the member, or of a space that she owns."""
    opened = BreakGlass.objects.select_related("space").filter(pk=pk).first()
    if opened is None:
        raise Http404
    owner = opened.space is not None and permissions.can_administer(member, opened.space)
    if opened.member_id != member.pk and not owner:
        raise Http404
    return opened


def approvable_members(actor) -> QuerySet:
    related = ("organisation", "territory", "claimed_by__organisation")
    return members_to_approve(actor).select_related(*related).order_by("date_joined", "pk")


def get_approvable_member_or_404(actor, public_id: str) -> Member:
    member = members_to_approve(actor).filter(public_id=public_id).first()
    if member is None:
        raise Http404
    return member


def identity_behind(viewer, kind: str, pk: int) -> Member | None:
    """Who wrote an anonymous content, for the administrator whose break-glass on it is current; otherwise nothing.

    The content must be visible to her still, and its registration says who its author is.
    """
    if not permissions.can_open_break_glass(viewer):
        return None
    current = BreakGlass.objects.current().filter(member=viewer, kind=kind, object_id=pk)
    if not current.exists():
        return None
    content = contents.find_visible(viewer, kind, pk)
    return contents.get(kind).recipient(content) if content is not None else None
