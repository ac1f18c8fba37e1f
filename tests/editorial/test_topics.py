"""Pages of families and keywords: what every room has on them, for who reads."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clauses.library.addresses import clause_url
from clauses.library.models import ClauseLink, ClauseTag
from clauses.reports.addresses import reports_url
from community.notifications.models import Notification, Subscription
from community.taxonomy.models import PurchaseFamily
from qa.actions.ask import ask_question
from qa.addresses import question_url
from tests.factories import (
    ClauseFactory,
    ExperienceReportFactory,
    MemberFactory,
    PurchaseFamilyFactory,
    QuestionFactory,
    SpaceFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    top = PurchaseFamilyFactory(
        code="ALI", slug="alimentation", label="Alimentation et restauration", swatch="restauration"
    )
    PurchaseFamilyFactory(code="ALI-REP", slug="repas-livres", label="Repas livrés", parent=top)
    return top


def paired(family):
    condition = ClauseFactory(family=family)
    criterion = ClauseFactory(criterion=True, family=family, links_to=condition)
    ClauseLink.objects.get_or_create(clause=criterion, target=condition, relation="requirement")
    return condition, criterion


def test_a_family_gathers_what_every_room_has(client, family):
    condition, criterion = paired(family)
    below = family.children.get()
    child = ClauseFactory(family=below)
    question = QuestionFactory(family=below)
    peer = MemberFactory(last_name="Pairtrouvé")
    peer.families_practised.add(family)
    client.force_login(MemberFactory())
    shown = client.get("/familles/alimentation/").content.decode()
    for words in (
        clause_url(condition),
        clause_url(criterion),
        clause_url(child),
        question_url(question),
        "Pairtrouvé",
        "Repas livrés",
    ):
        assert words in shown, words
    assert "Les 3 clauses de la famille" in shown
    assert "Les clauses vont par deux" in shown


def test_what_stands_in_a_pair_is_not_repeated_below(client, family):
    condition, criterion = paired(family)
    shown = client.get("/familles/alimentation/").content.decode()
    assert shown.count(f'href="{clause_url(condition)}"') == shown.count(f'href="{clause_url(criterion)}"') == 1
    assert "Pas encore de clause" not in shown and "Les 2 clauses de la famille" in shown
    other = ClauseFactory(family=family)
    shown = client.get("/familles/alimentation/").content.decode()
    assert "Les autres clauses" in shown and f'href="{clause_url(other)}"' in shown


def test_the_threads_of_a_family_are_shown_in_three_ways(client, family):
    waiting, shared = QuestionFactory(family=family), QuestionFactory(family=family, answer_count=1, same_need_count=3)

    def shown(view: str) -> list[bool]:
        page = client.get("/familles/alimentation/", {"questions": view}).content.decode()
        return [question_url(waiting) in page, question_url(shared) in page]

    assert shown("") == shown("n'importe\0") == [True, True]
    assert shown("sans-reponse") == [True, False]
    assert shown("partagees") == [False, True]
    waiting.delete()
    page = client.get("/familles/alimentation/", {"questions": "sans-reponse"}).content.decode()
    assert "n’attend de réponse" in page and 'aria-current="page">Sans réponse' in page


def test_a_report_told_from_a_family_is_in_it(client, family):
    client.force_login(MemberFactory())
    page = client.get("/familles/alimentation/").content.decode()
    share = re.search(r'href="([^"]*partager[^"]*)"', page)[1]
    assert client.get(share).context["form"]["family"].value() == family.pk
    for address in (share, "/dossiers/nouveau/"):
        assert client.get(address, {"famille": "alimentation\0"}).status_code == 200


def test_a_family_is_found_by_its_code(client, family):
    assert client.get("/familles/ALI/")["Location"] == "/familles/alimentation/"
    assert client.get("/familles/inconnue/").status_code == 404


def test_what_is_not_seen_is_neither_shown_nor_counted(client, family):
    space = SpaceFactory(private=True)
    hidden = [ClauseFactory(family=family, space=space), QuestionFactory(family=family, space=space)]
    shy = MemberFactory(last_name="Discrète", field_visibility={"practice": "nobody"})
    shy.families_practised.add(family)
    client.force_login(MemberFactory())
    shown = client.get("/familles/alimentation/").content.decode()
    assert not any(each.title in shown for each in hidden)
    assert "Discrète" not in shown and "de la famille</a></div>" in shown
    assert "Pas encore de clause" in shown
    assert "1 clause" not in client.get("/familles/").content.decode()


def test_a_visitor_is_shown_nobody(client, family):
    peer = MemberFactory(last_name="Pairtrouvé")
    peer.families_practised.add(family)
    assert "Pairtrouvé" not in client.get("/familles/alimentation/").content.decode()


def test_the_law_of_the_family_is_told_on_an_example(client):
    call_command("load_reference", verbosity=0)
    family = PurchaseFamily.objects.get(code="ALI")
    shown = client.get(f"/familles/{family.slug}/").content.decode()
    assert "Ce que la loi demande" in shown
    assert "250\u202f000 €" in shown
    # A line of time is read in its order, each day with its year.
    days = re.findall(r'"deadline-date"><time datetime="([-\d]+)">[^<]*(?:<sup>er</sup>)?[^<]* \d{4}<', shown)
    assert len(days) > 4 and days == sorted(days)


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_the_page_costs_at_most_sixteen_queries(client, family, who):
    if who == "member":
        client.force_login(MemberFactory())
    for _ in range(3):
        paired(family)
        QuestionFactory(family=family)
        MemberFactory().families_practised.add(family)
    client.get("/familles/alimentation/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/familles/alimentation/")
    assert len(captured) <= 16, "\n".join(query["sql"][:140] for query in captured)


def test_following_a_family_is_ticking_it(client, family):
    member = MemberFactory()
    client.force_login(member)
    for level, followed in (("essential", True), ("none", False), ("all", True)):
        assert client.post("/familles/alimentation/suivre/", {"level": level}).status_code == 302
        assert member.families_followed.filter(pk=family.pk).exists() is followed
        row = Subscription.objects.get(member=member, kind="family", object_id=family.pk)
        assert row.level == level
    assert "Vous suivez cette famille" in client.get("/familles/alimentation/").content.decode()


def test_a_keyword_gathers_what_is_seen_and_is_absent_otherwise(client):
    tag = TagFactory(name="réemploi", slug="reemploi")
    space = SpaceFactory(private=True)
    hidden = ClauseFactory(space=space)
    hidden.tags.add(tag)
    hidden.save()
    absent = client.get("/mots-cles/inconnu/")
    assert client.get("/mots-cles/reemploi/").status_code == absent.status_code == 404
    clause, question = ClauseFactory(), QuestionFactory()
    clause.tags.add(tag)
    clause.save()
    question.tagged_items.create(tag=tag)
    shown = client.get("/mots-cles/reemploi/").content.decode()
    assert clause.title in shown and question_url(question) in shown and hidden.title not in shown


def test_a_keyword_of_reports_alone_has_its_page(client):
    tag, space = TagFactory(name="arbres", slug="arbres"), SpaceFactory(private=True)
    ExperienceReportFactory(tags=["arbres"], space=space)
    ExperienceReportFactory(tags=["arbres"], draft=True)
    assert client.get("/mots-cles/arbres/").status_code == 404
    told = ExperienceReportFactory(tags=["arbres"], title="Tailler moins d’arbres")
    shown = client.get("/mots-cles/arbres/").content.decode()
    assert told.title in shown and shown.count("report-card") == 1
    assert f'href="{reports_url(**{"mot-cle": tag.name})}"' in shown


def test_a_keyword_is_followed_from_its_page_and_told_of(client, run_tasks):
    tag, member = TagFactory(name="réemploi", slug="reemploi"), MemberFactory()
    question = QuestionFactory(title="Comment réemployer ?")
    question.tagged_items.create(tag=tag)
    address = f"/mots-cles/{tag.slug}/"
    assert "suivre/" not in client.get(address).content.decode()
    client.force_login(member)
    answer = client.post(f"{address}suivre/", {"level": "all"}, follow=True)
    assert "Vous suivez ce mot-clé" in answer.content.decode()
    ask_question(actor=MemberFactory(), title="Où réemployer ?", body="Texte.", tags=["Réemploi"])
    run_tasks()
    assert Notification.objects.filter(member=member, reason="question_asked").count() == 1
    client.post(f"{address}suivre/", {"level": "none"})
    assert Subscription.objects.get(member=member, kind="tag", object_id=tag.pk).level == "none"


def test_a_keyword_offers_the_feeds_that_hold_something(client):
    tag = TagFactory(name="réemploi", slug="reemploi")
    ClauseTag.objects.create(content_object=ClauseFactory(title="Relevé des retours"), tag=tag)
    feeds = ["/clauses/flux/mot-cle/reemploi/", "/questions/flux/mot-cle/r%C3%A9emploi/"]
    page = client.get("/mots-cles/reemploi/").content.decode()
    assert [feed in page for feed in feeds] == [True, False]
    assert "Relevé des retours" in client.get(feeds[0]).content.decode()
    QuestionFactory().tagged_items.create(tag=tag)
    page = client.get("/mots-cles/reemploi/").content.decode()
    assert [feed in page for feed in feeds] == [True, True]
    synonym = TagFactory(name="seconde vie", slug="seconde-vie", stands_for=tag)
    assert client.get(f"/clauses/flux/mot-cle/{synonym.slug}/").status_code == 200
    assert client.get("/clauses/flux/mot-cle/inconnu/").status_code == 404
