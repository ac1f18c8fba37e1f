"""Purchases for tests, plausible and small."""

from datetime import date
from itertools import count

from clauses.planner.models import PlannedPurchase

_numbers = count(1)
STARTS = date(2027, 9, 1)


def planned(owner, **fields) -> PlannedPurchase:
    title = f"Nettoyage de douze sites, cas {next(_numbers)}"
    return PlannedPurchase.objects.create(**{"owner": owner, "title": title, "starts_on": STARTS, **fields})
