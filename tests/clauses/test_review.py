from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from clauses.library.actions.life import refresh_all_legal_states
from clauses.library.actions.propose import correct_proposal, edit_clause, propose_clause
from clauses.library.actions.publish import NotPublishable, publish_clause
from clauses.library.actions.review import consolidate_clause, send_back
from clauses.library.actions.state import archive_clause, hide_clause, mark_obsolete, restore_clause, unhide_clause
from clauses.library.content import to_content
from clauses.library.models import Clause, ClauseCopy
from clauses.library.vocabularies import ClauseState, Consolidation, LegalState
from community.core.errors import Invalid, Refused
from community.core.models import AuditEntry, Reference
from community.law.actions import create_provision, create_text, edit_provision, edit_text, repeal_text
from community.law.models import LegalProvision, LegalText
from community.members.models import Expertise
from community.moderation.actions import decide_item, hide_content
from community.moderation.models import ReviewItem
from community.notifications.models import Notification
from tests.factories import ClauseFactory, MemberFactory, MembershipFactory, SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return MemberFactory(staff=True)


@pytest.fixture
def jurist():
    return Expertise.objects.create(member=MemberFactory(), kind="jurist").member


def a_content(**changes) -> dict:
    clause = ClauseFactory()
    return {**to_content(clause), "title": "Suivi des contenants réemployables", **changes}


def reasons_of(member) -> list[str]:
    return sorted(Notification.objects.filter(member=member).values_list("reason", flat=True))


def test_a_contribution_waits_for_its_review_and_reviewers_are_told(run_tasks, editor):
    member = MemberFactory()
    clause = propose_clause(actor=member, content=a_content())
    assert (clause.state, clause.version, clause.live) == (ClauseState.IN_REVIEW, 0, False)
    assert clause.slug == "suivi-des-contenants-reemployables"
    run_tasks()
    assert reasons_of(editor) == ["clause_proposed"]
    assert reasons_of(member) == []


