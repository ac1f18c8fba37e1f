"""One text, two versions: plain, and the same words in the table layout of `emails/base.html`."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from community.core.models import OutgoingMail

from .kinds import MailKind

PARTIALS = ("subject", "heading", "body", "button", "reason")
LONGEST_SUBJECT = 180
INK = "margin:0 0 14px;font-size:16px;line-height:1.55;color:#281928;"
URL_ALONE = re.compile(r"https?://\S+")
# Invisible or direction-changing characters let a name pose as another text in a list of messages.
DECEPTIVE = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def one_line(text: str) -> str:
    """A header's value: no line break, no control character, not endless."""
    return DECEPTIVE.sub("", " ".join(text.split()))[:LONGEST_SUBJECT]


def render_partial(kind: str, partial: str, context: dict) -> str:
    try:
        template = get_template(f"emails/{kind}.txt#{partial}")
    except TemplateDoesNotExist:
        return ""
    # Plain text: what a name holds is not markup here, and the HTML version escapes it afterwards.
    rendered = template.template.render(Context({**context, "base_url": settings.BASE_URL}, autoescape=False))
    return DECEPTIVE.sub("", rendered).strip()


def render_texts(kind: str, context: dict) -> dict[str, str]:
    texts = {partial: render_partial(kind, partial, context) for partial in PARTIALS}
    texts["subject"] = one_line(texts["subject"])
    return texts


def paragraphs(text: str) -> SafeString:
    return format_html_join(
        "\n", '<p class="ink" style="{}">{}</p>', ((INK, lines(block)) for block in re.split(r"\n\s*\n", text.strip()))
    )


def lines(block: str) -> SafeString:
    rows = [row.strip() for row in block.splitlines()]
    return format_html_join(
        SafeString("<br>"),
        "{}",
        ((link(row) if URL_ALONE.fullmatch(row) else row,) for row in rows),
    )


def link(url: str) -> SafeString:
    """Only an address alone on its line becomes a link: one inside a person's words stays words."""
    return format_html('<a class="link" href="{}" style="color:#691e55;">{}</a>', url, url)


def shell_context(texts: dict[str, str], context: dict) -> dict:
    return {
        "subject": texts["subject"],
        "heading": texts["heading"] or texts["subject"],
        "reason": texts["reason"],
        "button_url": context.get("button_url", "") if texts["button"] else "",
        "button_label": texts["button"],
        "unsubscribe_url": context.get("unsubscribe_url", ""),
        "preferences_url": context.get("preferences_url", ""),
    }


def build_message(mail: OutgoingMail, kind: MailKind, context: dict) -> EmailMultiAlternatives:
    texts = render_texts(kind.name, context)
    shell = shell_context(texts, context)
    plain = get_template("emails/base.txt").render({**shell, "body": texts["body"]})
    html = get_template("emails/base.html").render({**shell, "body": paragraphs(texts["body"])})
    message = EmailMultiAlternatives(
        subject=texts["subject"], body=plain.strip() + "\n", to=[mail.to], headers=headers(mail, kind, shell)
    )
    message.attach_alternative(html.strip() + "\n", "text/html")
    return message


def headers(mail: OutgoingMail, kind: MailKind, shell: dict) -> dict[str, str]:
    domain = urlsplit(settings.BASE_URL).hostname or "localhost"
    found = {
        "Message-ID": f"<{mail.public_id}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if kind.list_name:
        found["List-Id"] = f"<{kind.list_name}.{domain}>"
    if shell["unsubscribe_url"]:
        found["List-Unsubscribe"] = f"<{shell['unsubscribe_url']}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return found
