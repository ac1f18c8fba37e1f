"""The fields of a thing of the law as plain values, so that its history can be kept and read."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from .models import LegalProvision, LegalText, Obligation, Threshold

KIND_OF: dict[type[Model], str] = {
    LegalText: "legal_text",
    LegalProvision: "legal_provision",
    Threshold: "threshold",
    Obligation: "obligation",
}


def snapshot(obj: Any) -> dict[str, Any]:
    return {field.attname: plain(field.value_from_object(obj)) for field in obj._meta.concrete_fields if field.editable}


def plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        # An amount that has not been through the database yet has no cents.
        return f"{value:.2f}"
    return value


def differences(before: dict, after: dict) -> tuple[dict, dict]:
    """The fields that changed, as they were and as they became."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in changed}, {name: after[name] for name in changed}
