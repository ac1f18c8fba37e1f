"""What the page of a clause sends elsewhere: a question about it."""

import re
from html import unescape

import pytest

from clauses.library.addresses import clause_url
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
