from smtplib import SMTPRecipientsRefused

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from community.core.jobs import job
from community.core.models import OutgoingMail

from .kinds import get_kind
from .render import build_message


@transaction.atomic
def send(kind: str, *, to: str, context: dict) -> OutgoingMail:
    """Queues one mail to one person; it leaves only if the caller's transaction commits.

    `context` holds ids and short strings that survive JSON. An address that is not one is the caller's error.
    """
    get_kind(kind)
    if "\n" in to or "\r" in to:
        raise ValidationError("An address holds no line break.")
    validate_email(to)
    mail = OutgoingMail.objects.create(kind=kind, to=to, context=context)
    deliver.enqueue(mail.pk)
    return mail


@job(attempts=8, queue_name="mail")
def deliver(mail_id: int) -> None:
    """May send twice if killed between the server's answer and the note of it; the Message-ID is then the same."""
    mail = OutgoingMail.objects.filter(pk=mail_id, sent_at=None, dropped_at=None).first()
    if mail is None:
        return
    kind = get_kind(mail.kind)
    context = kind.prepare(mail.to, mail.context) if kind.prepare else mail.context
    if context is None:
        close(mail, dropped_at=timezone.now())
        return
    try:
        build_message(mail, kind, context).send()
    except SMTPRecipientsRefused as refusal:
        if not all(code >= 500 for code, _reason in refusal.recipients.values()):
            raise
        close(mail, dropped_at=timezone.now())
    else:
        close(mail, sent_at=timezone.now())


def close(mail: OutgoingMail, **moment) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(context={}, **moment)
