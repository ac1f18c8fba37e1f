"""The checklist as a page shows it: what stops, what to know, and what is right already."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from clauses.library.vocabularies import CRITERIA, TEMPLATES

from .findings import Finding


@dataclass(frozen=True, slots=True)
class Verdict:
    """`tone`: danger, warning or success; `field`: of the form, where to mend."""

    tone: str
    text: Any
    excerpt: str = ""
    field: str = ""


GOOD_OF_ALL = (
    (("label_without_equivalent",), _("Aucun label sans « ou équivalent »")),
    (("law_out_of_force", "law_not_yet"), _("Textes cités en vigueur")),
)
GOOD_OF_VARIABLES = (("variable_not_described", "variable_twice"), _("Chaque variable a son explication"))
GOOD_OF_CRITERIA = (
    (("criterion_without_definition",), _("Le critère dit ce qui est évalué")),
    (("criterion_without_proof",), _("Une preuve est demandée")),
    (("criterion_without_requirement",), _("Il renvoie à une exigence du contrat")),
    (("criterion_on_general_policy",), _("Il ne note pas la politique générale de l’entreprise")),
)


def verdicts(content: dict[str, Any], findings: Iterable[Finding]) -> list[Verdict]:
    findings = list(findings)
    codes = {finding.code for finding in findings}
    told = [
        Verdict("danger" if finding.stops else "warning", finding.message, finding.excerpt, finding.field)
        for finding in findings
    ]
    good = list(GOOD_OF_ALL)
    if content["kind"] not in TEMPLATES:
        good.append(GOOD_OF_VARIABLES)
    if content["kind"] in CRITERIA:
        good += GOOD_OF_CRITERIA
    return told + [Verdict("success", words) for bad, words in good if codes.isdisjoint(bad)]
