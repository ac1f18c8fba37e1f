from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from community.core.events import FollowedTopicsChanged, MemberRegistered, ProfileChanged, emit
from community.members.models import Member, Organisation
from community.members.permissions import PROFILE_FIELDS

from .verification import recheck_verification

PROFILE_COLUMNS = ("first_name", "last_name", "account_kind", "job", "bio", "territory", "available_to_be_asked")
PRACTISED = ("families_practised", "themes_practised")


@transaction.atomic
def register_member(
    *,
    member: Member,
    account_kind: str,
    job: str,
    territory,
    organisation: Organisation | None,
    families_followed: Iterable = (),
    themes_followed: Iterable = (),
) -> None:
    """What a new account says of itself; the charter was accepted in the same gesture."""
    member.account_kind = account_kind
    member.job = job
    member.territory = territory
    member.organisation = organisation
    member.charter_accepted_at = timezone.now()
    member.save(update_fields=["account_kind", "job", "territory", "organisation", "charter_accepted_at"])
    emit(MemberRegistered(member_id=member.pk))
    follow_topics(actor=member, families=families_followed, themes=themes_followed)


@transaction.atomic
def follow_topics(*, actor: Member, families: Iterable, themes: Iterable) -> None:
    """One's own list of families, of either level, and of themes: what is filed there is told from now on."""
    actor.families_followed.set(families)
    actor.themes_followed.set(themes)
    emit(FollowedTopicsChanged(member_id=actor.pk))


@transaction.atomic
def update_profile(
    *, actor: Member, fields: dict, organisation: Organisation | None, visibility: dict[str, str]
) -> None:
    """One's own profile. A move to another organisation asks again who vouches for the member."""
    moved = organisation != actor.organisation
    for name in PROFILE_COLUMNS:
        setattr(actor, name, fields[name])
    actor.organisation = organisation
    actor.field_visibility = {name: visibility[name] for name in PROFILE_FIELDS}
    actor.save(update_fields=[*PROFILE_COLUMNS, "organisation", "field_visibility"])
    for name in PRACTISED:
        getattr(actor, name).set(fields[name])
    follow_topics(actor=actor, families=fields["families_followed"], themes=fields["themes_followed"])
    emit(ProfileChanged(member_id=actor.pk))
    if moved:
        recheck_verification(member=actor, organisation_changed=True)
