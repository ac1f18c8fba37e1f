"""The law moves: what cites it waits, is told to its readers, and is read again by those in charge."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from community.core import events
from community.core.errors import Invalid, Refused
from community.core.references import record_references
from community.law import actions as law_actions
from community.law.models import LegalProvision, LegalText
from community.moderation import actions
from community.moderation.law_review import progress_of, review_page
from community.moderation.models import ReviewItem
from community.moderation.permissions import can_review_law
from community.moderation.tasks import queue_citing
from community.notifications.actions import set_level
from community.notifications.models import Notification
from tests.factories import AnswerFactory, ClauseFactory, MemberFactory, MembershipFactory, SpaceFactory

from .support import citing, item_of, queries, signed_in

pytestmark = pytest.mark.django_db


def test_a_repeal_queues_what_cites_the_text_or_one_of_its_articles(decree, jurist, repeal, run_tasks):
    law_actions.create_provision(actor=jurist, provision=LegalProvision(text=decree, label="2", title="Parts"))
    whole, article = citing("le décret n° 2024-134"), citing("l’article 2 du décret n° 2024-134")
    citing("la loi AGEC")
    repeal()
    assert {item.object_id for item in ReviewItem.objects.all()} == {whole.pk, article.pk}
    assert {item.cause_kind for item in ReviewItem.objects.all()} == {"legal_text"}


def test_a_change_of_an_article_concerns_its_text_unless_it_is_a_code(law, jurist, run_tasks):
    article, code = citing("L. 2112-2"), citing("le code de la commande publique")
    own, whole = citing("l’article 58 de la loi AGEC"), citing("la loi AGEC")
    for key in ("L2112-2", "58"):
        provision = LegalProvision.objects.get(key=key)
        provision.summary = "Autrement dit."
        law_actions.edit_provision(actor=jurist, provision=provision)
    run_tasks()
    queued = set(ReviewItem.objects.values_list("object_id", flat=True))
    assert queued == {article.pk, own.pk, whole.pk}
    assert code.pk not in queued


def test_a_source_or_a_note_queues_nothing(decree, jurist, run_tasks):
    citing("le décret n° 2024-134")
    decree.note, decree.verified_on = "Relu.", date(2026, 11, 20)
    law_actions.edit_text(actor=jurist, text=decree)
    run_tasks()
    assert not ReviewItem.objects.exists()


def test_running_the_task_twice_queues_once_and_a_later_change_queues_again(decree, jurist, repeal, run_tasks):
    answer = citing("le décret n° 2024-134")
    repeal()
    item = item_of(answer)
    actions.decide_item(actor=jurist, item=item, outcome="still_right")
    queue_citing.call(cause_kind="legal_text", cause_id=decree.pk, change_id=item.change_id)
    assert item_of(answer).state == "still_right"
    law_actions.restore_text(actor=MemberFactory(staff=True), text=decree, note="Erreur")
    run_tasks()
    assert item_of(answer).state == "waiting"
    assert ReviewItem.objects.count() == 1


def test_who_follows_the_text_is_told(decree, repeal):
    follower = MemberFactory()
    set_level(actor=follower, kind="legal_text", pk=decree.pk, level="essential")
    repeal()
    assert Notification.objects.filter(member=follower, reason="law_changed", target_id=decree.pk).exists()


PLACES = ("community", "open", "members", "private")
WHO = {
    "jurist": {"community"},
    "staff": {"community"},
    "moderator": {"open", "members", "private"},
    "member": set(),
    "stranger": set(),
}


@pytest.fixture
def world(decree, jurist, repeal):
    """One content in each place, all citing the repealed text, and who may read them again."""
    spaces = {
        "community": None,
        "open": SpaceFactory(),
        "members": SpaceFactory(members_only=True),
        "private": SpaceFactory(private=True),
    }
    people = {
        "jurist": jurist,
        "staff": MemberFactory(staff=True),
        "moderator": MemberFactory(),
        "member": MemberFactory(),
        "stranger": MemberFactory(),
    }
    for space in filter(None, spaces.values()):
        MembershipFactory(space=space, member=people["moderator"], role="moderator")
        MembershipFactory(space=space, member=people["member"])
    answers = {place: citing("le décret n° 2024-134", space=space) for place, space in spaces.items()}
    repeal()
    return people, answers


@pytest.mark.parametrize("who", WHO)
def test_who_reads_what_again(world, who):
    people, answers = world
    listed = {line.item.object_id for line in review_page(people[who]).lines}
    assert listed == {answers[place].pk for place in WHO[who]}
    for place, answer in answers.items():
        item = item_of(answer)
        if place in WHO[who]:
            actions.decide_item(actor=people[who], item=item, outcome="still_right")
        else:
            with pytest.raises(PermissionDenied):
                actions.decide_item(actor=people[who], item=item, outcome="still_right")
            with pytest.raises(PermissionDenied):
                actions.entrust_item(actor=people[who], item=item, to=people["jurist"])
    assert can_review_law(people[who]) is (who in ("jurist", "staff", "moderator"))


def test_a_jurist_of_a_private_space_who_does_not_moderate_it_sees_nothing_of_it(world):
    people, answers = world
    MembershipFactory(space=answers["private"].question.space, member=people["jurist"])
    assert {line.item.object_id for line in review_page(people["jurist"]).lines} == {answers["community"].pk}


def test_a_line_shows_the_citation_and_what_stands_in_its_place(decree, jurist, run_tasks):
    citing("le décret n° 2024-134")
    successor = LegalText.objects.get(slug="loi-agec")
    law_actions.repeal_text(actor=jurist, text=decree, on=timezone.localdate(), replaced_by=successor)
    run_tasks()
    (line,) = review_page(jurist).lines
    assert (line.mark, line.successor) == ("décret n° 2024-134", "Loi AGEC")
    assert line.before.endswith("Relisez le ")


def test_a_citation_mended_since_is_said_so(world):
    people, answers = world
    answer = answers["community"]
    answer.set_body("Relisez la nouvelle règle.")
    answer.save()
    record_references(kind="answer", pk=answer.pk, paths=[], text="Relisez la nouvelle règle.")
    (line,) = review_page(people["jurist"]).lines
    assert line.mark == ""
    page = signed_in(people["jurist"]).get(reverse("law_review")).content.decode()
    assert "n’apparaît plus" in page


def test_what_is_hidden_or_moved_leaves_the_list(world, run_tasks):
    people, answers = world
    question = answers["open"].question
    question.space = None
    question.save()
    assert answers["open"].pk not in {line.item.object_id for line in review_page(people["moderator"]).lines}
    events.emit(
        events.QuestionMoved(question_id=question.pk, from_space_id=item_of(answers["open"]).space_id, to_space_id=None)
    )
    run_tasks()
    assert answers["open"].pk in {line.item.object_id for line in review_page(people["jurist"]).lines}
    answers["community"].hidden_at = timezone.now()
    answers["community"].save()
    assert answers["community"].pk not in {line.item.object_id for line in review_page(people["jurist"]).lines}


def test_entrusting_gives_the_reading_to_somebody_who_could_have_taken_it(world):
    people, answers = world
    item = item_of(answers["community"])
    other = MemberFactory()
    other.expertises.create(kind="jurist")
    with pytest.raises(Invalid):
        actions.entrust_item(actor=people["jurist"], item=item, to=people["stranger"])
    actions.entrust_item(actor=people["jurist"], item=item, to=other)
    assert item_of(answers["community"]).state == "entrusted"
    assert [line.item.pk for line in review_page(other, mine=True).lines] == [item.pk]
    private = item_of(answers["private"])
    with pytest.raises(Invalid):
        actions.entrust_item(actor=people["moderator"], item=private, to=people["jurist"])
    actions.entrust_item(actor=people["moderator"], item=private, to=people["moderator"])
    other.expertises.all().delete()
    assert can_review_law(other)
    actions.decide_item(actor=other, item=item, outcome="updated")
    assert not can_review_law(other)


@pytest.mark.parametrize(("outcome", "note"), [("waiting", ""), ("entrusted", ""), ("", ""), ("obsolete", "x" * 501)])
def test_a_decision_that_is_none_is_refused(world, outcome, note):
    people, answers = world
    with pytest.raises(Invalid):
        actions.decide_item(actor=people["jurist"], item=item_of(answers["community"]), outcome=outcome, note=note)


def test_what_was_decided_is_not_decided_again(world):
    people, answers = world
    item = item_of(answers["community"])
    actions.decide_item(actor=people["jurist"], item=item, outcome="obsolete")
    with pytest.raises(Refused):
        actions.decide_item(actor=people["jurist"], item=item, outcome="updated")
    with pytest.raises(Refused):
        actions.entrust_item(actor=people["jurist"], item=item, to=people["jurist"])


def test_progress_counts_what_the_reader_sees(world):
    people, answers = world
    text = [("legal_text", item_of(answers["open"]).cause_id)]
    actions.decide_item(actor=people["moderator"], item=item_of(answers["open"]), outcome="updated")
    seen = progress_of(people["moderator"], text)
    assert (seen.done, seen.total, seen.left) == (1, 3, 2)
    assert progress_of(people["jurist"], text).total == 1


def test_a_long_queue_is_read_page_by_page(decree, jurist, repeal):
    hidden = SpaceFactory(private=True)
    for rank in range(45):
        citing("le décret n° 2024-134", space=hidden if rank % 2 else None)
    repeal()
    ReviewItem.objects.update(space_id=None)
    first = review_page(jurist)
    second = review_page(jurist, after=first.next)
    assert (len(first.lines), len(second.lines), second.next) == (20, 3, None)


@pytest.mark.parametrize("who", WHO)
def test_the_pages_of_the_queue(world, who):
    people, answers = world
    client = signed_in(people[who])
    reviews = who in ("jurist", "staff", "moderator")
    assert client.get(reverse("law_review")).status_code == (200 if reviews else 404)
    for place, answer in answers.items():
        url = reverse("law_review_item", args=[item_of(answer).pk])
        expected = 200 if place in WHO[who] else 404
        assert client.get(url).status_code == expected
        if expected == 404:
            assert client.post(url, {"action": "updated"}).status_code == 404
    text = client.get(reverse("legal_text", args=["decret-2024-134"])).content.decode()
    assert ('id="a-relire"' in text) is reviews


def test_deciding_and_entrusting_by_the_forms(world):
    people, answers = world
    client = signed_in(people["jurist"])
    url = reverse("law_review_item", args=[item_of(answers["community"]).pk])
    assert client.post(url, {"action": "entrust", "to": "x"}).status_code == 422
    assert client.post(url, {"action": "entrust", "to": people["stranger"].pk}).status_code == 422
    client.post(url, {"action": "entrust", "to": people["jurist"].pk})
    assert "Confié à" in client.get(reverse("law_review")).content.decode()
    back = reverse("legal_text", args=["decret-2024-134"])
    response = client.post(url, {"action": "obsolete", "note": "Remplacé.", "next": back})
    assert response.url == back
    assert client.post(url, {"action": "updated", "next": "https://evil.example/"}).status_code == 409
    page = client.get(url).content.decode()
    assert "Obsolète" in page
    assert "Remplacé." in page
    assert "Tout a été relu" in client.get(back).content.decode()


def test_the_queue_costs_the_same_at_any_length(decree, jurist, repeal):
    citing("le décret n° 2024-134")
    citing("le décret n° 2024-134")
    repeal()
    client = signed_in(jurist)
    few = queries(client, reverse("law_review"))
    for _rank in range(12):
        answer = citing("le décret n° 2024-134")
        item = item_of(AnswerFactory._meta.model.objects.get(pk=ReviewItem.objects.first().object_id))
        actions.queue_contents_unguarded(
            cause_kind="legal_text", cause_id=decree.pk, change_id=item.change_id, keys=[("answer", answer.pk)]
        )
    assert queries(client, reverse("law_review")) == few <= 16


def test_a_visitor_reads_nothing_again(world):
    assert not ReviewItem.objects.reviewable_by(AnonymousUser()).exists()
    assert not can_review_law(AnonymousUser())


def test_who_follows_the_text_is_told_of_each_change_once_she_read_the_one_before(decree, jurist, repeal, run_tasks):
    follower = MemberFactory()
    set_level(actor=follower, kind="legal_text", pk=decree.pk, level="essential")
    repeal()
    told = Notification.objects.filter(member=follower, reason="law_changed")
    first = told.get()
    law_actions.restore_text(actor=MemberFactory(staff=True), text=decree, note="Erreur")
    run_tasks()
    assert told.get() == first
    told.update(seen_at=timezone.now())
    repeal()
    assert told.get().seen_at is None


@pytest.mark.parametrize(("repealed", "expected"), [(False, {"whole"}), (True, {"whole", "article"})])
def test_a_code_that_changes_concerns_who_cites_it_whole_and_its_repeal_all(law, jurist, run_tasks, repealed, expected):
    answers = {"whole": citing("le code de la commande publique"), "article": citing("L. 2112-2")}
    code = LegalText.objects.get(slug="code-de-la-commande-publique")
    if repealed:
        law_actions.repeal_text(actor=jurist, text=code, on=timezone.localdate(), note="Journal officiel")
    else:
        code.in_force_from = date(2019, 4, 2)
        law_actions.edit_text(actor=jurist, text=code)
    run_tasks()
    queued = set(ReviewItem.objects.filter(cause_kind="legal_text").values_list("object_id", flat=True))
    assert queued == {answers[name].pk for name in expected}


def test_several_are_decided_at_once_of_those_within_reach(world):
    people, answers = world
    client = signed_in(people["moderator"])
    ticked = [item_of(answer).pk for answer in answers.values()]
    assert client.post(reverse("law_review"), {"action": "updated"}).status_code == 422
    assert client.post(reverse("law_review"), {"item": ticked, "action": "waiting"}).status_code == 422
    assert not ReviewItem.objects.exclude(decided_at=None).exists()
    already = item_of(answers["open"])
    actions.decide_item(actor=people["moderator"], item=already, outcome="obsolete")
    answer = client.post(reverse("law_review"), {"item": [*ticked, "x"], "action": "updated"}, follow=True)
    assert "2 décisions enregistrées" in answer.content.decode()
    states = {place: item_of(answer).state for place, answer in answers.items()}
    assert states == {"community": "waiting", "open": "obsolete", "members": "updated", "private": "updated"}
    again = client.post(reverse("law_review"), {"item": ticked, "action": "updated"})
    assert again.status_code == 409
    for who in ("member", "stranger"):
        assert signed_in(people[who]).post(reverse("law_review"), {"item": ticked}).status_code == 404


def test_a_citation_in_the_legal_basis_is_said_to_stand_there_whatever_replaces_it(decree, jurist, run_tasks):
    bases = [{"text": decree.slug, "provision": "", "note": ""}]
    ClauseFactory(title="Fondée sur le décret", content={"bases": bases})
    law_actions.repeal_text(actor=jurist, text=decree, on=timezone.localdate())
    run_tasks()
    (line,) = review_page(jurist).lines
    assert (line.mark, line.is_apart) == ("", True)
