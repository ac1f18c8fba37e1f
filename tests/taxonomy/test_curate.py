"""The page of those who keep the vocabulary: whose it is, what it shows, what it does."""

import pytest
from django.urls import reverse

from clauses.library.addresses import clause_url
from clauses.library.models.clause import ClauseTag
from clauses.reports.addresses import experience_url
from community.core.models import AuditEntry
from community.spaces.models import Role
from community.taxonomy.actions import merge_tags
from community.taxonomy.models import Tag
from community.taxonomy.tags import tags_for
from qa.addresses import question_url
from search.rebuild import rebuild
from tests.factories import (
    ClauseFactory,
    ExperienceReportFactory,
    MemberFactory,
    MembershipFactory,
    QuestionFactory,
    SpaceFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("tag_curate")


@pytest.fixture
def words():
    kept, lost = tags_for(["réemploi", "réutilisation"])
    QuestionFactory().tags.add(kept, lost)
    return kept, lost


@pytest.fixture
def curator(client):
    member = MemberFactory(staff=True)
    client.force_login(member)
    return client


def page_of(tag) -> str:
    return reverse("tag_curate_one", args=[tag.pk])


@pytest.mark.parametrize(("role", "status"), [("staff", 200), ("network", 200), ("owner", 404), ("member", 404)])
def test_the_page_is_the_curators(client, words, role, status):
    member = MemberFactory(staff=role == "staff")
    if role in {"network", "owner"}:
        kind = "network" if role == "network" else "group"
        MembershipFactory(space=SpaceFactory(kind=kind), role=Role.OWNER, member=member)
    client.force_login(member)
    assert client.get(LIST).status_code == client.get(page_of(words[0])).status_code == status
    if status == 404:
        assert client.post(page_of(words[0]), {"act": "synonym", "name": "seconde vie"}).status_code == 404
        assert Tag.objects.count() == 2


def test_the_words_of_a_private_space_are_not_shown_to_who_does_not_read_it(curator):
    (secret,) = tags_for(["fusion des hôpitaux"])
    QuestionFactory(space=SpaceFactory(private=True)).tags.add(secret)
    assert "fusion des hôpitaux" not in curator.get(LIST, {"q": "fusion"}).content.decode()
    assert curator.get(page_of(secret)).status_code == 404
    (shown,) = tags_for(["mutualisation"])
    QuestionFactory().tags.add(shown)
    answer = curator.post(page_of(shown), {"act": "merge", "into": "fusion des hôpitaux"})
    assert answer.status_code == 422
    assert "Aucun mot-clé ne s’écrit ainsi" in answer.content.decode()


def test_a_word_is_found_by_its_synonym_and_without_accents(curator, words):
    curator.post(page_of(words[0]), {"act": "synonym", "name": "Seconde vie"})
    for text in ("reemploi", "SECONDE"):
        assert page_of(words[0]) in curator.get(LIST, {"q": text}).content.decode()
    assert page_of(words[1]) not in curator.get(LIST, {"q": "seconde"}).content.decode()


def test_merging_moves_the_contents_and_is_audited(curator, words):
    kept, lost = words
    only = QuestionFactory()
    only.tags.add(lost)
    assert curator.post(page_of(lost), {"act": "merge", "into": "Reemploi"}).url == page_of(kept)
    assert list(only.tags.all()) == [kept]
    assert AuditEntry.objects.filter(action="merge_tags", object_id=kept.pk).exists()
    assert "réutilisation" in curator.get(page_of(kept)).content.decode()
    assert curator.get(page_of(lost)).status_code == 404


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"act": "merge", "into": "réemploi"}, "deux mots-clés différents"),
        ({"act": "merge", "into": ""}, "fondre-into-erreur"),
        ({"act": "synonym", "name": "REEMPLOI"}, "déjà celui du mot-clé"),
        ({"act": "synonym", "name": "###"}, "de 1 à 40"),
    ],
)
def test_what_cannot_be_done_is_said_at_its_field(curator, words, fields, sentence):
    answer = curator.post(page_of(words[0]), fields)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Tag.objects.shown().count() == 2


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_list_costs_the_same_whatever_the_number_of_words(curator, count, django_assert_max_num_queries):
    question = QuestionFactory()
    question.tags.add(*(tag for number in range(count) for tag in tags_for([f"mot {number}"])))
    with django_assert_max_num_queries(8):
        assert curator.get(LIST).status_code == 200


def test_addresses_kept_before_a_merge_lead_to_the_word_that_stands(client, run_tasks):
    kept, lost = tags_for(["réemploi", "seconde vie"])
    question = QuestionFactory(title="Comment réemployer des tables ?")
    clause = ClauseFactory(title="Tables réemployées")
    report = ExperienceReportFactory(title="Des tables réemployées", tags=[lost])
    question.tags.add(lost)
    ClauseTag.objects.create(tag=lost, content_object=clause)
    rebuild(lambda _steps: None)
    addresses = {
        f"{reverse('question_list')}?mot-cle=seconde vie": question_url(question),
        f"{reverse('clause_list')}?mot-cle=seconde vie": clause_url(clause),
        f"{reverse('experience_list')}?mot-cle=seconde vie": experience_url(report),
        f"{reverse('search')}?q=tables&motcle=seconde vie": clause_url(clause),
        f"{reverse('search')}?q=tables&motcle=Seconde-Vie": experience_url(report),
    }
    before = {url: own in client.get(url).content.decode() for url, own in addresses.items()}
    merge_tags(actor=MemberFactory(staff=True), tag=lost, into=kept)
    run_tasks()
    after = {url: own in client.get(url).content.decode() for url, own in addresses.items()}
    assert (set(before.values()), set(after.values())) == ({True}, {True}), (before, after)
