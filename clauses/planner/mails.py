"""The week's mail of the planner: read again when it leaves, and not sent when nothing is pressing."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from community.core.mail import MailKind, register_kind
from community.core.ui import day_words
from community.members.models import Member

from .models import PlannedPurchase, PlannerSettings
from .selectors.purchases import rows_of

WEEK = "planner_week"
MAX_LINES = 20


def prepare_week(to: str, context: dict) -> dict | None:
    """What is late or due within the week, of the rows that the member reads at this moment."""
    wanted = PlannerSettings.objects.filter(member=context["member"], weekly_mail=True)
    member = Member.objects.persons().verified().filter(pk=context["member"], email=to).first()
    if member is None or not wanted.exists():
        return None
    today = timezone.localdate()
    rows = rows_of(member, PlannedPurchase.objects.visible_to(member).under_way(), today=today)
    pressing = sorted(((step, row) for row in rows for step in row.pressing), key=lambda each: each[0].due_on)
    if not pressing:
        return None
    lines = [
        f"{day_words(step.due_on)} : {step.step.label}, {' '.join(row.purchase.title.split())}"
        for step, row in pressing[:MAX_LINES]
    ]
    return {
        "count": len(pressing),
        "lines": lines,
        "button_url": settings.BASE_URL + reverse("planner"),
        "preferences_url": settings.BASE_URL + reverse("planner") + "#rappels",
    }


register_kind(MailKind(name=WEEK, prepare=prepare_week, list_name="planner"))
