"""The form of /cms/: the same content and the same checklist as on the site."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from clauses.library.checks import check_content, refusals_among
from clauses.library.content import to_content
from clauses.library.models import ClauseTag
from clauses.library.vocabularies import ClauseState
from community.core.errors import Invalid
from community.taxonomy.models import CpvCode
from community.taxonomy.tags import tags_for

from .cpv import CpvListField

# What ends a workflow publishes: a text that would be refused then is not approved on the way.
APPROVAL = "approve"
ROWS = {
    "wordings": ("key", "title", "text", "ambition", "conditions"),
    "variables": ("key", "label", "unit", "minimum", "maximum", "default", "guidance"),
    "scale": ("score", "description"),
    "provenances": ("organisation", "document", "url", "licence", "mode"),
}


class CpvCodesField(CpvListField):
    """The same, as rows of the vocabulary."""

    def clean(self, value):
        return list(CpvCode.objects.filter(code__in=super().clean(value)))

    def prepare_value(self, value):
        return ", ".join(row.code for row in value) if isinstance(value, list) else value


class OpenClauseForm(WagtailAdminModelForm):
    cpv_codes = CpvCodesField()
    tag_words = forms.CharField(
        label=_("Mots-clés"), required=False, help_text=_("Cinq au plus, séparés par des virgules.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.author_id is None and self.for_user is not None:
            self.instance.author, self.instance.state = self.for_user, ClauseState.DRAFT
        if "tag_words" in self.fields:
            names = [item.tag.name for item in self.instance.tagged_items.all()]
            self.initial.setdefault("tag_words", ", ".join(names))

    def clean_tag_words(self) -> list:
        try:
            return tags_for([name.strip() for name in self.cleaned_data["tag_words"].split(",") if name.strip()])
        except Invalid as refusal:
            raise forms.ValidationError(refusal.message) from None

    def is_valid(self) -> bool:
        """The rows are known once they are valid: what is published is then held to the checklist."""
        valid = super().is_valid()
        approved = self.data.get("workflow-action-name") == APPROVAL
        if valid and (approved or "action-publish" in self.data):
            for finding in refusals_among(check_content(self.content())):
                excerpt = f" « {finding.excerpt} »" if finding.excerpt else ""
                self.add_error(finding.field if finding.field in self.fields else None, f"{finding.message}{excerpt}")
            return not self.errors
        return valid

    def content(self) -> dict[str, Any]:
        content = to_content(self.instance)
        rows = {name: self._rows(name) for name in (*ROWS, "bases", "links") if name in self.formsets}
        if "scale" in rows:
            content["criterion"]["scale"] = rows.pop("scale")
        if "objectives" in self.cleaned_data:
            content["objectives"] = [objective.code for objective in self.cleaned_data["objectives"]]
        for number, wording in enumerate(rows.get("wordings", ())):
            wording["key"] = wording["key"] or f"redaction-{number}"
        return {**content, **rows}

    def _rows(self, name: str) -> list[dict[str, Any]]:
        deleted = self.formsets[name].deleted_forms
        kept = [each for each in self.formsets[name].forms if each not in deleted and each.cleaned_data]
        return [self._row(name, each) for each in sorted(kept, key=lambda each: each.cleaned_data.get("ORDER") or 0)]

    def _row(self, name: str, form: forms.ModelForm) -> dict[str, Any]:
        values, row = form.cleaned_data, form.instance
        if name == "bases":
            provision, text = values.get("provision"), values.get("text")
            slug = provision.text.slug if provision else text.slug if text else ""
            return {"text": slug, "provision": provision.key if provision else "", "note": values.get("note", "")}
        if name == "links":
            target = values.get("target")
            return {"relation": values.get("relation"), "reference": target.reference if target else ""}
        return {field: values.get(field, getattr(row, field)) for field in ROWS[name]}

    def save(self, commit=True):
        if "tag_words" in self.cleaned_data:
            self.instance.tagged_items = [ClauseTag(tag=tag) for tag in self.cleaned_data["tag_words"]]
        return super().save(commit=commit)
