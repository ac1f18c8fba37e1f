"""Addresses that one shares or types: slugs and codes, accents and capitals accepted, never a number of ours."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.factories import MemberFactory, MembershipFactory, PurchaseFamilyFactory, QuestionFactory, SpaceFactory

pytestmark = pytest.mark.django_db
LIST, ASK = reverse("question_list"), reverse("question_ask")


@pytest.fixture(autouse=True)
def fresh_vocabularies():
    cache.clear()


@pytest.fixture
def family():
    return PurchaseFamilyFactory(code="ENE", slug="energie-et-fluides", label="Énergie et fluides")


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def titles(client, **query) -> list[int]:
    return [row["pk"] for row in client.get(LIST, query).context["rows"]]


@pytest.mark.parametrize("typed", ["energie-et-fluides", "ENE", "ene", "Énergie et fluides", "ENERGIE ET FLUIDES"])
def test_a_family_is_said_by_its_slug_its_code_or_its_name(client, family, typed):
    filed, other = QuestionFactory(family=family), QuestionFactory()
    page = client.get(LIST, {"famille": typed})
    assert [row["pk"] for row in page.context["rows"]] == [filed.pk]
    links = [tab["url"] for tab in page.context["form"].tabs()]
    assert all("famille=energie-et-fluides" in url for url in links), "links go on with the address of the family"
    assert [each["label"] for each in page.context["form"].active()] == ["Énergie et fluides"]
    assert other.pk in titles(client)


@pytest.mark.parametrize("typed", ["reseau-des-hopitaux", "Réseau des hôpitaux", "RESEAU DES HOPITAUX"])
def test_a_space_is_said_by_its_slug_or_its_name(client, typed):
    space = SpaceFactory(slug="reseau-des-hopitaux", visibility="open")
    filed = QuestionFactory(space=space)
    QuestionFactory()
    assert titles(client, espace=typed) == [filed.pk]


@pytest.mark.parametrize("typed", ["ma-place", "Ma Place", "pk", "absent", ""])
def test_asking_begins_in_the_place_of_the_address(typed):
    membership = MembershipFactory(space__slug="ma-place")
    client = signed_in(membership.member)
    value = str(membership.space_id) if typed == "pk" else typed
    form = client.get(ASK, {"espace": value}).context["form"]
    expected = membership.space_id if typed in {"ma-place", "Ma Place"} else None
    assert form.initial.get("space") == expected


def test_asking_begins_in_no_place_where_one_may_not_ask():
    SpaceFactory(slug="fermee", private=True)
    form = signed_in(MemberFactory()).get(ASK, {"espace": "fermee"}).context["form"]
    assert form.initial.get("space") is None


@pytest.mark.parametrize("typed", ["energie-et-fluides", "ENE", "Énergie et fluides"])
def test_asking_begins_in_the_family_of_the_address(family, typed):
    client = signed_in(MemberFactory())
    assert client.get(ASK, {"famille": typed}).context["form"].initial["family"] == family.pk
    assert "family" not in client.get(ASK, {"famille": str(family.pk)}).context["form"].initial


def test_a_space_page_leads_to_asking_there(client):
    membership = MembershipFactory(space__slug="ma-place")
    client.force_login(membership.member)
    page = client.get(reverse("space_detail", args=["ma-place"])).content.decode()
    assert f"{ASK}?espace=ma-place" in page
