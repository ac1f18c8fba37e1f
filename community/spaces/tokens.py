"""The secret of an invitation: derived, so that no row, task or log holds it; compared by its hash."""

import hashlib

from django.utils.crypto import salted_hmac

from .models import Invitation


def invitation_token(invitation: Invitation) -> str:
    """What the mail carries. It cannot be found again without SECRET_KEY, nor after this one changes."""
    moment = int(invitation.expires_at.timestamp() * 1_000_000)
    subject = f"{invitation.space_id}:{invitation.email}:{moment}"
    return salted_hmac("community.spaces.invitation", subject, algorithm="sha256").hexdigest()


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