def test_the_same_form_makes_one_clause():
    from uuid import uuid4

    member, token, content = MemberFactory(), uuid4(), a_content()
    first = propose_clause(actor=member, content=content, client_token=token)
    assert propose_clause(actor=member, content=content, client_token=token) == first


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"summary": ""}, NotPublishable, "résumé"),
        ({"links": [{"relation": "pair", "reference": "CL-999999"}]}, Invalid, "ne désigne aucune clause"),
        ({"links": [{"relation": "pair", "reference": "autre"}]}, Invalid, "ne désigne aucune clause"),
        ({"objectives": ["inconnu"]}, Invalid, "n’est pas connu"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_makes_nothing(changes, error, message):
    content = a_content(**changes)
    count = Clause.objects.count()
    with pytest.raises(error, match=message):
        propose_clause(actor=MemberFactory(), content=content)
    assert Clause.objects.count() == count


def test_a_link_to_a_clause_that_is_not_read_is_a_link_to_nothing():
    hidden = ClauseFactory(space=SpaceFactory(private=True))
    with pytest.raises(Invalid) as private:
        propose_clause(
            actor=MemberFactory(), content=a_content(links=[{"relation": "pair", "reference": hidden.reference}])
        )
    assert "ne désigne aucune clause" in private.value.message


def test_proposing_in_a_space_is_for_those_who_write_there():
    space = SpaceFactory(private=True)
    with pytest.raises(PermissionDenied):
        propose_clause(actor=MemberFactory(), content=a_content(), space=space)
    clause = propose_clause(actor=MembershipFactory(space=space).member, content=a_content(), space=space)
    assert clause.space == space


def test_what_is_sent_back_is_corrected_then_published(run_tasks, editor):
    member = MemberFactory()
    clause = propose_clause(actor=member, content=a_content())
    with pytest.raises(Invalid, match="Dites"):
        send_back(clause=clause, actor=editor, note=" ")
    send_back(clause=clause, actor=editor, note="Précisez le délai.")
    clause.refresh_from_db()
    assert (clause.state, clause.review_note) == (ClauseState.DRAFT, "Précisez le délai.")
    with pytest.raises(Refused):
        send_back(clause=clause, actor=editor, note="Encore.")
    content = to_content(clause) | {"summary": "Autre résumé, plus clair."}
    correct_proposal(clause=clause, actor=member, content=content)
    clause.refresh_from_db()
    assert (clause.state, clause.review_note, clause.summary) == (
        ClauseState.IN_REVIEW,
        "",
        "Autre résumé, plus clair.",
    )
    publish_clause(clause=clause, actor=editor)
    run_tasks()
    assert reasons_of(member) == ["clause_accepted", "clause_sent_back"]
    with pytest.raises(PermissionDenied):
        correct_proposal(clause=Clause.objects.get(pk=clause.pk), actor=member, content=content)
    with pytest.raises(Refused, match="parue"):
        correct_proposal(clause=clause, actor=editor, content=content)


def test_a_level_is_kept_with_who_and_when_and_never_lowers(editor, jurist):
    clause = ClauseFactory(review_by=timezone.localdate() - timedelta(days=1))
    later = timezone.localdate() + timedelta(days=365)
    refresh_all_legal_states()
    assert Clause.objects.get(pk=clause.pk).legal_state == LegalState.TO_REVIEW
    review = consolidate_clause(
        clause=clause, actor=jurist, level=Consolidation.JURIST, version=1, note="Relue.", review_by=later
    )
    assert (review.version, review.level, review.reviewer) == (1, Consolidation.JURIST, jurist)
    consolidate_clause(clause=clause, actor=editor, level=Consolidation.PEER, version=1)
    clause.refresh_from_db()
    assert (clause.consolidation, clause.reviewed_by, clause.review_by) == (Consolidation.JURIST, editor, later)
    assert clause.legal_state == LegalState.CURRENT


def test_a_level_is_of_the_version_that_was_read(jurist, editor):
    clause = ClauseFactory()
    with pytest.raises(Refused, match="Une autre version"):
        consolidate_clause(clause=clause, actor=jurist, level=Consolidation.JURIST, version=0)
    with pytest.raises(Invalid, match="à venir"):
        consolidate_clause(
            clause=clause, actor=jurist, level=Consolidation.JURIST, version=1, review_by=timezone.localdate()
        )
    with pytest.raises(PermissionDenied):
        consolidate_clause(clause=clause, actor=editor, level=Consolidation.JURIST, version=1)
    obsolete = ClauseFactory(state=ClauseState.OBSOLETE)
    with pytest.raises(Refused, match="Seule"):
        consolidate_clause(clause=obsolete, actor=jurist, level=Consolidation.JURIST, version=1)


def test_a_network_signs_with_its_name():
    space = SpaceFactory(kind="network", name="Réseau du Haut-Pays")
    animator = MembershipFactory(space=space, role="moderator").member
    review = consolidate_clause(clause=ClauseFactory(), actor=animator, level=Consolidation.NETWORK, version=1)
    assert review.network == space


def copied(clause, member=None) -> ClauseCopy:
    return ClauseCopy.objects.create(
        clause=clause, member=member or MemberFactory(), version=clause.version, form="plain"
    )


def test_those_who_took_a_version_away_are_told_of_the_next_if_they_may_still_read(run_tasks):
    space = SpaceFactory(private=True)
    owner = MembershipFactory(space=space, role="owner").member
    inside = MembershipFactory(space=space).member
    clause, left = ClauseFactory(space=space), MemberFactory()
    copied(clause, inside), copied(clause, left)
    for number in (1, 2):
        content = to_content(clause) | {"why": f"Raison {number}."}
        edit_clause(clause=clause, actor=owner, content=content, seen=number, note="Précision.")
        run_tasks()
    assert reasons_of(inside) == ["clause_version_copied", "clause_version_copied"]
    assert reasons_of(left) == []


def test_somebody_else_published_meanwhile(editor):
    clause = ClauseFactory()
    with pytest.raises(Refused, match="version 1 est parue"):
        edit_clause(clause=clause, actor=editor, content=to_content(clause), seen=0)
    with pytest.raises(Refused, match="pas publiée"):
        edit_clause(clause=ClauseFactory(in_review=True), actor=editor, content=to_content(clause), seen=0)


def test_obsolete_archived_restored(run_tasks, editor):
    clause, better = ClauseFactory(), ClauseFactory()
    told = copied(clause).member
    with pytest.raises(Invalid, match="autre clause"):
        mark_obsolete(clause=clause, actor=editor, replaced_by=clause)
    with pytest.raises(Invalid, match="publiée"):
        mark_obsolete(clause=clause, actor=editor, replaced_by=ClauseFactory(draft=True))
    with pytest.raises(Invalid, match="communauté"):
        mark_obsolete(clause=clause, actor=editor, replaced_by=ClauseFactory(in_space=True))
    mark_obsolete(clause=clause, actor=editor, replaced_by=better)
    clause.refresh_from_db()
    assert (clause.state, clause.legal_state, clause.replaced_by) == (
        ClauseState.OBSOLETE,
        LegalState.OBSOLETE,
        better,
    )
    run_tasks()
    assert reasons_of(told) == ["clause_obsolete"]
    with pytest.raises(Refused):
        mark_obsolete(clause=clause, actor=editor)
    archive_clause(clause=clause, actor=editor)
    with pytest.raises(Refused):
        archive_clause(clause=clause, actor=editor)
    restore_clause(clause=clause, actor=editor)
    clause.refresh_from_db()
    assert (clause.state, clause.legal_state, clause.replaced_by) == (ClauseState.PUBLISHED, LegalState.CURRENT, None)
    with pytest.raises(Refused):
        restore_clause(clause=clause, actor=editor)


def test_a_draft_that_was_archived_is_a_draft_again(editor):
    clause = ClauseFactory(draft=True)
    archive_clause(clause=clause, actor=editor)
    assert restore_clause(clause=clause, actor=editor).state == ClauseState.DRAFT


def test_moderation_hides_and_shows_again(editor):
    clause = ClauseFactory()
    with pytest.raises(Invalid, match="motif"):
        hide_clause(clause=clause, actor=editor, reason="")
    hide_content(actor=editor, kind="clause", pk=clause.pk, reason="Nom d’un candidat.")
    clause.refresh_from_db()
    assert clause.hidden_reason == "Nom d’un candidat."
    assert clause not in Clause.objects.visible_to(MemberFactory())
    with pytest.raises(Refused):
        hide_clause(clause=clause, actor=editor, reason="Encore.")
    unhide_clause(clause=clause, actor=editor)
    assert clause in Clause.objects.visible_to(MemberFactory())
    with pytest.raises(Refused):
        unhide_clause(clause=clause, actor=editor)
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {"hide_clause", "unhide_clause"}
    with pytest.raises(PermissionDenied):
        hide_clause(clause=clause, actor=clause.author, reason="Non.")
    with pytest.raises(PermissionDenied):
        unhide_clause(clause=clause, actor=clause.author)


def test_a_repealed_text_sends_the_clauses_that_cite_it_back_to_review(run_tasks, jurist):
    text = LegalText(
        slug="decret-essai", nature="decree", number="2099-254", short_title="Décret d’essai", title="Décret d’essai"
    )
    create_text(actor=jurist, text=text)
    based = ClauseFactory(content={"bases": [{"text": text.slug, "provision": "", "note": ""}]})
    citing = ClauseFactory(
        in_review=True, wordings=[{"text": "Sous {delai} jours, comme le dit le décret n° 2099-254."}]
    )
    publish_clause(clause=citing, actor=MemberFactory(staff=True))
    other = ClauseFactory()
    reader = copied(based).member
    repeal_text(actor=jurist, text=text, on=timezone.localdate())
    run_tasks()
    states = dict(Clause.objects.values_list("pk", "legal_state"))
    assert states == {based.pk: LegalState.TO_REVIEW, citing.pk: LegalState.TO_REVIEW, other.pk: LegalState.CURRENT}
    assert reasons_of(reader) == ["clause_law_changed"]


def test_a_repealed_text_takes_those_who_cite_one_of_its_articles_in_words(run_tasks, jurist):
    text = LegalText(slug="loi-essai", nature="law", number="2099-255", short_title="Loi d’essai", title="Loi d’essai")
    create_text(actor=jurist, text=text)
    article = LegalProvision(text=text, label="58", title="Objet")
    create_provision(actor=jurist, provision=article)
    citing = ClauseFactory(in_review=True, wordings=[{"text": "Selon l’article 58 de la loi n° 2099-255."}])
    publish_clause(clause=citing, actor=MemberFactory(staff=True))
    assert list(
        Reference.objects.filter(source_kind="clause", source_id=citing.pk).values_list("target_kind", "target_id")
    ) == [("legal_provision", article.pk)]
    reader = copied(citing).member
    repeal_text(actor=jurist, text=text, on=timezone.localdate())
    run_tasks()
    citing.refresh_from_db()
    assert (citing.legal_state, citing.law_moved_on) == (LegalState.TO_REVIEW, timezone.localdate())
    assert reasons_of(reader) == ["clause_law_changed"]


def test_a_clause_found_right_for_one_text_still_waits_for_the_other(run_tasks, jurist):
    texts = [
        LegalText(slug=f"decret-{n}", nature="decree", number=f"2099-30{n}", short_title=f"D{n}", title=f"Décret {n}")
        for n in (1, 2)
    ]
    for text in texts:
        create_text(actor=jurist, text=text)
    clause = ClauseFactory(content={"bases": [{"text": text.slug, "provision": "", "note": ""} for text in texts]})
    for text in texts:
        text.in_force_from = timezone.localdate() - timedelta(days=30)
        edit_text(actor=jurist, text=text)
    run_tasks()
    first, second = ReviewItem.objects.open().filter(kind="clause", object_id=clause.pk)
    decide_item(actor=jurist, item=first, outcome="still_right")
    clause.refresh_from_db()
    assert (clause.legal_state, clause.law_moved_on) == (LegalState.TO_REVIEW, timezone.localdate())
    decide_item(actor=jurist, item=second, outcome="still_right")
    clause.refresh_from_db()
    assert (clause.legal_state, clause.law_moved_on) == (LegalState.CURRENT, None)


def test_each_night_dates_that_passed_are_seen():
    yesterday = timezone.localdate() - timedelta(days=1)
    late, over, fine = ClauseFactory(review_by=yesterday), ClauseFactory(valid_until=yesterday), ClauseFactory()
    Clause.objects.update(legal_state=LegalState.CURRENT)
    assert refresh_all_legal_states() == 2
    states = dict(Clause.objects.values_list("pk", "legal_state"))
    assert states == {late.pk: LegalState.TO_REVIEW, over.pk: LegalState.OBSOLETE, fine.pk: LegalState.CURRENT}


def test_an_article_that_changes_sends_back_the_clauses_based_on_it(run_tasks, jurist):
    text = LegalText(slug="code-essai", nature="code", number="", short_title="Code d’essai", title="Code d’essai")
    create_text(actor=jurist, text=text)
    article = LegalProvision(text=text, label="L. 9999-1", title="Objet")
    create_provision(actor=jurist, provision=article)
    based = ClauseFactory(content={"bases": [{"text": text.slug, "provision": article.key, "note": ""}]})
    article.title = "Autre objet"
    edit_provision(actor=jurist, provision=article)
    run_tasks()
    based.refresh_from_db()
    assert (based.legal_state, based.law_moved_on) == (LegalState.TO_REVIEW, timezone.localdate())
    decide_item(actor=jurist, item=ReviewItem.objects.open().get(kind="clause"), outcome="still_right")
    based.refresh_from_db()
    assert (based.legal_state, based.law_moved_on) == (LegalState.CURRENT, None)
