"""The secrets of a review link: derived, so that no row, task or log holds them; compared by hash, or made again."""

import hashlib

from django.utils.crypto import constant_time_compare, salted_hmac

from .models import ReviewLink

CODE_DIGITS = 6


def review_token(link: ReviewLink) -> str:
    """What the mail carries. It cannot be found again without SECRET_KEY, and changes each time the link is sent."""
    moments = [int(moment.timestamp() * 1_000_000) for moment in (link.sent_at, link.expires_at)]
    subject = f"{link.dossier_id}:{link.email}:{moments}"
    return salted_hmac("clauses.dossiers.review_link", subject, algorithm="sha256").hexdigest()


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def review_code(link: ReviewLink) -> str:
    """Six digits, from a seed drawn at each sending: a copy of the table, where a hash of six digits would be undone
    in a second, gives no code without SECRET_KEY. Empty when none was asked for.
    """
    if not link.code_seed or link.code_sent_at is None:
        return ""
    digest = salted_hmac("clauses.dossiers.review_code", f"{link.pk}:{link.code_seed}", algorithm="sha256").hexdigest()
    return f"{int(digest, 16) % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def is_the_code(link: ReviewLink, typed: str) -> bool:
    code = review_code(link)
    return bool(code) and constant_time_compare(code, "".join(typed.split()))
