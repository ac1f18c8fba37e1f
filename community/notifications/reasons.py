"""Why a member is told something: the sentence, its icon, and whether « l’essentiel » includes it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Reason:
    """`sentence` may use %(author)s, the displayed author of the target."""

    sentence: Any
    icon: str


REASONS = {
    "question_asked": Reason(_("%(author)s a posé une question"), "circle-help"),
    "announcement": Reason(_("%(author)s a publié une annonce"), "pin"),
    "answer_posted": Reason(_("%(author)s a répondu"), "message-square"),
    "comment_posted": Reason(_("%(author)s a commenté"), "message-square"),
    "mentioned": Reason(_("%(author)s vous mentionne"), "at-sign"),
    "answer_accepted": Reason(_("La réponse de %(author)s a été retenue"), "circle-check"),
    "answer_endorsed": Reason(_("La réponse de %(author)s a reçu un avis d’expert"), "scale"),
    "answer_doubted": Reason(_("La réponse de %(author)s est signalée « à vérifier »"), "triangle-alert"),
    "question_closed": Reason(_("La question a été close"), "lock"),
    "question_reopened": Reason(_("La question a été rouverte"), "lock"),
    "question_duplicate": Reason(_("La question a été rapprochée d’une autre"), "copy"),
    "question_moved": Reason(_("La question a changé d’espace"), "layers"),
    "content_hidden": Reason(_("L’animation a masqué un de vos messages"), "eye-off"),
    "content_restored": Reason(_("L’animation a rétabli un de vos messages"), "eye"),
    "exchange": Reason(_("L’animation vous a écrit au sujet de votre message anonyme"), "mail"),
    "exchange_answer": Reason(_("L’auteur ou l’autrice d’un message anonyme vous a répondu"), "mail"),
    "membership_granted": Reason(_("Vous faites maintenant partie de cet espace"), "users"),
    "law_changed": Reason(_("Un texte que vous suivez a changé : %(author)s"), "scale"),
    "page_law_changed": Reason(_("Une page que vous éditez cite un texte qui a changé"), "scale"),
    "saved_search": Reason(_("Du nouveau pour une recherche enregistrée : %(author)s"), "search"),
    "organisation_proposed": Reason(_("%(author)s propose une organisation : elle attend votre avis"), "building-2"),
    "claim_requested": Reason(_("%(author)s demande à reprendre des contributions importées"), "user-check"),
    "break_glass_opened": Reason(_("%(author)s s’est ouvert un accès à cet espace"), "key-round"),
    "embargo_due": Reason(_("La date d’attribution est passée : vous pouvez publier votre question"), "clock"),
    "clause_proposed": Reason(_("%(author)s propose une clause à relire"), "file-text"),
    "clause_sent_back": Reason(
        _("Votre clause vous revient : l’équipe de relecture demande des corrections"), "pencil"
    ),
    "clause_accepted": Reason(_("Votre clause est publiée"), "circle-check"),
    "clause_publication_refused": Reason(
        _("La publication prévue n’a pas eu lieu : la liste de contrôle demande des corrections"), "triangle-alert"
    ),
    "clause_published": Reason(_("Une clause de %(author)s est publiée"), "file-text"),
    "clause_version": Reason(_("Une nouvelle version de cette clause est parue"), "history"),
    "clause_version_copied": Reason(_("Une clause que vous avez reprise a une nouvelle version"), "history"),
    "clause_reviewed": Reason(_("Votre clause a été relue"), "shield-check"),
    "clause_obsolete": Reason(_("Une clause que vous avez reprise est devenue obsolète"), "triangle-alert"),
    "clause_law_changed": Reason(_("Un texte que cite une clause que vous avez reprise a changé"), "scale"),
    "calibration_asked": Reason(_("%(author)s vous demande un calibrage d’heures d’insertion"), "heart-handshake"),
    "calibration_answered": Reason(_("Une demande de calibrage a sa réponse"), "heart-handshake"),
    "calibration_declined": Reason(_("Une demande de calibrage a été déclinée"), "heart-handshake"),
    "calibration_withdrawn": Reason(_("Une demande de calibrage a été retirée"), "heart-handshake"),
    "calibration_awarded": Reason(_("Un marché calibré est attribué : ses heures se suivent"), "heart-handshake"),
    "calibration_hours": Reason(_("Des heures d’insertion ont été relevées"), "heart-handshake"),
    "calibration_reminder": Reason(_("Pour un calibrage : %(author)s"), "clock"),
    "purchase_shared": Reason(_("%(author)s partage avec vous un achat à venir"), "calendar"),
    "purchase_step": Reason(_("Pour un achat à venir : %(author)s"), "clock"),
    "suggestion_sent": Reason(_("%(author)s propose une modification"), "pencil"),
    "suggestion_decided": Reason(_("Votre proposition de modification a été examinée"), "pencil"),
    "dossier_shared": Reason(_("%(author)s partage un dossier avec vous"), "folder"),
    "dossier_reviewed": Reason(_("Une relecture sans compte a avancé dans un de vos dossiers"), "user-check"),
    "dossier_more_time": Reason(_("Une personne demande un délai ou un nouveau lien de relecture"), "clock"),
    "dossier_clause_version": Reason(_("Une clause d’un de vos dossiers a une nouvelle version"), "history"),
    "dossier_clause_withdrawn": Reason(_("Une clause d’un de vos dossiers n’est plus conseillée"), "triangle-alert"),
    "dossier_law_changed": Reason(_("Une clause d’un de vos dossiers est à revoir : le droit a bougé"), "scale"),
    "usage_asked": Reason(_("L’avez-vous utilisée dans un marché ? Une minute suffit pour le dire"), "circle-help"),
    "experience_published": Reason(_("%(author)s raconte un marché"), "scroll-text"),
    "experience_discussed": Reason(_("%(author)s ouvre la discussion sur ce récit"), "message-square"),
}
UNKNOWN = Reason(_("Du nouveau"), "bell")


def reason_of(code: str) -> Reason:
    return REASONS.get(code, UNKNOWN)
