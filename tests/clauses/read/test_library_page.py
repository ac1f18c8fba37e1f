"""The page of the library: light whatever there is to filter by, and every filter within reach without JavaScript."""

import re

import pytest
from django.urls import reverse

from clauses.library.models import ClauseTag
from clauses.library.vocabularies import ClauseKind
from community.core.facet_forms import FOLDED_AT
from tests.factories import ClauseFactory, MemberFactory, PurchaseFamilyFactory, TagFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
MAX_BYTES = 60_000
LIST = "clause_list"


def page(client, query: str = "") -> str:
    response = client.get(reverse(LIST) + query)
    assert response.status_code == 200
    return response.content.decode()


def group(html: str, name: str) -> str:
    return re.search(rf'<fieldset class="facet" id="filtre-{name}">(.*?)</fieldset>', html, re.DOTALL)[1]


def values(html: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]+)"', group(html, name))


def more_url(html: str, name: str) -> str:
    return re.search(r'<a href="([^"]+)">Voir', group(html, name))[1].replace("&amp;", "&").split("#")[0]


@pytest.fixture
def kinds(db):
    """Each kind a little rarer than the one before."""
    found = list(ClauseKind.values)[: FOLDED_AT + 4]
    for rank, kind in enumerate(found):
        for _time in range(3 if rank < FOLDED_AT else 1):
            ClauseFactory(kind=kind)
    return found


def test_a_long_group_shows_ten_values_and_a_link_to_the_others(client, kinds):
    html = page(client)
    assert len(values(html, "type")) == FOLDED_AT
    assert "Voir les 4 autres" in group(html, "type")
    whole = page(client, more_url(html, "type"))
    assert len(values(whole, "type")) == len(kinds)
    assert "autres" not in group(whole, "type")
    assert '<input type="hidden" name="plus" value="type">' in whole


def test_what_is_chosen_is_always_shown(client, kinds):
    whole = values(page(client, "?plus=type"), "type")
    rare = next(value for value in whole if value not in values(page(client), "type"))
    html = page(client, f"?type={rare}")
    assert values(html, "type").count(rare) == 1
    assert f'value="{rare}" checked' in group(html, "type")
    assert len(values(html, "type")) == FOLDED_AT + 1


def test_one_value_more_is_not_worth_a_link(client):
    for kind in list(ClauseKind.values)[: FOLDED_AT + 1]:
        ClauseFactory(kind=kind)
    assert len(values(page(client), "type")) == FOLDED_AT + 1


def test_a_family_opens_without_being_chosen_and_keeps_the_other_filters(client):
    top = PurchaseFamilyFactory(label="Denrées", slug="denrees")
    ClauseFactory(family=PurchaseFamilyFactory(label="Viandes", slug="viandes", parent=top), kind="penalty")
    html = page(client, "?type=penalite-ou-incitation")
    assert values(html, "famille") == ["denrees"]
    link = re.search(r'<a href="([^"]+)">Préciser', group(html, "famille"))[1].replace("&amp;", "&").split("#")[0]
    opened = page(client, link)
    assert values(opened, "famille") == ["denrees", "viandes"]
    assert 'value="denrees" checked' not in opened
    assert 'value="penalite-ou-incitation" checked' in opened


@pytest.mark.parametrize("signed_in", [True, False])
def test_the_page_stays_under_sixty_kilobytes_with_every_filter_full(client, signed_in):
    families = [PurchaseFamilyFactory(label=f"Une famille d’achats au nom assez long, {rank}") for rank in range(18)]
    below = [PurchaseFamilyFactory(parent=family) for family in families for _each in range(6)]
    territories = [TerritoryFactory(kind="region") for _each in range(27)]
    tags = [TagFactory() for _each in range(30)]
    kinds = ClauseKind.values
    for rank, family in enumerate(below[:60]):
        clause = ClauseFactory(
            family=family,
            kind=kinds[rank % len(kinds)],
            title=f"Relevé trimestriel des produits durables servis, cas {rank}",
            wordings=[{"text": "Dans un délai de {delai} jours, le titulaire remet un relevé au format ouvert. " * 8}],
        )
        clause.territories.add(territories[rank % 27])
        clause.save()
        ClauseTag.objects.create(content_object=clause, tag=tags[rank % 30])
    if signed_in:
        client.force_login(MemberFactory())
    for query in ("", f"?famille={families[0].slug}&famille={families[1].slug}&etat=a-jour", "?vue=compact"):
        assert len(page(client, query).encode()) < MAX_BYTES, query
