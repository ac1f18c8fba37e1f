"""The need of a dossier, from real contracts: `decp_objects.csv` is 500 lines of the essential data of 2018-2019, one
in twenty-one, as they were published (données essentielles de la commande publique, Licence Ouverte 2.0).
"""

import csv
from itertools import cycle
from pathlib import Path

import pytest
from django.core.management import call_command

from clauses.dossiers.actions.dossier import create_dossier
from clauses.dossiers.forms.dossier import DossierForm, suggestions_for
from clauses.dossiers.models import Dossier
from clauses.dossiers.views.lists import title_from
from clauses.dossiers.vocabularies import MAX_NEED, MAX_TITLE
from community.core.richtext import normalise_text
from community.taxonomy.models import CpvCode
from tests.factories import MemberFactory

SAMPLE = Path(__file__).parent / "decp_objects.csv"


@pytest.fixture
def reference(db):
    call_command("load_reference", verbosity=0)


def contracts() -> list[dict[str, str]]:
    with SAMPLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_five_hundred_real_objects_open_a_dossier_with_a_family_proposed_or_honestly_none(reference):
    known = set(CpvCode.objects.values_list("code", flat=True))
    # Nobody opens more than sixty a day.
    owners = cycle(MemberFactory.create_batch(10))
    proposed, coded, wrong = 0, 0, []
    for row in contracts():
        need = row["objet"][:MAX_NEED]
        # A code that is none is hers to mend: she leaves it out. An object that says nothing leaves the title to her.
        cpv = row["cpv"] if row["cpv"] in known else ""
        coded += bool(cpv)
        title = title_from(need)
        form = DossierForm.sent({"title": title or "Sans objet", "need": need, "cpv": cpv})
        hints = form.fields["suggested"].choice_hints
        proposed += bool(hints)
        if not all(hints.values()):
            wrong.append((row, "a family is proposed without a reason"))
        if not form.is_valid() or len(title) > MAX_TITLE:
            wrong.append((row, form.errors))
            continue
        dossier = create_dossier(actor=next(owners), description=form.description())
        dossier = Dossier.objects.select_related("cpv").get(pk=dossier.pk)
        if (dossier.need, dossier.cpv.code if dossier.cpv else "", dossier.family_id) != (said(need), cpv, None):
            wrong.append((row, "the dossier does not say what was told, or took a family that nobody chose"))
    assert wrong == []
    assert Dossier.objects.count() == len(contracts()) == 500
    # Nearly all codes are real ones.
    assert 400 <= coded <= 500
    # DOMAIN.md §2.6: the code alone settles four in five; the others get candidates from the words, or nothing.
    assert 400 <= proposed < 500


def said(need: str) -> str:
    return normalise_text(need).strip()


def test_a_family_that_is_chosen_among_those_proposed_is_taken(reference):
    row = next(row for row in contracts() if suggestions_for(row["objet"], row["cpv"]))
    first = suggestions_for(row["objet"], row["cpv"])[0]
    sent = {"title": "Marché", "need": row["objet"], "cpv": row["cpv"], "suggested": str(first.family.pk)}
    form = DossierForm.sent(sent)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["family"] == first.family


@pytest.mark.django_db
def test_what_was_not_proposed_is_not_taken():
    form = DossierForm.sent({"title": "Marché", "need": "", "cpv": "", "suggested": "12"})
    assert form.is_valid()
    assert form.cleaned_data["family"] is None
