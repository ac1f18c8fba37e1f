"""Purchases told in one line, before the law as it is shipped."""

from datetime import date
from decimal import Decimal
from typing import Any

from community.law.obligations.check import check
from community.law.obligations.findings import Finding, Status
from community.law.obligations.purchase import Purchase
from community.law.obligations.sources import Law

TODAY = date(2026, 11, 22)
FOOD = {
    "nature": "supplies",
    "amount": "80000",
    "buyer": "local",
    "place": "mainland",
    "family": "ALI",
    "duration_months": 24,
    "launch_date": "2027-01-11",
}


def purchase(**answers: Any) -> Purchase:
    told = FOOD | answers
    if told["amount"] is not None:
        told["amount"] = Decimal(told["amount"])
    if isinstance(told["launch_date"], str):
        told["launch_date"] = date.fromisoformat(told["launch_date"])
    return Purchase(**told)


def findings(law: Law, *, today: date = TODAY, **answers: Any) -> dict[str, Finding]:
    found = check(purchase(**answers), law=law, today=today)
    assert len({finding.key for finding in found}) == len(found)
    return {finding.key: finding for finding in found}


def status(law: Law, key: str, **answers: Any) -> Status | None:
    found = findings(law, **answers).get(key)
    return found.status if found else None
