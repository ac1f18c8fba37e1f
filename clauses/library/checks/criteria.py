"""What a criterion says: what is assessed, on what proof, against which requirement of the contract.

TA Grenoble, 14 November 2025, n° 2510707, for the definition; articles L. 2152-7 and L. 2152-8 for the link. Nobody
scores a company's general policy: a criterion holds to the object of the contract or to how it is carried out.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from clauses.library.vocabularies import CRITERIA, Relation
from community.law.vocabulary import fold

from .findings import Finding, refusal, warning
from .texts import criterion_texts, excerpt_at, sentences, wording_texts

MIN_DEFINITION = 30
MIN_WEIGHT = 10
MAX_WEIGHT = 100
LINKING = frozenset({Relation.PAIR, Relation.REQUIREMENT})

NO_DEFINITION = _(
    "Dites ce qui est évalué, en une phrase au moins : un critère sans définition a été jugé irrégulier "
    "(TA Grenoble, 14 novembre 2025, n° 2510707)."
)
NO_PROOF = _("Dites sur quelles preuves le critère est jugé.")
NO_REQUIREMENT = _("Liez le critère à l’exigence du contrat qu’il vient noter (articles L. 2152-7 et L. 2152-8).")
NO_ELEMENTS = _("Dites ce que l’offre doit contenir pour être jugée sur ce critère.")
NO_SCALE = _("Donnez un barème ou une méthode de notation : les candidats savent alors comment ils seront jugés.")
NO_WEIGHT = _("Conseillez une pondération.")
LOW_WEIGHT = _("En dessous de 10 %, un critère ne départage pas les offres.")
WEIGHTS_OUT = _("Une pondération va de 1 à 100 %.")
WEIGHTS_REVERSED = _("La pondération minimale dépasse la maximale : échangez-les.")
GENERAL_POLICY = _(
    "La politique générale de l’entreprise ne se note pas. Demandez ce qu’elle fera pour ce marché : "
    "formation des équipes affectées, suivi pendant l’exécution."
)

_WHO = (
    r"(?:l'entreprise|l'etablissement|l'operateur(?: economique)?|la societe"
    r"|(?:du |des |le |les )?(?:candidat|soumissionnaire|titulaire|fournisseur|entreprise|societe)s?)"
)
_STANCE = r"(?:politiques?|strategies?|demarches?|engagements?|chartes?)"
_RSE = r"(?:rse|responsabilite (?:societale|sociale)(?: et environnementale)?)"
_POLICY = re.compile(
    rf"(?<![a-z]){_STANCE} (?:[a-z]+ ){{0,4}}?(?:general(?:e|es)?|global(?:e|es)?)(?![a-z])"
    rf"|(?<![a-z]){_STANCE} (?:[a-z'-]+ ){{1,6}}?(?:de |d'|du |des )?{_WHO}(?![a-z])"
    rf"|(?<![a-z]){_RSE} (?:de |d'|du |des )?{_WHO}(?![a-z])"
    rf"|(?<![a-z])(?:demarche|politique|certification|note|notation) rse(?![a-z])"
    rf"|(?<![a-z])bilan (?:carbone|des emissions)(?: de gaz a effet de serre)? (?:de |d'|du |des )?{_WHO}(?![a-z])"
)
_CONTRACT = r"(?:marche|contrat|accord-cadre|prestation|lot|chantier)s?"
# « … pour l’exécution du marché » ties it to the contract; « … n’est pas notée » says the rule.
_TIED = re.compile(
    rf"(?:execution|objet|dans le cadre|au titre) (?:du|de ce|de la|de l'|d'un|des)(?: present)? ?{_CONTRACT}"
    rf"|(?<![a-z])(?:pour|dans) (?:ce|le|le present|les) {_CONTRACT}"
    rf"|(?<![a-z])(?:affecte|dedie|propre)e?s? (?:au|a ce|aux) {_CONTRACT}"
)
# « Les engagements que le candidat inscrit dans son offre »: what it promises for this contract, word for word.
_WROTE = r"(?:inscri|ecri|formul|chiffr|detaill|consign)[a-z]*"
_OFFER = r"(?:dans|a|par) (?:son|sa|leur|l'|cette|la) ?(?:offre|memoire|reponse|proposition|cadre de reponse)"
_PROMISED = re.compile(
    rf"(?<![a-z])engagements? (?:que |qu'|dont )(?:{_WHO} )(?:[a-z]+ ){{0,2}}?(?:{_WROTE}|[a-z]+ {_OFFER})(?![a-z])"
)
_DENIED = re.compile(
    r"(?<![a-z])n(?:e |')(?:[a-z']+ ){0,4}(?:pas|point|jamais|ni|aucun|plus)(?![a-z])|(?<![a-z])non pas(?![a-z])"
)


def check_criterion(content: dict[str, Any]) -> Iterator[Finding]:
    if content["kind"] not in CRITERIA:
        return
    criterion = content["criterion"]
    if len(criterion["assessed"].strip()) < MIN_DEFINITION:
        yield refusal("criterion_without_definition", "assessed", NO_DEFINITION, criterion["assessed"].strip())
    if not content["proofs"].strip():
        yield refusal("criterion_without_proof", "proofs", NO_PROOF)
    if not any(link["relation"] in LINKING for link in content["links"]):
        yield refusal("criterion_without_requirement", "links", NO_REQUIREMENT)
    if not criterion["expected_elements"].strip():
        yield warning("criterion_without_elements", "expected_elements", NO_ELEMENTS)
    if not criterion["scale"] and not criterion["scoring_method"].strip():
        yield warning("criterion_without_scale", "scale", NO_SCALE)
    yield from check_weights(criterion["weight_min"], criterion["weight_max"])
    yield from check_policy(content)


def check_weights(lowest: int | None, highest: int | None) -> Iterator[Finding]:
    given = [weight for weight in (lowest, highest) if weight is not None]
    if not given:
        yield warning("criterion_without_weight", "weight_min", NO_WEIGHT)
        return
    if not all(0 < weight <= MAX_WEIGHT for weight in given):
        yield refusal("criterion_weight_out", "weight_min", WEIGHTS_OUT)
    elif given != sorted(given):
        yield refusal("criterion_weights_reversed", "weight_min", WEIGHTS_REVERSED)
    elif given[0] < MIN_WEIGHT:
        yield warning("criterion_weight_low", "weight_min", LOW_WEIGHT)


def check_policy(content: dict[str, Any]) -> Iterator[Finding]:
    # Titles too: a criterion is known, and scored, under its name.
    named = [("title", content["title"]), *(("wordings", wording["title"]) for wording in content["wordings"])]
    for field, text in (*named, *wording_texts(content), *criterion_texts(content), ("proofs", content["proofs"])):
        place = find_general_policy(text)
        if place is not None:
            yield refusal("criterion_on_general_policy", field, GENERAL_POLICY, excerpt_at(text, *place))


def find_general_policy(text: str) -> tuple[int, int] | None:
    """Where the first sentence that scores a company, rather than what it does for the contract, says so."""
    for start, sentence in sentences(fold(text)):
        # As long as it was, so that places stay right.
        read = _PROMISED.sub(lambda promise: " " * len(promise[0]), sentence)
        found = _POLICY.search(read)
        if found and not _TIED.search(sentence) and not _DENIED.search(sentence):
            return start + found.start(), start + found.end()
    return None
