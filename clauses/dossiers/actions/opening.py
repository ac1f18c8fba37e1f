"""Opening a link: a code to its address, typed back in the same browser."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from clauses.dossiers.models import ReviewLink
from clauses.dossiers.tokens import is_the_code
from community.core import events, ratelimits
from community.core.errors import Invalid, Refused

CODE_LIFE = timedelta(minutes=15)
MAX_ATTEMPTS = 5
# Of one link, whoever holds it.
CODES_PER_HOUR, TRIES_PER_DAY = 5, 25


@transaction.atomic
def send_code(*, link: ReviewLink) -> None:
    """To the address of the link and to no other; the code before it stops working."""
    ratelimits.hit("review-code", str(link.pk), times=CODES_PER_HOUR, seconds=60 * 60)
    row = ReviewLink.objects.select_for_update().open().filter(pk=link.pk, token_hash=link.token_hash).first()
    if row is None:
        raise Refused(_("Ce lien n’ouvre plus rien."))
    row.code_seed, row.code_sent_at, row.code_attempts = get_random_string(32), timezone.now(), 0
    row.save(update_fields=["code_seed", "code_sent_at", "code_attempts"])
    events.emit(events.ReviewCodeAsked(link_id=row.pk))


def enter_code(*, link: ReviewLink, typed: str) -> ReviewLink:
    """A code serves once, for a quarter of an hour and five tries, counted even when the refusal rolls nothing back."""
    ratelimits.hit("review-try", str(link.pk), times=TRIES_PER_DAY, seconds=24 * 60 * 60)
    with transaction.atomic():
        row = ReviewLink.objects.select_for_update().open().filter(pk=link.pk, token_hash=link.token_hash).first()
        right = row is not None and code_stands(row) and is_the_code(row, typed)
        if right:
            row.code_seed, row.code_attempts = "", 0
            row.opened_at = row.opened_at or timezone.now()
            row.save(update_fields=["code_seed", "code_attempts", "opened_at"])
        elif row is not None:
            ReviewLink.objects.filter(pk=row.pk).update(code_attempts=F("code_attempts") + 1)
    if not right:
        raise Invalid(_("Ce code n’est pas le bon, ou il ne vaut plus. Demandez-en un autre."), field="code")
    return row


def code_stands(link: ReviewLink) -> bool:
    if not link.code_seed or link.code_sent_at is None:
        return False
    return link.code_sent_at + CODE_LIFE > timezone.now() and link.code_attempts < MAX_ATTEMPTS
