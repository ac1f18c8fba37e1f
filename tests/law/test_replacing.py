"""What is written over a citation of a replaced text, and what is left to a reader."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from community.law import actions as law_actions
from community.law.models import LegalProvision, LegalText
from community.law.replacing import pairs_among, replaced
from community.law.vocabulary import current_vocabulary

pytestmark = pytest.mark.django_db
OUT = date(2026, 9, 1)


def provision(slug: str, key: str, label: str, **fields) -> LegalProvision:
    text = LegalText.objects.get(slug=slug)
    return LegalProvision.objects.create(text=text, key=key, label=label, title=key, **fields)


def provision_of(text: LegalText) -> LegalProvision:
    return LegalProvision(text=text, label="902", title="Part")


@pytest.fixture
def mend(law, jurist):
    """Texts and articles that left, each with what stands in its place; the words of the law as they become."""
    by_slug = {text.slug: text for text in LegalText.objects.all()}
    for old, new in (("arrete-2024-02-29", "loi-reen"), ("loi-devoir-de-vigilance", "decret-2025-1386")):
        law_actions.repeal_text(actor=jurist, text=by_slug[old], on=OUT, replaced_by=by_slug[new])
    environment = provision("code-de-l-environnement", "L999-2", "L. 999-2")
    provision("code-de-l-environnement", "L999-1", "L. 999-1", repealed_on=OUT, replaced_by=environment)
    far = provision("code-de-la-commande-publique", "L9999-1", "L. 9999-1", repealed_on=OUT, replaced_by=environment)
    near = provision("code-de-la-commande-publique", "L9999-2", "L. 9999-2")
    provision("code-de-la-commande-publique", "L9999-3", "L. 9999-3", repealed_on=OUT, replaced_by=near)
    provision("loi-agec", "901", "901", repealed_on=OUT, replaced_by=far)
    # What was written around the actions is read again with the next change.
    law_actions.create_provision(actor=jurist, provision=provision_of(by_slug["loi-agec"]))
    vocabulary = current_vocabulary()
    pairs = pairs_among(list(vocabulary.facts), vocabulary, timezone.localdate())
    return lambda text: replaced(text, vocabulary, pairs)


REWRITTEN = {
    "Selon le décret n° 2021-254, relisez.": "Selon le décret n° 2024-134, relisez.",
    "Décret 2021-254 : à lire.": "Décret n° 2024-134 : à lire.",
    "Selon le décret n° 2021-254 du 9 mars 2021.": "Selon le décret n° 2024-134.",
    "En vertu de l’arrêté du 29 février 2024.": "En vertu de la loi REEN.",
    "Conforme à l'arrêté du 29 février 2024.": "Conforme à la loi REEN.",
    "Au titre de la loi 2017-399 du 27 mars 2017.": "Au titre du décret n° 2025-1386.",
    "L’article L. 9999-3 s’applique.": "L’article L. 9999-2 s’applique.",
    "L’article L. 9999-1 s’applique.": "L’article L. 999-2 du code de l’environnement s’applique.",
    "Voir l’article 901 de la loi AGEC.": "Voir l’article L. 999-2 du code de l’environnement.",
    "Voir L. 999-1 du code de l’environnement.": "Voir L. 999-2 du code de l’environnement.",
    "La loi AGEC, art. 901, l’exige.": "Le code de l’environnement, art. L. 999-2, l’exige.",
    "[le décret 2021-254](https://exemple.fr/x)": "[le décret n° 2024-134](PAGE)",
}
LEFT = (
    "Le décret n° 2021-254 a été abrogé : ne le citez plus.",
    "Le décret n° 2021-254, remplacé par le décret n° 2024-134.",
    "Selon l’article 2 du décret n° 2021-254.",
    "Décret n° 2021-254, article 2.",
    "Le décret n° 2021-254 du 9 mars 2021 relatif à l’obligation d’acquisition.",
    "> Le décret n° 2021-254 dit ceci.",
    "Écrivez `décret 2021-254` ainsi.",
    "Les articles L. 9999-1 à L. 9999-3 s’appliquent.",
    "Rien du droit ici.",
)


def test_a_citation_becomes_that_of_what_stands_today(mend):
    page = reverse("legal_text", args=["decret-2024-134"])
    for before, after in REWRITTEN.items():
        assert mend(before).replace("\u00a0", " ") == after.replace("PAGE", page), before


def test_what_needs_a_reader_is_left_to_her(mend):
    for text in LEFT:
        assert mend(text) == text
