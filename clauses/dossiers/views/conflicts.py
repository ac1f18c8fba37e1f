"""A form whose row moved meanwhile is given back: what was typed stays in its fields, the other text beside it."""

from typing import Any

from django import forms

from community.core.diff import diff_texts

from ..actions.locks import Conflict

HIDDEN = ("version", "client_token", "suggested")


def compared(form: forms.Form, current: dict[str, Any], conflict: Conflict) -> dict[str, Any]:
    """What differs, field by field; sending the form again writes over the other change, knowingly."""
    fields = []
    for name, field in form.fields.items():
        if name in HIDDEN or name not in current:
            continue
        typed, stored = words_of(form[name].value()), words_of(field.prepare_value(current[name]))
        if typed != stored:
            fields.append({"label": field.label, "stored": stored, "changes": diff_texts(stored, typed)})
    form.data = form.data.copy()
    form.data["version"] = str(conflict.current.version)
    return {"message": conflict.message, "who": conflict.current.edited_by, "fields": fields}


def words_of(value) -> str:
    if value is None:
        return ""
    if hasattr(value, "pk"):
        return str(value.pk)
    return str(value).replace("\r\n", "\n").strip()
