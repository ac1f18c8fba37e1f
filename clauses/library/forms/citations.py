from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.library.vocabularies import MAX_BASES, MAX_LINE
from community.law import citations
from community.law.models import LegalProvision, LegalText

SEPARATOR = " : "


class CitedLawField(forms.CharField):
    """One text or article a line, as people cite it; after a colon, what it says for the clause."""

    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            max_length=MAX_BASES * (MAX_LINE + 120),
            label=_("Articles et textes cités"),
            help_text=_("Un par ligne, comme « L. 2112-2 : ce qu’il dit pour cette clause »."),
            widget=forms.Textarea(attrs={"rows": 4}),
            **kwargs,
        )

    def prepare_value(self, value):
        if not isinstance(value, list):
            return value
        return "\n".join(SEPARATOR.join(part for part in (name_of(row), row["note"]) if part) for row in value)

    def clean(self, value) -> list[dict[str, str]]:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MAX_BASES:
            raise forms.ValidationError(_("Gardez au plus %(most)d lignes ici.") % {"most": MAX_BASES})
        return [row for line in lines for row in self._rows(line)]

    def _rows(self, line: str) -> list[dict[str, str]]:
        name, _colon, note = line.replace("\u00a0:", " :").partition(SEPARATOR)
        found = citations.find(name)
        if not found:
            raise forms.ValidationError(
                _("« %(line)s » n’est pas dans la base des textes. Vérifiez le numéro, ou retirez la ligne.")
                % {"line": name[:80]}
            )
        note = note.strip()[:MAX_LINE]
        return [content_of(citation.kind, citation.pk) | {"note": note} for citation in found]


def content_of(kind: str, pk: int) -> dict[str, str]:
    if kind == citations.TEXT:
        return {"text": LegalText.objects.get(pk=pk).slug, "provision": ""}
    provision = LegalProvision.objects.select_related("text").get(pk=pk)
    return {"text": provision.text.slug, "provision": provision.key}


def name_of(row: dict[str, Any]) -> str:
    """As the recogniser reads it back: « L. 2112-2 (Code de la commande publique) »."""
    text = LegalText.objects.filter(slug=row["text"]).first()
    if text is None or not row["provision"]:
        return text.short_title if text else row["text"]
    provision = text.provisions.filter(key=row["provision"]).first()
    if provision is None:
        return f"{row['provision']} ({text.short_title})"
    lettered = provision.key[:1] in "LRD" and provision.key[1:2].isdigit()
    return f"{provision.label} ({text.short_title})" if lettered else f"article {provision.label} ({text.short_title})"
