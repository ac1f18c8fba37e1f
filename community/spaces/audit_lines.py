"""The audit log in words, for the owners of a space."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.core.models import AuditEntry

from .models import Role

WORDS = {
    "space_created": gettext_lazy("Espace créé"),
    "space_archived": gettext_lazy("Espace archivé"),
    "space_reopened": gettext_lazy("Espace rouvert"),
    "space_joined": gettext_lazy("Arrivée de sa propre initiative"),
    "space_left": gettext_lazy("Départ"),
    "space_visibility_changed": gettext_lazy("Réglage de qui peut lire"),
    "invitation_sent": gettext_lazy("Invitation envoyée"),
    "invitation_resent": gettext_lazy("Invitation renvoyée"),
    "territories_changed": gettext_lazy("Territoires du réseau changés"),
    "invitation_accepted": gettext_lazy("Invitation acceptée"),
    "invitation_revoked": gettext_lazy("Invitation retirée"),
    "role_changed": gettext_lazy("Rôle changé"),
    "verification_lost": gettext_lazy("Départ\u00a0: la personne n’est plus vérifiée"),
    "member_removed": gettext_lazy("Personne retirée"),
    "break_glass_opened": gettext_lazy("Accès exceptionnel ouvert"),
    "break_glass_closed": gettext_lazy("Accès exceptionnel refermé"),
    "anonymity_lifted": gettext_lazy("Anonymat levé"),
    "close_question": gettext_lazy("Question fermée"),
    "reopen_question": gettext_lazy("Question rouverte"),
    "mark_duplicate": gettext_lazy("Question fermée, déjà posée ailleurs"),
    "unmark_duplicate": gettext_lazy("Question rouverte, elle n’était pas posée ailleurs"),
    "move_question": gettext_lazy("Question déplacée"),
    "hide_post": gettext_lazy("Message masqué"),
    "restore_post": gettext_lazy("Message rétabli"),
    "delete_post": gettext_lazy("Message supprimé"),
    "hide_revision": gettext_lazy("Version d’un message masquée"),
    "restore_revision": gettext_lazy("Version d’un message rétablie"),
    "moderation_kept": gettext_lazy("Signalement examiné, contenu maintenu"),
    "moderation_hidden": gettext_lazy("Signalement examiné, contenu masqué"),
}
GRAVE = {"break_glass_opened", "anonymity_lifted"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One act. `by` is empty for exceptional access: what counts is that the platform's administration did it."""

    at: object
    words: str
    by: str = ""
    role: str = ""
    reason: str = ""
    grave: bool = False


def told(entries: list[AuditEntry]) -> list[Line]:
    return [_told(entry) for entry in entries]


def _told(entry: AuditEntry) -> Line:
    grave = entry.action in GRAVE
    role = entry.detail.get("role", "")
    return Line(
        at=entry.created_at,
        words=str(WORDS.get(entry.action, _("Décision de modération"))),
        by=_by(entry),
        role=str(Role(role).label) if role in Role.values else "",
        reason=entry.reason,
        grave=grave,
    )


def _by(entry: AuditEntry) -> str:
    if entry.action in GRAVE:
        return _("l’administration de la plateforme")
    # The author of a content may be anonymous there: the log does not say more than its page.
    if entry.detail.get("by_author"):
        return _("son auteur ou son autrice")
    return str(entry.actor or _("une personne partie"))
