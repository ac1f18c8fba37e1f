"""Every `{variable}` of a wording is described, every described one is used."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from clauses.library.content import BRACES, variables_of

from .findings import Finding, refusal, warning
from .texts import excerpt_at, wording_texts

NOT_DESCRIBED = _("Expliquez cette variable : son nom, et si possible ce qui guide le choix.")
TWICE = _("Cette variable est expliquée deux fois : gardez une seule ligne.")
NOT_USED = _("Cette variable n’est dans aucune rédaction : retirez-la, ou ajoutez-la au texte entre accolades.")
BAD_BRACES = _(
    "Écrivez la variable en minuscules sans accent ni espace, comme « {taux_reemploi} », pour qu’elle soit repérée."
)
_ANY_BRACES = re.compile(r"\{([^{}\n]{1,80})\}")


def check_variables(content: dict[str, Any]) -> Iterator[Finding]:
    used = variables_of(content)
    described = [variable["key"] for variable in content["variables"]]
    labelled = {variable["key"] for variable in content["variables"] if variable["label"].strip()}
    for key in used:
        if key not in labelled:
            yield refusal("variable_not_described", "variables", NOT_DESCRIBED, f"{{{key}}}")
    for key in dict.fromkeys(described):
        if described.count(key) > 1:
            yield refusal("variable_twice", "variables", TWICE, f"{{{key}}}")
        if key not in used:
            yield warning("variable_not_used", "variables", NOT_USED, f"{{{key}}}")
    for field, text in wording_texts(content):
        for match in _ANY_BRACES.finditer(text):
            if not BRACES.fullmatch(match[0]):
                yield warning("variable_malformed", field, BAD_BRACES, excerpt_at(text, *match.span()))
