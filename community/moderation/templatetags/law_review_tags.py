from django import template

from ..alerts import Alerts, legal_alerts
from ..law_review import causes_of, progress_of, review_page
from ..permissions import can_review_law

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


@register.inclusion_tag("moderation/_legal_alerts.html")
def legal_banner(kind: str, pk: int) -> dict:
    """What the reader of one content must know of the law that it cites; one query."""
    return {"alerts": legal_alerts([(kind, pk)]).of(kind, pk)}


@register.inclusion_tag("moderation/_legal_alerts.html")
def legal_banner_of(alerts: Alerts, kind: str, pk: int) -> dict:
    """The same, in a list: `alerts` was read once for all of it."""
    return {"alerts": alerts.of(kind, pk)}


@register.simple_tag
def legal_alerts_of(kind: str, objects) -> Alerts:
    """For a list of contents of one kind; one query."""
    return legal_alerts([(kind, each.pk) for each in objects])
