"""The secret of a private calendar: derived from the member and a nonce, so that no row, task or log holds it."""

import hashlib

from django.utils.crypto import salted_hmac

from .models import PlannerSettings


def feed_token(settings: PlannerSettings) -> str:
    """What the address carries; empty without a nonce. It changes with SECRET_KEY."""
    if not settings.feed_nonce:
        return ""
    subject = f"{settings.member_id}:{settings.feed_nonce}"
    return salted_hmac("clauses.planner.feed", subject, algorithm="sha256").hexdigest()


def feed_hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
