import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core import audit
from community.core.errors import Invalid
from community.core.events import ExpertiseGranted, emit
from community.members import permissions
from community.members.models import Expertise, Member
from community.taxonomy.models import PurchaseFamily


@transaction.atomic
def grant_expertise(
    *,
    actor: Member,
    member: Member,
    kind: str,
    family: PurchaseFamily | None = None,
    until: datetime.date | None = None,
) -> Expertise:
    """Gives endorsement, consolidation and law editing in a family, or in all; granted again, only its end changes."""
    permissions.require(permissions.can_administer_members(actor))
    if not member.is_verified:
        raise Invalid(_("Vérifiez d’abord ce compte : une expertise porte sur une personne identifiée."))
    if until is not None and until < timezone.localdate():
        raise Invalid(_("La date de fin est passée."), field="until")
    expertise, _created = Expertise.objects.update_or_create(
        member=member, kind=kind, family=family, defaults={"until": until, "granted_by": actor}
    )
    audit.record("expertise.granted", actor=actor, kind="member", object_id=member.pk, expertise=expertise.pk)
    emit(ExpertiseGranted(member_id=member.pk, expertise_id=expertise.pk, by_id=actor.pk))
    return expertise


@transaction.atomic
def revoke_expertise(*, actor: Member, expertise: Expertise) -> None:
    permissions.require(permissions.can_administer_members(actor))
    audit.record("expertise.revoked", actor=actor, kind="member", object_id=expertise.member_id, expertise=expertise.pk)
    expertise.delete()
