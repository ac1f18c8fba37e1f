import pytest
from django.urls import reverse

from tests.factories import MemberFactory, OrganisationFactory, PurchaseFamilyFactory, TerritoryFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def found(client, **filters) -> str:
    page = client.get(reverse("member_list"), filters).content.decode()
    return page.split('id="filtres"')[1].split("</form>", 1)[1]


def practitioner(name, *, territory=None, family=None, theme=None, **fields):
    member = MemberFactory(first_name=name, territory=territory, **fields)
    if family:
        member.families_practised.add(family)
    if theme:
        member.themes_practised.add(theme)
    return member


def test_people_are_found_by_territory_and_family(client):
    region = TerritoryFactory(kind="region", name="Bretagne")
    here, elsewhere = TerritoryFactory(parent=region), TerritoryFactory()
    family, other = PurchaseFamilyFactory(), PurchaseFamilyFactory()
    practitioner("Partout", territory=elsewhere, family=family)
    practitioner("Ici", territory=here, family=family)
    practitioner("Autrement", territory=here, family=other)
    client.force_login(MemberFactory())
    for place in (here, region):
        page = found(client, territoire=place.code, famille=family.slug)
        assert "Ici" in page
        assert "Partout" not in page
        assert "Autrement" not in page


def test_a_family_finds_those_who_practised_one_below_it_once(client):
    top = PurchaseFamilyFactory()
    member = practitioner("Dessous", family=PurchaseFamilyFactory(parent=top))
    member.families_practised.add(PurchaseFamilyFactory(parent=top))
    client.force_login(MemberFactory())
    assert found(client, famille=top.slug).count("Dessous") == 1


def test_people_are_found_by_theme_and_availability(client):
    theme = ThemeFactory()
    practitioner("Spaser", theme=theme)
    practitioner("Disponible", theme=theme, available_to_be_asked=True)
    client.force_login(MemberFactory())
    assert "Spaser" in found(client, theme=theme.code)
    page = found(client, theme=theme.code, disponible="on")
    assert "Disponible M" in page
    assert "Spaser" not in page


@pytest.mark.parametrize("query", ["Elise", "éLISE montagnac", "montagnac  élise", "Mont"])
def test_people_are_found_by_name_whatever_the_accents_and_the_order(client, query):
    MemberFactory(first_name="Élise", last_name="Montagnac")
    MemberFactory(first_name="Paul", last_name="Durand")
    client.force_login(MemberFactory(first_name="Moi", last_name="Même"))
    page = found(client, nom=query)
    assert "Montagnac" in page
    assert "Durand" not in page


@pytest.mark.parametrize("visibility", ["members", "nobody"])
def test_a_filter_finds_nobody_by_what_the_viewer_may_not_see(client, visibility):
    here, family, theme = TerritoryFactory(), PurchaseFamilyFactory(), ThemeFactory()
    hidden = dict.fromkeys(("territory", "practice", "availability"), visibility)
    practitioner(
        "Cachée", territory=here, family=family, theme=theme, available_to_be_asked=True, field_visibility=hidden
    )
    client.force_login(MemberFactory(newcomer=True))
    assert "Cachée" in found(client)
    for filters in ({"territoire": here.code}, {"famille": family.slug}, {"theme": theme.code}, {"disponible": "on"}):
        assert "Cachée" not in found(client, **filters)


def test_ghosts_closed_accounts_and_visitors(client):
    MemberFactory(first_name="Fantôme", is_ghost=True, is_active=False)
    MemberFactory(first_name="Partie", is_active=False)
    assert client.get(reverse("member_list")).status_code == 302
    client.force_login(MemberFactory())
    page = found(client)
    assert "Fantôme" not in page
    assert "Partie" not in page


def test_pages_follow_one_another_without_a_hole(client):
    viewer = MemberFactory(first_name="Regard")
    for number in range(65):
        MemberFactory(first_name=f"Numéro{number:03}")
    client.force_login(viewer)
    seen, address = [], reverse("member_list") + "?nom=numero"
    for _ in range(3):
        response = client.get(address)
        seen += [person.member.first_name for person in response.context["people"]]
        address = reverse("member_list") + response.context["next_url"]
    assert seen == [f"Numéro{number:03}" for number in reversed(range(65))]
    assert response.context["next_url"] == ""
    back = client.get(reverse("member_list") + response.context["previous_url"])
    assert [person.member.first_name for person in back.context["people"]] == seen[30:60]


@pytest.mark.parametrize("cursor", ["x", "W10", "é", "W251bGxd", "A" * 5000])
def test_an_unreadable_page_or_filter_is_ignored(client, cursor):
    client.force_login(MemberFactory())
    filters = {"apres": cursor, "avant": cursor, "territoire": cursor, "famille": cursor, "theme": "\x00"}
    assert client.get(reverse("member_list"), filters).status_code == 200


def queries_of(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as captured:
        assert client.get(address).status_code == 200
    return len(captured.captured_queries)


def test_the_list_costs_the_same_with_1_3_and_29_people(client, django_assert_max_num_queries):
    client.force_login(MemberFactory())
    counts = []
    made = 0
    for size in (1, 3, 29):
        while made < size:
            practitioner(
                "Quelqu’un",
                territory=TerritoryFactory(),
                family=PurchaseFamilyFactory(),
                theme=ThemeFactory(),
                organisation=OrganisationFactory(),
            )
            made += 1
        counts.append(queries_of(client, reverse("member_list"), django_assert_max_num_queries))
    assert len(set(counts)) == 1


def test_a_profile_costs_the_same_whatever_it_shows(client, django_assert_max_num_queries):
    client.force_login(MemberFactory())
    poor, rich = (
        MemberFactory(),
        practitioner("Riche", territory=TerritoryFactory(), organisation=OrganisationFactory()),
    )
    rich.families_practised.set([PurchaseFamilyFactory() for _ in range(20)])
    rich.themes_practised.set([ThemeFactory() for _ in range(20)])
    counts = [
        queries_of(client, reverse("member_profile", args=[member.public_id]), django_assert_max_num_queries)
        for member in (poor, rich)
    ]
    assert counts[0] == counts[1]
