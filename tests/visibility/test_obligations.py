"""The checker and its note show only clauses that the reader sees: pairs, halves, and what nobody answers."""

import io
import zipfile
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from clauses.library.models import ClauseLink
from clauses.library.selectors.pairs import find_candidates
from community.law.models import Obligation
from tests.factories import ClauseFactory, MemberFactory, MembershipFactory, SpaceFactory

from .table import ACTORS, sees
from .test_lists import leaked

pytestmark = pytest.mark.django_db
QUERY = {"nature": "supplies", "montant": "80000", "lancement": "2027-01-11"}


@pytest.mark.parametrize("actor", ACTORS)
def test_candidates_are_the_table(world, actor):
    viewer = world.actors[actor]
    found = find_candidates(viewer, None, "")
    for item in world.of("clause"):
        advised = item.obj.state == "published" and item.obj.hidden_at is None
        assert (item.obj.pk in found) == (advised and sees(actor, item.row)), str(item)


@pytest.mark.parametrize("name", ["obligations", "obligations_note"])
@pytest.mark.parametrize("actor", ACTORS)
def test_the_pages_leak_no_word(world, look, actor, name):
    Obligation.objects.create(slug="condition-environnementale", starts_on="2026-08-21", title="Une condition")
    response = look(actor).get(reverse(name), QUERY)
    assert response.status_code == 200
    assert leaked(world, actor, response.content.decode()) == []


@pytest.mark.parametrize("kind", ["private", "members_only"])
def test_a_pair_of_a_closed_place_is_on_its_members_page_and_in_no_note(client, kind):
    """The note goes to elected officials, who read nothing there."""
    for slug in ("condition-environnementale", "critere-environnemental"):
        Obligation.objects.create(slug=slug, starts_on="2026-08-21", title="Une obligation")
    space = SpaceFactory(**{kind: True})
    member = MembershipFactory(space=space).member
    condition = ClauseFactory(space=space, family=None, title="Relevé réservé")
    criterion = ClauseFactory(space=space, family=None, criterion=True, title="Critère réservé", links_to=condition)
    client.force_login(member)
    page = client.get(reverse("obligations"), QUERY).content.decode()
    assert condition.title in page
    assert criterion.title in page
    address = f"{reverse('obligations_note')}?{urlencode(QUERY)}"
    notes = [client.get(address), client.post(address, {"act": "modele"}), client.post(address, {"act": "apercu"})]
    for response in notes:
        assert "réservé" not in response.content.decode()
    open_condition = ClauseFactory(family=None, title="Relevé public")
    ClauseFactory(family=None, criterion=True, title="Critère public", links_to=open_condition)
    assert "Relevé public" in client.get(address).content.decode()


@pytest.mark.parametrize("relation", ["pair", "requirement", "incompatible"])
def test_the_other_side_of_a_link_is_named_to_those_who_read_it_only(client, relation):
    space = SpaceFactory(private=True)
    member = MembershipFactory(space=space).member
    public, closed = ClauseFactory(title="Relevé public"), ClauseFactory(space=space, title="Critère réservé")
    closed.links.add(ClauseLink(clause=closed, target=public, relation=relation))
    closed.links.commit()
    dataset = ["clause_data_csv", "clause_data_json"]
    addresses = [
        reverse("clause_detail", args=[public.pk, public.slug]),
        *(reverse("clause_export", args=[public.pk, form]) for form in ("md", "docx", "odt")),
        reverse("clause_version", args=[public.pk, 1]),
        reverse("clause_compare") + f"?clauses={public.pk}",
        reverse("obligations") + "?" + urlencode(QUERY),
        *map(reverse, dataset),
    ]
    for reader, allowed in ((None, False), (MemberFactory(), False), (member, True)):
        if reader:
            client.force_login(reader)
        shown = [told(client.get(address)) for address in addresses]
        assert ("Critère réservé" in shown[0]) == allowed
        for address, text in zip(addresses, shown, strict=True):
            assert allowed or "Critère réservé" not in text, address
            assert allowed or closed.reference not in text, address
        assert "Critère réservé" not in "".join(shown[-len(dataset) :])


def told(response) -> str:
    """What a page or a file says, word processors' included."""
    body = b"".join(response) if response.streaming else response.content
    if not body.startswith(b"PK"):
        return body.decode()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
