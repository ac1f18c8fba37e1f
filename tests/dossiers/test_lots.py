"""What was written for a lot stays with it when the lots are written again."""

import pytest

from clauses.dossiers.actions.dossier import Description, edit_dossier
from tests.dossiers.support import dossier_of, member, with_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("A B C", "A B C", {"A": "1. A", "B": "2. B", "C": "3. C"}, id="untouched"),
        pytest.param("A B C", "B C", {"A": "", "B": "1. B", "C": "2. C"}, id="first removed"),
        pytest.param("A B C", "B A C", {"A": "2. A", "B": "1. B", "C": "3. C"}, id="swapped"),
        pytest.param("A B C", "C A B", {"A": "2. A", "B": "3. B", "C": "1. C"}, id="turned"),
        pytest.param("A B C", "X A B C", {"A": "2. A", "B": "3. B", "C": "4. C"}, id="put before"),
        pytest.param("A B C", "A X C", {"A": "1. A", "B": "2. X", "C": "3. C"}, id="renamed"),
        pytest.param("A B C", "B A X", {"A": "2. A", "B": "1. B", "C": "3. X"}, id="swapped and renamed"),
        pytest.param("A B", "X", {"A": "1. X", "B": ""}, id="renamed and removed"),
        pytest.param("A B", "", {"A": "", "B": ""}, id="all removed"),
    ],
)
def test_articles_follow_their_lot(before, after, expected):
    dossier = dossier_of(member(), lots=tuple(before.split()))
    articles = {lot.title: with_article(dossier, lot=lot) for lot in dossier.lots.all()}
    words = Description(title=dossier.title, lots=tuple(after.split()))
    edit_dossier(dossier=dossier, actor=dossier.owner, description=words, expected=1)
    numbered = [f"{number}. {title}" for number, title in enumerate(after.split(), start=1)]
    assert [str(lot) for lot in dossier.lots.all()] == numbered
    for title, article in articles.items():
        article.refresh_from_db()
        assert str(article.lot or "") == expected[title]


def test_of_two_lots_alike_the_one_that_did_not_move_stays():
    dossier = dossier_of(member(), lots=("A", "A", "B"))
    rows = {lot.number: lot.pk for lot in dossier.lots.all()}
    words = Description(title=dossier.title, lots=("B", "A", "A"))
    edit_dossier(dossier=dossier, actor=dossier.owner, description=words, expected=1)
    assert {lot.number: lot.pk for lot in dossier.lots.all()} == {1: rows[3], 2: rows[2], 3: rows[1]}
