"""What the page of a version says has changed: all that the clause says, and only that."""

import pytest

from clauses.library.actions.publish import publish_clause
from clauses.library.content import apply_content, to_content
from clauses.library.models import Clause
from community.law.models import LegalProvision, LegalText
from tests.factories import ClauseFactory, MemberFactory

pytestmark = pytest.mark.django_db

UNCHANGED = "seul son classement est différent"
VARIABLE = {"key": "delai", "label": "délai", "unit": "jours", "default": "30"}


def differences(client, **changes) -> str:
    """The page of the second version of a criterion, after these changes."""
    clause = Clause.objects.get(pk=ClauseFactory(criterion=True, links_to=ClauseFactory()).pk)
    apply_content(clause, to_content(clause) | changes)
    clause.save()
    publish_clause(clause=clause, actor=MemberFactory(staff=True), note="Mise à jour.")
    return client.get(f"/clauses/{clause.pk}/versions/2/").content.decode().partition('id="differences"')[2]


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"variables": [VARIABLE | {"unit": "semaines"}]}, "semaines"),
        ({"variables": [VARIABLE | {"default": "45"}]}, "45"),
        ({"variables": [VARIABLE | {"minimum": "17", "maximum": "58"}]}, "58"),
        ({"valid_from": "2027-02-01"}, "1er février 2027"),
        ({"valid_until": "2031-03-14"}, "14 mars 2031"),
        ({"bases": [{"text": "code-essai", "provision": "L7", "note": ""}]}, "L7"),
        ({"bases": [{"text": "code-essai", "provision": "", "note": "Pour les denrées."}]}, "Pour les denrées."),
    ],
)
def test_what_else_the_clause_says_is_compared(client, changes, shown):
    text = LegalText.objects.create(slug="code-essai", nature="code", short_title="Code", title="Code d’essai")
    LegalProvision.objects.create(text=text, key="L7", label="L. 7", title="Objet")
    page = differences(client, **changes)
    assert shown in page and UNCHANGED not in page


def test_a_weight_that_changes_is_told_in_words(client):
    criterion = to_content(ClauseFactory(criterion=True))["criterion"]
    page = differences(client, criterion=criterion | {"weight_max": 40})
    assert "Pondération conseillée" in page and "40" in page and UNCHANGED not in page


def test_a_clause_only_sorted_otherwise_says_the_same(client):
    assert UNCHANGED in differences(client, natures=["services"])
