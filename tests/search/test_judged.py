"""A buyer's words find what she expects among the first five, on whichever store the tests run."""

import pytest
from django.core.management import call_command

from bench import judged
from community.members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def reader(django_db_setup, django_db_blocker):
    """A verified member among the demo's contents, in a transaction of their own."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        call_command("demo", verbosity=0)
        call_command("search", "rebuild", verbosity=0)
        yield Member.objects.verified().persons().filter(is_staff=False).earliest("pk")
        transaction.set_rollback(True)


@pytest.mark.parametrize("writing", judged.WRITINGS)
def test_what_is_expected_is_among_the_first(reader, writing):
    found = judged.ranks(reader, writing)
    assert judged.recall(found) >= judged.LEAST_RECALL, [text for text, rank in found.items() if not rank]


@pytest.mark.parametrize(
    "text",
    ["clause insertion nettoyage", "ccap penalite", "acheteur·rices formation", "chaussee", "L2112-2", "45233",
     "appel d'offre restaurtion"],
)  # fmt: skip
def test_the_box_answers_what_a_buyer_types(reader, text):
    wanted = next(each for each in judged.JUDGED if each["text"] == text)
    assert judged.rank_of(reader, text, wanted["right"])


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Comment pondérer le critère environnemental sur un marché de nettoyage de locaux ?",
         ["Pondération environnementale à 10 ou 15 %"]),
        ("Quelles pénalités prévoir en cas de non-respect de la clause d’insertion par le titulaire ?",
         ["Pénalités d’insertion"]),
        ("Je cherche une clause pour imposer des heures d’insertion aux entreprises de nettoyage",
         ["Clause sociale d’insertion"]),
    ],
)  # fmt: skip
def test_a_sentence_finds_what_it_asks(reader, sentence, right):
    assert judged.rank_of(reader, sentence, right)


def test_quality_is_counted_by_ranks():
    found = {"first": 1, "second": 2, "absent": 0, "first too": 1}
    assert judged.recall(found) == 0.75
    assert judged.mean_reciprocal_rank(found) == 0.625
