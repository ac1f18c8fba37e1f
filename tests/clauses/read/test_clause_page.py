"""The page of a clause: what each reader may do with it, what it tells of others, addresses that last."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clauses.library.actions.publish import publish_clause
from clauses.library.addresses import clause_url
from clauses.library.models import Basis, Clause, ClauseCopy, ClauseLink
from clauses.library.vocabularies import Relation
from clauses.reports.actions import report_usage
from clauses.reports.actions.usage import Usage
from clauses.reports.models import UsageReport
from community.core.references import record_references
from community.law.models import LegalProvision, LegalText
from community.members.models import Expertise
from community.spaces.models import Membership
from qa.addresses import question_url
from tests.factories import ClauseFactory, MemberFactory, PurchaseFamilyFactory, QuestionFactory, SpaceFactory

pytestmark = pytest.mark.django_db


def change(clause, **columns):
    Clause.objects.filter(pk=clause.pk).update(**columns)


def page(client, clause, query="") -> str:
    return client.get(clause_url(clause) + query).content.decode()


def link(clause, target, relation):
    ClauseLink.objects.create(clause=clause, target=target, relation=relation)


def new_version(clause, text="Sous {delai} jours ouvrés, le titulaire remet un relevé."):
    clause = Clause.objects.get(pk=clause.pk)
    wording = clause.wordings.get()
    wording.text = text
    clause.wordings = [wording]
    clause.save()
    return publish_clause(clause=clause, actor=MemberFactory(staff=True), note="Le délai est en jours ouvrés.")


@pytest.fixture
def text():
    return LegalText.objects.create(slug="code-essai", nature="code", short_title="Code d’essai", title="Code d’essai")


def test_a_wrong_slug_leads_to_the_right_one_and_keeps_the_values(client):
    clause = ClauseFactory()
    answer = client.get(f"/clauses/{clause.pk}/autre-chose/?v_delai=15")
    assert (answer.status_code, answer["Location"]) == (301, f"{clause_url(clause)}?v_delai=15")


def test_a_clause_of_a_private_space_does_not_tell_its_slug(client):
    clause = ClauseFactory(space=SpaceFactory(private=True))
    assert client.get(f"/clauses/{clause.pk}/").status_code == 404


def test_variables_are_filled_without_a_script(client):
    clause = ClauseFactory()
    shown = page(client, clause, "?v_delai=15+%3Cb%3E%E2%80%AE")
    assert '<mark class="variable" data-state="filled" data-variable="delai">15 &lt;b&gt;</mark>' in shown
    assert "Sous 15 &lt;b&gt; jours" in shown
    assert "exporter/docx/?v_delai=15" in shown
    assert '<mark class="variable" data-variable="delai">[délai]</mark>' in page(client, clause)


def test_a_value_beyond_the_advised_ones_is_said_and_kept(client):
    delay = {"key": "delai", "label": "délai", "unit": "jours", "minimum": "15", "maximum": "30"}
    clause = ClauseFactory(variables=[delay])
    said = '<span class="status" data-tone="warning">'
    for value, warned in (("14", True), ("15", False), ("31", True), ("", False), ("trente", False)):
        shown = page(client, clause, f"?v_delai={value}")
        cell = shown[shown.index('id="hors-delai"') :][:400]
        assert (said in cell) is warned, value
        assert f'value="{value}"' in shown


def test_several_wordings_stand_one_after_the_other_each_with_its_anchor(client):
    wordings = [
        {"key": "simple", "title": "Formule simple", "text": "Sous {delai} jours."},
        {"key": "stricte", "title": "Formule stricte", "text": "Sous huit jours.", "conditions": "Gros volumes"},
    ]
    shown = page(client, ClauseFactory(wordings=wordings))
    for anchor in ("redaction-simple", "redaction-stricte"):
        assert f'href="#{anchor}"' in shown
        assert f'id="{anchor}"' in shown


def test_a_criterion_shows_how_to_score_it(client):
    shown = page(client, ClauseFactory(criterion=True, links_to=ClauseFactory()))
    assert "Noter les offres" in shown
    assert '<th scope="row">10</th>' in shown
    assert "de 15 à 25" in shown


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"legal_state": "to_review"}, "À revoir"),
        ({"state": "obsolete"}, "Obsolète : ne la reprenez plus"),
        ({"is_sample": True}, "Exemple à faire valider"),
    ],
)
def test_its_state_is_said_before_its_text(client, columns, words):
    clause = ClauseFactory()
    change(clause, **columns)
    shown = page(client, clause)
    assert words in shown
    assert shown.index(words) < shown.index('class="clause-text"')


def test_an_obsolete_clause_leads_to_its_successor_if_the_reader_sees_it(client):
    open_one, private = ClauseFactory(), ClauseFactory(space=SpaceFactory(private=True))
    clause = ClauseFactory()
    change(clause, state="obsolete", replaced_by=open_one)
    assert clause_url(open_one) in page(client, clause)
    change(clause, replaced_by=private)
    assert private.title not in page(client, clause)


def test_each_provision_is_shown_with_its_state_today(client, text):
    repealed = LegalText.objects.create(
        slug="decret", nature="decree", short_title="Décret abrogé", title="D", repealed_on=date(2024, 1, 1)
    )
    clause = ClauseFactory()
    Basis.objects.create(clause=clause, text=repealed)
    later = LegalProvision.objects.create(
        text=text, key="L1", label="L. 1", title="Futur", in_force_from=timezone.localdate() + timedelta(days=9)
    )
    Basis.objects.create(clause=clause, provision=later)
    shown = page(client, clause)
    assert "Abrogé" in shown
    assert "Pas encore en vigueur" in shown


@pytest.mark.parametrize(
    ("relation", "forwards", "backwards"),
    [
        (Relation.PAIR, "Fait la paire avec", "Fait la paire avec"),
        (Relation.REQUIREMENT, "Vient noter l’exigence", "Notée par"),
        (Relation.COMPLETES, "Complète", "Complétée par"),
        (Relation.REPLACES, "Remplace", "Remplacée par"),
        (Relation.INCOMPATIBLE, "Incompatible avec", "Incompatible avec"),
        (Relation.TIER, "Palier suivant de", "A pour palier suivant"),
    ],
)
def test_links_are_told_on_both_sides(client, relation, forwards, backwards):
    clause, other = ClauseFactory(), ClauseFactory()
    link(clause, other, relation)
    assert f"{forwards} · " in page(client, clause)
    assert f"{backwards} · " in page(client, other)


def test_what_is_linked_and_not_seen_is_not_told(client):
    clause, hidden = ClauseFactory(), ClauseFactory(space=SpaceFactory(private=True))
    link(clause, hidden, Relation.PAIR)
    link(hidden, clause, Relation.COMPLETES)
    shown = page(client, clause)
    assert hidden.title not in shown
    assert "À combiner avec" not in shown


def test_questions_are_linked_on_both_sides(client):
    clause = ClauseFactory()
    question, private = QuestionFactory(), QuestionFactory(space=SpaceFactory(private=True))
    for each in (question, private):
        record_references(kind="question", pk=each.pk, paths=[clause_url(clause)], text="")
    shown = page(client, clause)
    assert question_url(question) in shown
    assert private.title not in shown
    assert clause_url(clause) in client.get(question_url(question)).content.decode()


def test_a_copy_is_kept_for_the_member_alone_and_a_new_version_is_told(client):
    clause, member = ClauseFactory(), MemberFactory()
    client.force_login(member)
    url = f"/clauses/{clause.pk}/copie/"
    assert client.post(url, {"form": "rich", "wording": "x"}).status_code == 204
    assert client.post(url, {"form": "rich", "wording": "x"}).status_code == 204
    assert ClauseCopy.objects.filter(member=member, clause=clause, version=1, form="rich").count() == 1
    assert "version-copiee" not in page(client, clause)
    new_version(clause)
    assert 'id="version-copiee"' in page(client, clause)
    client.force_login(MemberFactory())
    assert "version-copiee" not in page(client, clause)


def test_a_visitor_leaves_no_copy(client):
    clause = ClauseFactory()
    assert client.post(f"/clauses/{clause.pk}/copie/").status_code == 401
    client.get(f"/clauses/{clause.pk}/exporter/md/")
    assert not ClauseCopy.objects.exists()


def test_versions_have_addresses_and_a_word_diff(client):
    clause = ClauseFactory()
    new_version(clause)
    shown = client.get(f"/clauses/{clause.pk}/versions/2/").content.decode()
    assert "<ins> ouvrés</ins>" in shown or "<ins>ouvrés" in shown
    first = client.get(f"/clauses/{clause.pk}/versions/1/").content.decode()
    assert "n’est plus celle de la clause" in first
    assert client.get(f"/clauses/{clause.pk}/versions/3/").status_code == 404
    assert f"/clauses/{clause.pk}/versions/2/" in page(client, clause)


def test_figures_come_from_three_members_on_and_name_nobody(client):
    clause = ClauseFactory()
    people = [MemberFactory(last_name=f"Nomcaché{rank}") for rank in range(3)]
    for rank, member in enumerate(people):
        assert "reçues en médiane" not in page(client, clause)
        report_usage(clause=clause, actor=member, usage=Usage(outcome="awarded", bids=rank, would_reuse=True))
        client.cookies.clear()
    clause.refresh_from_db()
    assert clause.use_count == 3
    shown = page(client, clause)
    assert "1 offre reçue en médiane" in shown
    assert "3 sur 3 la reprendraient" in shown
    assert "Nomcaché" not in shown


def test_one_person_alone_is_no_figure(client):
    clause, member = ClauseFactory(), MemberFactory()
    for _ in range(4):
        report_usage(clause=clause, actor=member, usage=Usage(outcome="disputed"))
    assert "Contesté" not in page(client, clause)


def test_a_usage_is_reported_put_right_and_taken_back(client):
    clause, member = ClauseFactory(), MemberFactory()
    client.force_login(member)
    form = client.get(f"/clauses/{clause.pk}/utilisation/").context["form"]
    told = {"outcome": "awarded", "bids": "4", "would_reuse": "oui", "client_token": str(form["client_token"].value())}
    for _ in range(2):
        assert client.post(f"/clauses/{clause.pk}/utilisation/", told).status_code == 302
    report = UsageReport.objects.get()
    assert (report.bids, report.would_reuse, report.version) == (4, True, 1)
    url = f"/clauses/utilisations/{report.pk}/"
    assert client.post(url, {"outcome": "no_award", "would_reuse": "non"}).status_code == 302
    report.refresh_from_db()
    assert (report.outcome, report.would_reuse, report.bids) == ("no_award", False, None)
    assert client.post(url, {"bids": "9999"}).status_code == 422
    client.post(f"{url}supprimer/")
    clause.refresh_from_db()
    assert clause.use_count == 0 and not UsageReport.objects.exists()


def test_the_report_of_another_is_not_there(client):
    report = report_usage(clause=ClauseFactory(), actor=MemberFactory(), usage=Usage())
    client.force_login(MemberFactory())
    for url in (f"/clauses/utilisations/{report.pk}/", f"/clauses/utilisations/{report.pk}/supprimer/"):
        assert client.post(url).status_code == 404


@pytest.mark.parametrize("who", ["visitor", "member", "editor"])
def test_the_page_costs_at_most_twelve_queries(client, who, text):
    clause = ClauseFactory(family=PurchaseFamilyFactory(parent=PurchaseFamilyFactory()))
    if who != "visitor":
        client.force_login(MemberFactory(staff=who == "editor"))
    for rank in range(6):
        link(clause, ClauseFactory(), Relation.COMPLETES)
        provision = LegalProvision.objects.create(text=text, key=f"L{rank}", label=f"L. {rank}", title="Objet")
        Basis.objects.create(clause=clause, provision=provision)
        record_references(kind="question", pk=QuestionFactory().pk, paths=[clause_url(clause)], text="")
        report_usage(clause=clause, actor=MemberFactory(), usage=Usage(bids=3))
    new_version(clause)
    client.get("/clauses/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(clause_url(clause)).status_code == 200
    assert len(captured) <= 12, "\n".join(query["sql"][:160] for query in captured)


def test_clauses_that_resemble_one_are_under_it_among_those_one_may_read(client, indexed):
    clause = ClauseFactory(title="Pénalité pour retard de livraison du mobilier")
    near = ClauseFactory(title="Pénalité pour retard de chantier")
    ClauseFactory(title="Pénalité pour retard confidentielle", space=SpaceFactory(private=True))
    indexed()
    url = f"/clauses/{clause.pk}/proches/"
    assert url in page(client, clause)
    fragment = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert (near.title in fragment, clause.title in fragment, "confidentielle" in fragment) == (True, False, False)
    assert "<html" not in fragment
    assert near.title in client.get(url).content.decode()
    change(near, hidden_at=timezone.now())
    with CaptureQueriesContext(connection) as captured:
        assert near.title not in client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert len(captured) <= 6


@pytest.mark.parametrize("evict", ["hide", "close", "version", "link", "use"])
def test_a_kept_page_is_never_older_than_what_it_shows(client, evict):
    space = SpaceFactory()
    clause, other = ClauseFactory(space=space), ClauseFactory(space=space)
    link(clause, other, Relation.PAIR)
    client.get(clause_url(clause))
    with CaptureQueriesContext(connection) as captured:
        first = client.get(clause_url(clause))
    assert len(captured) == 1 and other.title in first.content.decode()
    if evict == "hide":
        change(clause, hidden_at=timezone.now())
    elif evict == "close":
        type(space).objects.filter(pk=space.pk).update(visibility="private")
    elif evict == "version":
        change(clause, version=2)
    elif evict == "use":
        change(clause, use_count=7)
    else:
        change(other, hidden_at=timezone.now())
    again = client.get(clause_url(clause), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == (404 if evict in ("hide", "close") else 200)
    assert evict != "link" or other.title not in again.content.decode()


@pytest.mark.parametrize(
    ("who", "offered"),
    [("visitor", False), ("member", False), ("staff", True), ("jurist", True), ("network", True), ("author", False)],
)
def test_the_acts_of_who_answers_for_it_are_offered_to_them(client, who, offered):
    clause = ClauseFactory()
    member = clause.author if who == "author" else MemberFactory(staff=who == "staff")
    if who == "jurist":
        Expertise.objects.create(member=member, kind="jurist", granted_by=member)
    elif who == "network":
        space = SpaceFactory(kind="network")
        Membership.objects.create(space=space, member=member, role="moderator")
    if who != "visitor":
        client.force_login(member)
    assert ("Gérer cette clause" in page(client, clause)) is offered
    if who == "author":
        assert "Gérer cette clause" in page(client, ClauseFactory(author=member, draft=True))


def test_machines_read_what_everyone_reads(client):
    shown = page(client, ClauseFactory())
    assert '"@type": "CreativeWork"' in shown
    assert 'property="og:title"' in shown
    member, space = MemberFactory(), SpaceFactory(members_only=True)
    client.force_login(member)
    shown = page(client, ClauseFactory(space=space))
    assert "CreativeWork" not in shown
    assert '<meta name="robots" content="noindex">' in shown


def test_three_clauses_at_most_stand_side_by_side_what_differs_first(client):
    clauses = [ClauseFactory(ambition=1 + rank % 2) for rank in range(4)]
    hidden = ClauseFactory(space=SpaceFactory(private=True))
    shown = client.get("/clauses/comparer/", {"c": [hidden.pk, *(clause.pk for clause in clauses)]})
    html = shown.content.decode()
    assert hidden.title not in html
    assert [clause["title"] for clause in shown.context["clauses"]] == [each.title for each in clauses[:2]]
    assert html.index("Ce qui diffère") < html.index("Ce qui est commun")
    assert html.count('<th scope="col">') == 3
    assert all(reverse("dossier_add", args=[each.pk]) in html for each in clauses[:2])
    assert html.index("Ce qui est commun") < html.index("Le texte intégral")
    assert client.get("/clauses/comparer/?c=abc&c=").status_code == 200


def test_feeds_hold_what_everyone_reads(client):
    family = PurchaseFamilyFactory()
    below = PurchaseFamilyFactory(parent=family)
    shown = ClauseFactory(family=below, title="Une clause \x0bouverte")
    others = [
        ClauseFactory(family=family, space=SpaceFactory(private=True)),
        ClauseFactory(family=family, draft=True),
        ClauseFactory(family=family, space=SpaceFactory(members_only=True)),
    ]
    client.force_login(others[0].author)
    for url in ("/clauses/flux/", f"/clauses/flux/{family.slug}/"):
        feed = client.get(url).content.decode()
        assert shown.title.replace("\x0b", "") in feed
        assert not any(each.title in feed for each in others)
