"""What the page of a clause sends elsewhere: a question about it, the copy that was made of it."""

import re
from html import unescape

import pytest

from clauses.library.addresses import clause_url
from clauses.library.models import Clause, ClauseCopy
from qa.addresses import question_url
from qa.models import Question
from tests.factories import ClauseFactory, MemberFactory, PurchaseFamilyFactory

pytestmark = pytest.mark.django_db


def ask_address(client, clause) -> str:
    found = re.search(r'href="(/[^"]*\?texte=[^"]*)"', client.get(clause_url(clause)).content.decode())
    return unescape(found[1]) if found else ""


@pytest.mark.parametrize("with_family", [True, False])
def test_a_question_asked_from_the_page_of_a_clause_is_tied_to_it(client, with_family):
    client.force_login(MemberFactory())
    family = PurchaseFamilyFactory() if with_family else None
    clause = ClauseFactory(family=family)
    form = client.get(ask_address(client, clause)).context["form"]
    body = form["body"].value()
    assert body == f"{clause.reference} : "
    assert form["family"].value() == (family.pk if family else None)
    title = "Combien de jours laisser au titulaire ?"
    told = {"kind": "question", "title": title, "body": f"{body}quel délai ?", "attach": "nothing", "naming": "name"}
    client.post("/questions/poser/", told)
    question = Question.objects.get()
    assert question_url(question) in client.get(clause_url(clause)).content.decode()
    assert clause_url(clause) in client.get(question_url(question)).content.decode()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("1", 1), ("2", 2), ("3", 3), (None, 3), ("", 3), ("0", 3), ("4", 3), ("-1", 3), ("²", 3), ("9" * 40, 3)],
)
def test_a_copy_is_of_the_version_that_was_read(client, sent, kept):
    clause = ClauseFactory()
    Clause.objects.filter(pk=clause.pk).update(version=3)
    client.force_login(MemberFactory())
    told = {"form": "plain", "wording": "x"} | ({} if sent is None else {"version": sent})
    assert client.post(f"/clauses/{clause.pk}/copie/", told).status_code == 204
    assert ClauseCopy.objects.get().version == kept


def test_a_tab_left_open_still_tells_the_version_it_shows(client):
    clause = ClauseFactory()
    client.force_login(MemberFactory())
    assert 'data-clause-version-value="1"' in client.get(clause_url(clause)).content.decode()
    Clause.objects.filter(pk=clause.pk).update(version=2)
    assert client.post(f"/clauses/{clause.pk}/copie/", {"form": "rich", "version": "1"}).status_code == 204
    assert 'id="version-copiee"' in client.get(clause_url(clause)).content.decode()
