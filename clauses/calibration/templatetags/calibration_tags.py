"""What the page of a dossier shows of its calibrations: one query."""

from django import template
from django.utils.http import urlencode

from community.core.addresses import address

from ..selectors.requests import states_of

register = template.Library()


@register.inclusion_tag("calibration/_panel.html")
def calibration_panel(dossier, *, may_edit: bool) -> dict:
    """`dossier` is one that the viewer reads; `may_edit`, whether she writes in it."""
    amount = {"montant": f"{dossier.amount:f}".replace(".", ",")} if dossier.amount else {}
    query = f"?{urlencode(amount)}" if amount else ""
    return {
        "requests": states_of(dossier),
        "ask_url": address("calibration_ask", dossier_pk=dossier.pk) if may_edit else "",
        "hours_url": f"{address('insertion_hours')}{query}",
    }
