"""A threshold moves: what cites the articles that rest on it waits, as when the articles themselves change."""

from datetime import date

import pytest
from django.urls import reverse

from clauses.library.actions.publish import record_clause_references
from clauses.library.content import to_content
from community.core.progress import Report
from community.law import actions
from community.law.models import LegalChange, LegalProvision, Threshold
from community.law.reference import load_law
from community.moderation.law_review import review_page
from community.moderation.models import ReviewItem
from community.notifications.actions import set_level
from community.notifications.models import Notification
from tests.factories import ClauseFactory, MemberFactory

from .support import citing, item_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispense(law) -> Threshold:
    return Threshold.objects.get(key="dispense-fournitures-services", applies_from=date(2026, 4, 1))


@pytest.fixture
def article(law) -> LegalProvision:
    return LegalProvision.objects.get(key="R2122-8")


@pytest.fixture
def clause(article):
    bases = [{"text": article.text.slug, "provision": article.key, "note": ""}]
    clause = ClauseFactory(content={"bases": bases})
    record_clause_references(clause, to_content(clause))
    return clause


@pytest.fixture
def edit(jurist, run_tasks):
    def act(threshold: Threshold, *, note: str = "", provisions=None, **values) -> None:
        for name, value in values.items():
            setattr(threshold, name, value)
        kept = threshold.provisions.all() if provisions is None else provisions
        actions.edit_threshold(actor=jurist, threshold=threshold, provisions=list(kept), note=note)
        run_tasks()

    return act


@pytest.mark.parametrize(
    "values", [{"amount": 70_000}, {"applies_from": date(2026, 5, 1)}, {"applies_until": date(2029, 12, 31)}]
)
def test_an_amount_or_a_period_that_changes_queues_what_cites_its_articles(dispense, clause, edit, values):
    answer, other = citing("R. 2122-8"), citing("L. 2112-2")
    edit(dispense, **values)
    queued = set(ReviewItem.objects.values_list("kind", "object_id"))
    assert queued == {("clause", clause.pk), ("answer", answer.pk)}
    assert ("answer", other.pk) not in queued
    clause.refresh_from_db()
    assert clause.law_moved_on is not None


@pytest.mark.parametrize(
    "values",
    [{"label": "Dispense"}, {"amount": 60_000}, {"concerns": "Relu"}, {"verified_on": date(2026, 11, 20)}],
)
def test_its_name_or_its_source_queues_nothing(dispense, clause, edit, values):
    edit(dispense, note="Relu", **values)
    assert not ReviewItem.objects.exists()
    clause.refresh_from_db()
    assert clause.law_moved_on is None


def test_its_articles_alone_queue_nothing_and_are_a_line_of_its_history(dispense, clause, edit):
    edit(dispense, provisions=[])
    assert not ReviewItem.objects.exists()
    line = LegalChange.objects.first()
    assert (line.kind, line.object_id, line.after) == ("threshold", dispense.pk, {"provisions": []})


def test_who_reads_again_is_told_that_the_threshold_changed(dispense, article, jurist, edit):
    answer = citing("R. 2122-8")
    edit(dispense, note="Décret de 2027", amount=70_000)
    said = f"Seuil modifié : {dispense}. Décret de 2027"
    (line,) = review_page(jurist).lines
    assert (line.item.object_id, line.why) == (answer.pk, said)
    change = LegalChange.objects.get(pk=item_of(answer).change_id)
    assert (change.kind, change.object_id, change.by, change.after) == ("legal_provision", article.pk, jurist, {})
    client = signed_in(jurist)
    for url in (
        reverse("law_review"),
        reverse("law_review_item", args=[line.item.pk]),
        reverse("legal_text", args=[article.text.slug]),
    ):
        assert "Seuil modifié" in client.get(url).content.decode()


def test_who_follows_the_text_is_told_of_the_threshold(dispense, article, edit):
    follower = MemberFactory()
    set_level(actor=follower, kind="legal_text", pk=article.text_id, level="essential")
    edit(dispense, amount=70_000)
    assert Notification.objects.filter(member=follower, reason="law_changed", target_id=article.text_id).exists()


def test_the_next_period_of_a_threshold_changes_it_and_the_first_one_does_not(law, jurist, run_tasks):
    social = LegalProvision.objects.get(key="L2112-2-1")
    answer = citing("L. 2112-2-1")
    for key, queued in (("seuil-inconnu", False), ("ue-travaux", True)):
        period = Threshold(key=key, label="Travaux", amount=5_500_000, applies_from=date(2028, 1, 1))
        actions.create_threshold(actor=jurist, threshold=period, provisions=[social])
        run_tasks()
        assert ReviewItem.objects.filter(object_id=answer.pk).exists() is queued


def test_an_article_whose_threshold_changed_is_not_held_as_edited(dispense, article, jurist, edit):
    """Neither by the loader, which goes on mending it, nor by a form opened before."""
    edit(dispense, amount=70_000)
    LegalProvision.objects.filter(pk=article.pk).update(title="Autre")
    load_law(Report())
    article.refresh_from_db()
    assert article.title != "Autre"
    seen = actions.latest_change_id(article)
    edit(dispense, amount=80_000)
    article.summary = "Autrement dit."
    actions.edit_provision(actor=jurist, provision=article, seen=seen)
    article.refresh_from_db()
    assert article.summary == "Autrement dit."


def test_what_a_jurist_says_of_the_articles_of_a_threshold_is_hers(dispense, edit):
    edit(dispense, provisions=[])
    load_law(Report())
    assert not dispense.provisions.exists()


def test_a_jurist_says_the_articles_of_a_threshold(dispense, article, jurist):
    client, url = signed_in(jurist), reverse("threshold_edit", args=[dispense.pk])
    form = client.get(url).context["form"]
    assert list(form["provisions"].value()) == [article.pk]
    sent = {name: form[name].value() or "" for name in form.fields} | {"provisions": [], "to_check": ""}
    assert client.post(url, sent).status_code == 302
    assert not dispense.provisions.exists()


@pytest.mark.parametrize(
    ("key", "start", "articles"),
    [
        ("dispense-travaux", date(2026, 1, 1), ["R2122-8"]),
        ("documents-gratuits", date(2026, 4, 1), ["R2132-2"]),
        ("spaser", date(2023, 1, 1), ["L2111-3"]),
        ("ue-travaux", date(2026, 1, 1), ["L2112-2-1"]),
        ("ue-concessions", date(2026, 1, 1), []),
        ("donnees-essentielles", date(2024, 1, 1), []),
    ],
)
def test_a_threshold_of_the_file_comes_with_the_articles_that_are_known(law, key, start, articles):
    threshold = Threshold.objects.get(key=key, applies_from=start)
    assert list(threshold.provisions.values_list("key", flat=True)) == articles
