from django import template

from ..alerts import Alert, Alerts, legal_alerts
from ..law_review import causes_of, progress_of, review_page
from ..permissions import can_review_law
from ..replacing import mend_urls

register = template.Library()


@register.inclusion_tag("moderation/_law_queue.html", takes_context=True)
def law_review_queue(context, text) -> dict:
    """What waits because of this text, for those who may read it again; nothing for everybody else."""
    member = context["request"].user
    if not can_review_law(member):
        return {}
    causes = causes_of(text)
    return {
        "page": review_page(member, causes=causes),
        "progress": progress_of(member, causes),
        "csrf_token": context.get("csrf_token"),
        "next": text.get_absolute_url(),
    }


@register.inclusion_tag("moderation/_legal_alerts.html", takes_context=True)
def legal_banner(context, kind: str, pk: int) -> dict:
    """What the reader of one content must know of the law that it cites; one query, and a few more for a member where
    something was replaced.
    """
    alerts = legal_alerts([(kind, pk)]).of(kind, pk)
    request = context.get("request")
    return {"alerts": alerts, "mend_url": mend_url_among(alerts, request.user, kind, pk) if request else ""}


@register.simple_tag(takes_context=True)
def mend_url(context, kind: str, pk: int) -> str:
    """Where the reader may replace what this content cites of a law that left; nothing for everybody else."""
    member = context["request"].user
    return mend_url_among(legal_alerts([(kind, pk)]).of(kind, pk), member, kind, pk) if member.is_authenticated else ""


def mend_url_among(alerts: list[Alert], member, kind: str, pk: int) -> str:
    if not any(alert.successor for alert in alerts):
        return ""
    return mend_urls(member, [(kind, pk)]).get((kind, pk), "")


@register.inclusion_tag("moderation/_legal_alerts.html")
def legal_banner_of(alerts: Alerts, kind: str, pk: int) -> dict:
    """The same, in a list: `alerts` was read once for all of it."""
    return {"alerts": alerts.of(kind, pk)}


@register.simple_tag
def legal_alerts_of(kind: str, objects) -> Alerts:
    """For a list of contents of one kind; one query."""
    return legal_alerts([(kind, each.pk) for each in objects])
