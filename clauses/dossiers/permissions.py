"""Who may see and do what with a dossier: the persons listed, and nobody else; the list shape is in `querysets`."""

from community.spaces.permissions import require

from .models import Dossier, DossierMember, DossierNote
from .vocabularies import DossierRole

__all__ = ["require"]


def role_in(viewer, dossier: Dossier) -> str:
    """« owner », « editor », « reader », or nothing."""
    if not viewer.is_authenticated:
        return ""
    if dossier.owner_id == viewer.pk:
        return "owner"
    share = DossierMember.objects.filter(dossier=dossier, member=viewer).only("role").first()
    return share.role if share else ""


def can_view_dossier(viewer, dossier: Dossier) -> bool:
    return bool(role_in(viewer, dossier))


def can_edit_dossier(viewer, dossier: Dossier) -> bool:
    return role_in(viewer, dossier) in ("owner", DossierRole.EDITOR)


def can_own_dossier(viewer, dossier: Dossier) -> bool:
    """Sharing it, deleting it: its owner's alone."""
    return viewer.is_authenticated and dossier.owner_id == viewer.pk


def can_create_dossier(member) -> bool:
    """What one prepares for oneself needs no approval; sharing does (`can_share_dossier`)."""
    return member.is_authenticated and member.is_active


def can_share_dossier(member, dossier: Dossier) -> bool:
    # Writes to somebody in the name of the site: the identity must have been checked.
    return can_own_dossier(member, dossier) and member.is_verified


def can_invite_reviewer(member, dossier: Dossier) -> bool:
    """Whoever answers for the text asks for its review, again with an identity that was checked."""
    return can_edit_dossier(member, dossier) and member.is_verified


def can_remove_note(member, note: DossierNote) -> bool:
    # Its author as long as she is in the dossier; the owner keeps the place in order.
    if can_own_dossier(member, note.dossier):
        return True
    return note.author_id == member.pk and can_view_dossier(member, note.dossier)
