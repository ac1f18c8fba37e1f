"""The mails of accounts, whose words are allauth's templates: rendered at once, as they hold a code or an address."""

from django.template.loader import render_to_string

from community.core.models import OutgoingMail

from .kinds import MailKind, register_kind
from .queue import send
from .render import one_line

ACCOUNT = "account"
register_kind(MailKind(name=ACCOUNT))


def send_account_mail(template_prefix: str, to: str, context: dict) -> OutgoingMail:
    """What `AccountAdapter.send_mail` calls: `<prefix>_subject.txt` and `<prefix>_message.txt`, in our layout.

    The rendered text is erased from the queue when the mail leaves.
    """
    context = {**context, "email": to}
    subject = one_line(render_to_string(f"{template_prefix}_subject.txt", context))
    text = render_to_string(f"{template_prefix}_message.txt", context).strip()
    return send(ACCOUNT, to=to, context={"subject": subject, "text": text})
