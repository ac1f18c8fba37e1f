"""What a list offers beside its rows, who is proposed in a mention, and what an archived space keeps."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from qa.actions.edit import edit_answer
from tests.factories import AnswerFactory, MemberFactory, PurchaseFamilyFactory, QuestionFactory, SpaceFactory

pytestmark = pytest.mark.django_db


def feeds(client, **asked) -> list[str]:
    page = client.get(reverse("question_list"), asked).content.decode()
    return re.findall(r'type="application/atom\+xml"[^>]* href="([^"]*)"', page)


@pytest.mark.parametrize(
    ("asked", "feed"),
    [
        ({}, "/questions/flux/"),
        ({"famille": "mobilier"}, "/questions/flux/famille/mobilier/"),
        ({"espace": "cercle"}, "/questions/flux/espace/cercle/"),
        ({"famille": "mobilier", "espace": "cercle"}, ""),
        ({"vue": "sans-reponse"}, ""),
        ({"type": "discussion"}, ""),
    ],
)
def test_a_list_has_the_feed_of_what_it_shows_or_none(client, asked, feed):
    family = PurchaseFamilyFactory(label="Mobilier", slug="mobilier")
    QuestionFactory(family=family, space=SpaceFactory(slug="cercle"))
    QuestionFactory(family=family)
    assert feeds(client, **asked) == ([feed] if feed else [])


@pytest.mark.parametrize("typed", ["maelys", "MAËL", "kerven", "Kerven maë", "maëlys le", "le goff"])
def test_a_name_is_proposed_with_or_without_its_accents(client, typed):
    member = MemberFactory(first_name="Maëlys", last_name="Kerven" if "erven" in typed else "Le Goff")
    client.force_login(MemberFactory())
    found = client.get(reverse("mention_suggest"), {"q": typed}).json()["results"]
    assert [each["id"] for each in found] == [member.public_id]


def test_what_an_archived_space_keeps_is_changed_by_its_authors_no_more():
    space = SpaceFactory()
    answer = AnswerFactory(question=QuestionFactory(space=space))
    space.archived_at = timezone.now()
    space.save()
    answer.refresh_from_db()
    with pytest.raises(PermissionDenied):
        edit_answer(answer=type(answer).objects.get(pk=answer.pk), actor=answer.author, body="Autre chose.")
