"""The confidentiality guard of a form: what to read again before publishing, and what was decided of each passage."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from community.core import guard

MASK = "[…]"
MAX_KEPT = 60
SHORT_NAMES = {
    "company": _("un nom d’entreprise"),
    "price": _("un prix proposé"),
    "procedure_number": _("un numéro de procédure"),
    "person": _("une personne"),
    "email": _("une adresse électronique"),
    "phone": _("un numéro de téléphone"),
    "siret": _("un numéro SIRET ou SIREN"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    excerpt: str
    name: str
    advice: str


class GuardedForm(forms.Form):
    """`guarded` names the fields that are inspected. Nothing is published while a passage is undecided: it is masked
    (`mask`), kept (`keep`), or all are kept at once (`guard_acknowledged`).
    """

    guarded: tuple[str, ...] = ()

    @classmethod
    def decided(cls, data):
        """The posted values after a decision on one passage: masked in every text, or added to those kept."""
        data = data.copy()
        kept = data.getlist("kept")[:MAX_KEPT]
        if masked := data.get("mask"):
            for name in cls.guarded:
                data[name] = data.get(name, "").replace(masked, MASK)
        if keep := data.get("keep"):
            kept.append(keep)
        data.setlist("kept", list(dict.fromkeys(kept)))
        return data

    @property
    def kept(self) -> list[str]:
        return self.data.getlist("kept")[:MAX_KEPT] if hasattr(self.data, "getlist") else []

    @property
    def is_acknowledged(self) -> bool:
        return bool(self.data.get("guard_acknowledged"))

    def passages(self) -> list[Passage]:
        """What looks confidential in the texts and was not decided yet, once each."""
        kept, found = set(self.kept), {}
        for name in self.guarded:
            for finding in guard.inspect(str(self.data.get(name, ""))):
                if finding.excerpt not in kept:
                    found.setdefault(
                        finding.excerpt, Passage(finding.excerpt, str(SHORT_NAMES[finding.kind]), str(finding.message))
                    )
        return list(found.values())
