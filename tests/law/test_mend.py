"""« Remplacer la citation »: one click, by those who may change the content, its past kept."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from clauses.library.models import Basis
from community.core import contents
from community.core.errors import Refused
from community.core.references import record_references
from community.law import actions as law_actions
from community.law.models import LegalProvision, LegalText
from community.moderation import actions
from community.moderation.models import ReviewItem
from community.moderation.replacing import proposals
from qa.addresses import question_url
from tests.factories import ClauseFactory, MemberFactory, MembershipFactory, SpaceFactory

from .support import citing, item_of, signed_in

pytestmark = pytest.mark.django_db
CITED = "le décret n° 2024-134"


@pytest.fixture
def successor(law) -> LegalText:
    return LegalText.objects.get(slug="decret-2025-1386")


@pytest.fixture
def answers(successor, repeal):
    space = SpaceFactory(private=True)
    found = {"community": citing(CITED), "private": citing(CITED, space=space)}
    repeal(replaced_by=successor)
    return found


def seen_by(member, obj, kind: str = "answer") -> str:
    return proposals(member, {(kind, obj.pk): obj})[kind, obj.pk].seen


def mended_clause(decree, successor, jurist, repeal, **fields):
    clause = ClauseFactory(wordings=[{"text": f"Selon {CITED}, le titulaire remet un bilan."}], **fields)
    for basis in ({"text": decree}, {"text": successor}):
        Basis.objects.create(clause=clause, **basis)
    record_references(kind="clause", pk=clause.pk, paths=(), text=clause.plain_text, keys=[("legal_text", decree.pk)])
    repeal(replaced_by=successor)
    clause.refresh_from_db()
    return clause


def test_an_answer_cites_what_stands_today_and_keeps_its_past(answers, jurist):
    answer = answers["community"]
    lines = proposals(jurist, {("answer", answer.pk): answer})["answer", answer.pk].lines
    assert lines == [("décret n° 2024-134", "décret n°\u00a02025-1386")]
    assert actions.replace_citations(actor=jurist, kind="answer", obj=answer, seen=seen_by(jurist, answer))
    answer.refresh_from_db()
    assert "le décret n°\u00a02025-1386" in answer.body
    first, last = answer.revisions.order_by("number")
    assert ("2024-134" in first.body, last.author, "remplacé par" in last.reason) == (True, jurist, True)
    assert (item_of(answer).state, item_of(answer).decided_by) == ("updated", jurist)
    assert ReviewItem.objects.open().count() == 1


def test_a_clause_gets_a_version_whose_text_and_basis_are_up_to_date(decree, successor, jurist, repeal):
    clause = mended_clause(decree, successor, jurist, repeal)
    assert clause.legal_state == "to_review"
    seen = seen_by(jurist, clause, "clause")
    actions.replace_citations(actor=jurist, kind="clause", obj=clause, seen=seen)
    clause.refresh_from_db()
    latest = clause.versions.first()
    assert (latest.number, latest.author, clause.legal_state) == (2, jurist, "current")
    assert "2025-1386" in latest.content["wordings"][0]["text"]
    assert [basis["text"] for basis in latest.content["bases"]] == [successor.slug]
    assert "2024-134" in clause.versions.get(number=1).content["wordings"][0]["text"]
    assert "remplacé par" in latest.note
    with pytest.raises(Refused):
        actions.replace_citations(actor=jurist, kind="clause", obj=clause, seen=seen)


def test_a_clause_that_cites_by_its_basis_alone_is_mended_too(decree, successor, jurist, repeal):
    clause = ClauseFactory()
    Basis.objects.create(clause=clause, text=decree)
    record_references(kind="clause", pk=clause.pk, paths=(), text="", keys=[("legal_text", decree.pk)])
    repeal(replaced_by=successor)
    page = signed_in(jurist).get(reverse("law_review")).content.decode()
    assert "Remplacer la citation" in page
    clause.refresh_from_db()
    actions.replace_citations(actor=jurist, kind="clause", obj=clause, seen=seen_by(jurist, clause, "clause"))
    assert [basis["text"] for basis in clause.versions.first().content["bases"]] == [successor.slug]


def test_a_text_changed_meanwhile_is_not_overwritten(answers, jurist):
    answer = answers["community"]
    seen = seen_by(jurist, answer)
    answer.set_body("Relisez le décret n° 2024-134, en détail.")
    answer.save()
    url = reverse("law_replace", args=["answer", answer.pk])
    refused = signed_in(jurist).post(url, {"seen": seen})
    assert refused.status_code == 409
    assert "a changé depuis" in refused.content.decode()
    answer.refresh_from_db()
    assert "2024-134" in answer.body
    assert item_of(answer).is_open


def test_a_citation_that_needs_a_reader_waits(decree, successor, jurist, repeal):
    article = citing("l’article 2 du décret n° 2024-134")
    both = citing("le décret n° 2024-134.\n\nL’article 2 du décret n° 2024-134 aussi")
    repeal(replaced_by=successor)
    page = signed_in(jurist).get(reverse("law_review")).content.decode()
    assert page.count("formaction=") == 1
    url = reverse("law_replace", args=["answer", article.pk])
    assert "corrigez-le à la main" in signed_in(jurist).get(url).content.decode()
    assert signed_in(jurist).post(url, {"seen": ""}).status_code == 409
    assert not actions.replace_citations(actor=jurist, kind="answer", obj=both, seen=seen_by(jurist, both))
    assert item_of(both).is_open


def test_what_nothing_replaces_has_no_button(decree, jurist, repeal):
    citing(CITED)
    repeal()
    assert "Remplacer la citation" not in signed_in(jurist).get(reverse("law_review")).content.decode()


def test_a_new_article_stands_for_the_old_one(law, jurist, run_tasks):
    old = LegalProvision.objects.get(key="L2112-2")
    new = law_actions.create_provision(
        actor=jurist, provision=LegalProvision(text=old.text, label="L. 2112-9", title="Conditions")
    )
    answer = citing("l’article L. 2112-2")
    law_actions.repeal_provision(actor=jurist, provision=old, on=timezone.localdate(), replaced_by=new)
    run_tasks()
    actions.replace_citations(actor=jurist, kind="answer", obj=answer, seen=seen_by(jurist, answer))
    answer.refresh_from_db()
    assert "l’article L. 2112-9 avant" in answer.body
    assert item_of(answer).state == "updated"


def test_who_may_replace_and_who_is_offered_to(answers, jurist):
    space = answers["private"].question.space
    people = {
        "author": (answers["community"].author, {"community"}),
        "jurist": (jurist, {"community"}),
        "staff": (MemberFactory(staff=True), {"community"}),
        "moderator": (MembershipFactory(space=space, role="moderator").member, {"private"}),
        "member": (MembershipFactory(space=space).member, set()),
        "stranger": (MemberFactory(), set()),
    }
    for name, (member, places) in people.items():
        client = signed_in(member)
        for place, answer in answers.items():
            url, may = reverse("law_replace", args=["answer", answer.pk]), place in places
            seen_here = place == "community" or name in ("moderator", "member")
            assert client.get(url).status_code == (200 if may else 403 if seen_here else 404), (name, place)
            if seen_here:
                assert (url in client.get(question_url(answer.question)).content.decode()) is may, (name, place)
            if not may:
                with pytest.raises(PermissionDenied):
                    actions.replace_citations(actor=member, kind="answer", obj=answer, seen="")
    assert signed_in(jurist).get(reverse("law_replace", args=["legal_text", 1])).status_code in (403, 404)


def test_a_visitor_mends_nothing_and_changes_nothing(client, decree, successor, jurist, repeal):
    own = citing(CITED)
    clause = mended_clause(decree, successor, jurist, repeal)
    for kind, obj in (("answer", own), ("question", own.question), ("clause", clause)):
        assert not contents.get(kind).mendable_by(AnonymousUser()).exists()
        assert not contents.get(kind).mendable_by(MemberFactory()).filter(pk=obj.pk).exists()
        assert client.post(reverse("law_replace", args=[kind, obj.pk]), {"seen": ""}).status_code == 401
    assert [item.kind for item in ReviewItem.objects.open().order_by("kind")] == ["answer", "clause"]


def test_the_page_of_a_clause_offers_it_and_one_post_does_it(decree, successor, jurist, repeal):
    clause = mended_clause(decree, successor, jurist, repeal)
    url = reverse("law_replace", args=["clause", clause.pk])
    page = reverse("clause_detail", args=[clause.pk, clause.slug])
    assert url in signed_in(jurist).get(page).content.decode()
    assert url not in signed_in(MemberFactory()).get(page).content.decode()
    shown = signed_in(jurist).get(url).content.decode()
    assert "<del>décret n° 2024-134</del>" in shown
    answer = signed_in(jurist).post(url, {"seen": seen_by(jurist, clause, "clause"), "next": reverse("law_review")})
    assert (answer.status_code, answer.url) == (302, reverse("law_review"))
    assert url not in signed_in(jurist).get(page).content.decode()
