"""The mails of a dossier: to a colleague by e-mail, to a reviewer (her link, then her code)."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from community.core.mail import MailKind, register_kind

from .actions.opening import CODE_LIFE
from .models import ReviewLink, ShareInvitation
from .tokens import review_code, review_token, token_hash

SHARED, LINK, CODE = "dossier_invitation", "review_link", "review_code"


def prepare_invitation(to: str, context: dict) -> dict | None:
    invitation = (
        ShareInvitation.objects.standing()
        .select_related("dossier__owner__organisation")
        .filter(pk=context["invitation"])
        .first()
    )
    if invitation is None or invitation.email != to or not invitation.dossier.owner.is_active:
        return None
    owner = invitation.dossier.owner
    return {
        "inviter": str(owner),
        "inviter_detail": str(owner.organisation or ""),
        "email": invitation.email,
        "expires_at": invitation.expires_at,
        "button_url": settings.BASE_URL + reverse("dossier_list"),
    }


def open_link(pk: int, to: str) -> ReviewLink | None:
    """What is still due when the mail leaves."""
    link = ReviewLink.objects.open().select_related("dossier__owner__organisation", "invited_by").filter(pk=pk).first()
    if link is None or link.email != to or not link.dossier.owner.is_active:
        return None
    # SECRET_KEY changed in between: a link that opens nothing is not sent.
    return link if token_hash(review_token(link)) == link.token_hash else None


def prepare_link(to: str, context: dict) -> dict | None:
    link = open_link(context["link"], to)
    if link is None or link.sent_at.isoformat() != context["sent_at"]:
        return None
    inviter = link.invited_by or link.dossier.owner
    return {
        "inviter": str(inviter),
        "inviter_detail": str(link.dossier.owner.organisation or ""),
        "name": link.name,
        "message": link.message,
        "email": link.email,
        "expires_at": link.expires_at,
        "button_url": settings.BASE_URL + reverse("review_open", args=[review_token(link)]),
    }


def prepare_code(to: str, context: dict) -> dict | None:
    """Not a code that another one replaced, nor one that was typed already."""
    link = open_link(context["link"], to)
    if link is None or link.code_sent_at is None or link.code_sent_at.isoformat() != context["sent_at"]:
        return None
    code = review_code(link)
    if not code or link.code_sent_at + CODE_LIFE < timezone.now():
        return None
    return {"name": link.name, "code": code, "email": link.email}


register_kind(MailKind(name=SHARED, prepare=prepare_invitation))
register_kind(MailKind(name=LINK, prepare=prepare_link))
register_kind(MailKind(name=CODE, prepare=prepare_code))
