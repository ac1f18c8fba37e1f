import pytest

from clauses.library.models import Wording
from community.core import contents
from community.members.display import displayed, related_for_display
from community.members.models import Member
from qa.models import Question
from tests.factories import MemberFactory, OrganisationFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def nadia(**fields):
    organisation = OrganisationFactory(name="CHU de Brest", kind="hospital")
    defaults = {"first_name": "Nadia", "last_name": "Ferrand", "job": "Acheteuse", "organisation": organisation}
    return MemberFactory(**defaults | fields)


def test_by_name_the_author_leads_to_their_profile_and_says_what_everyone_may_know():
    author = displayed(nadia())
    assert (author.name, author.detail, author.initials) == ("Nadia Ferrand", "Acheteuse, CHU de Brest", "NF")
    assert "/membres/" in author.url
    assert not author.anonymous


@pytest.mark.parametrize("visibility", ["members", "nobody", "n'importe quoi", None, 3])
def test_what_is_not_for_everyone_does_not_sign(visibility):
    member = nadia(field_visibility={"job": visibility, "organisation": visibility})
    assert displayed(member).detail == ""


def test_the_kind_of_account_stands_beside_the_name_of_whoever_is_not_an_agent():
    assert displayed(nadia(account_kind="elected")).detail == "Élu ou élue, Acheteuse, CHU de Brest"


def test_an_organisation_that_nobody_vouches_for_is_said_so():
    mark = "organisation déclarée, non vérifiée"
    assert displayed(nadia(newcomer=True)).detail == f"Acheteuse, CHU de Brest ({mark})"
    assert displayed(nadia(newcomer=True, organisation=None)).detail == "Acheteuse"
    assert displayed(nadia(newcomer=True), "kind").detail == mark
    assert displayed(nadia(newcomer=True, organisation=None), "kind").detail == ""


@pytest.mark.parametrize("naming", ["kind", "anonymous", "", "inconnu"])
def test_nothing_of_an_unnamed_author_leads_to_the_person(naming):
    member = nadia()
    author = displayed(member, naming, 4)
    said = f"{author.name} {author.detail} {author.url} {author.initials}"
    for secret in ("Nadia", "Ferrand", "NF", "Brest", "Acheteuse", member.public_id, member.email):
        assert secret not in said
    assert author.anonymous
    assert author.url == ""
    assert author.hue == displayed(MemberFactory(), naming, 4).hue


def test_by_kind_the_organisation_is_said_by_its_kind():
    assert displayed(nadia(), "kind").name == "Membre d’un hôpital public"
    assert displayed(nadia(organisation=None), "kind").name == "Membre de la communauté"


@pytest.mark.parametrize(("newcomer", "name"), [(False, "Membre anonyme, identité vérifiée"), (True, "Membre anonyme")])
def test_an_anonymous_author_is_said_verified_only_when_they_are(newcomer, name):
    author = displayed(nadia(newcomer=newcomer), "anonymous", 7)
    assert author.name == name
    assert "7" in author.detail


def ghost(**fields):
    return MemberFactory(is_ghost=True, is_active=False, newcomer=True, first_name="jdupont", last_name="", **fields)


def test_a_ghost_keeps_its_name_and_once_claimed_leads_to_who_claimed_it():
    imported = ghost()
    assert displayed(imported).name == "jdupont"
    imported.claimed_by = nadia()
    author = displayed(imported)
    assert author.name == "Nadia Ferrand"
    assert "jdupont" in author.detail


def test_a_claimed_ghost_that_posted_anonymously_still_says_nobody():
    assert "Nadia" not in displayed(ghost(claimed_by=nadia()), "anonymous", 1).name


def test_a_closed_account_keeps_its_signature_without_a_link():
    author = displayed(nadia(is_active=False))
    assert author.name == "Nadia Ferrand"
    assert author.url == ""


def test_displaying_the_authors_of_a_list_costs_no_query(django_assert_num_queries):
    for _ in range(5):
        QuestionFactory(author=nadia())
    QuestionFactory(author=ghost(claimed_by=nadia()))
    rows = list(Question.objects.select_related("author", *related_for_display("author")))
    with django_assert_num_queries(0):
        for row in rows:
            displayed(row.author)


def test_the_kind_member_is_registered_and_tells_who_may_read_a_profile():
    kind = contents.get("member")
    member, closed = nadia(), MemberFactory(is_active=False)
    assert kind.title(member) == "Nadia Ferrand"
    assert kind.recipient(member) == member
    assert member in kind.readers(member, Member.objects.all())
    assert not kind.readers(closed, Member.objects.all()).exists()


def test_somebody_without_a_name_is_named_all_the_same():
    assert str(Member(email="sans.nom@example.org")) == "Membre"
    assert str(Wording()) == "Rédaction"
