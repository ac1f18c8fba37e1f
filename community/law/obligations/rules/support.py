from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ...models import Threshold
from ..lawbook import Ground, checked_on
from ..purchase import Finding, Status
from ..words import day_words


def found(key: str, title: str, why: str, status: Status, *grounds: Ground, **more: Any) -> Finding:
    """A finding with the source and the check of what it rests on; what our base does not hold concludes nothing."""
    if status == Status.APPLIES and any(ground.is_missing for ground in grounds):
        status = Status.TO_CHECK
    threshold: Threshold | None = more.get("threshold")
    sources = [each.source for each in (*grounds, *([threshold] if threshold else [])) if each.source]
    more.setdefault("source", " ; ".join(dict.fromkeys(sources)))
    more.setdefault("verified_on", checked_on(grounds, threshold))
    if grounds:
        more.setdefault("since", grounds[0].in_force_from)
    return Finding(key=key, title=title, why=why, status=status, grounds=grounds, **more)


def on_time(
    key: str, title: str, why: str, launch: date, ground: Ground, *others: Ground, later: str = "", **more: Any
) -> Finding:
    """What applies from the day its article takes effect, until it is repealed. `later` is said before that day."""
    if ground.is_out_on(launch):
        why = _("%(label)s est abrogé à compter du %(day)s : cherchez ce qui le remplace.") % {
            "label": ground.label,
            "day": day_words(ground.repealed_on),
        }
        return found(key, title, why, Status.NOT_APPLICABLE, ground, *others, **more)
    if not ground.has_begun_on(launch):
        later = later or _("S’impose aux consultations lancées à partir du %(day)s ; la vôtre part avant.")
        return found(
            key, title, later % {"day": day_words(ground.in_force_from)}, Status.NOT_YET, ground, *others, **more
        )
    return found(key, title, why, Status.APPLIES, ground, *others, **more)
