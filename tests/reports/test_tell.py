"""Telling a purchase: kept as a draft, published, put right, taken back; its files and its past."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from clauses.reports import actions, limits
from clauses.reports.actions.files import files_of
from clauses.reports.models import ExperienceReport
from clauses.reports.story import Story
from community.core.errors import Invalid, Refused, TooOften
from community.core.models import Attachment, Reference
from community.core.uploads.actions import store_upload
from community.notifications.models import Notification, Subscription
from tests.factories import (
    ClauseFactory,
    ExperienceReportFactory,
    MemberFactory,
    OrganisationFactory,
    PurchaseFamilyFactory,
    SpaceFactory,
)

pytestmark = pytest.mark.django_db
STORY = Story(
    title="Du mobilier réemployé en médiathèque", texts={"need": "Meubler **deux** salles."}, outcome="awarded"
)


def upload(member, name="CCTP Ville de Tercy.csv"):
    return store_upload(actor=member, uploaded_file=SimpleUploadedFile(name, b"a;b\n", "text/csv"))


def test_a_draft_is_kept_as_incomplete_as_it_is_then_published():
    author = MemberFactory()
    draft = actions.keep_draft(actor=author, story=Story())
    assert (draft.state, draft.published_at, str(draft)) == ("draft", None, "Récit sans titre")
    draft = actions.keep_draft(actor=author, report=draft, story=replace(STORY, outcome=""))
    published = actions.publish_experience(actor=author, report=draft, story=STORY, seen=draft.version)
    assert published.is_published
    assert published.html["need"] == "<p>Meubler <strong>deux</strong> salles.</p>"
    assert ExperienceReport.objects.count() == 1


def test_a_draft_begun_elsewhere_is_told_from_where_she_works_as_she_tells_it():
    author = MemberFactory(organisation=OrganisationFactory())
    draft = actions.keep_draft(actor=author, story=STORY)
    author.organisation = OrganisationFactory()
    author.save()
    published = actions.publish_experience(actor=author, report=draft, story=STORY, seen=draft.version)
    assert published.organisation == author.organisation


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"title": "Court"}, "title"),
        ({"outcome": ""}, "outcome"),
        ({"texts": {}}, "need"),
        ({"naming": "x"}, "subject"),
    ],
)
def test_what_a_publication_lacks_is_said_at_its_field(missing, field):
    with pytest.raises(Invalid) as refusal:
        actions.publish_experience(actor=MemberFactory(), story=replace(STORY, **missing))
    assert refusal.value.field == field
    assert not ExperienceReport.objects.exists()


def test_what_a_contract_alone_has_is_dropped_of_a_report_on_something_else():
    story = replace(STORY, subject="spaser", amount=40_000, bids=3, price_gap=12, year=2025)
    report = actions.publish_experience(actor=MemberFactory(), story=story)
    assert (report.outcome, report.amount, report.bids, report.price_gap, report.year) == ("", None, None, None, 2025)


def test_a_form_sent_twice_is_one_report():
    author, token = MemberFactory(), "6f1f3c1e-0000-4000-8000-000000000001"
    reports = [actions.publish_experience(actor=author, story=STORY, client_token=token) for _ in range(2)]
    assert reports[0] == reports[1]


def test_drafts_that_stand_are_bounded_and_a_publication_leaves_none(monkeypatch):
    monkeypatch.setattr(limits, "MAX_STANDING_DRAFTS", 2)
    author, token = MemberFactory(), "6f1f3c1e-0000-4000-8000-000000000002"
    last = [actions.keep_draft(actor=author, story=Story(), client_token=each) for each in (None, token)][1]
    with pytest.raises(Refused, match="2 récits en brouillon"):
        actions.keep_draft(actor=author, story=Story())
    # The same form sent twice, a draft there is, a report written at a sitting and somebody else's are no more drafts.
    assert actions.keep_draft(actor=author, story=Story(), client_token=token) == last
    actions.keep_draft(actor=author, story=STORY, report=last)
    actions.publish_experience(actor=author, story=STORY)
    actions.keep_draft(actor=MemberFactory(), story=Story())
    assert ExperienceReport.objects.drafts_of(author).count() == 2


def test_keeping_and_editing_have_their_pace(monkeypatch):
    monkeypatch.setattr(limits, "KEEP", replace(limits.KEEP, times=2))
    monkeypatch.setattr(limits, "EDIT", replace(limits.EDIT, times=1))
    author = MemberFactory()
    draft = actions.keep_draft(actor=author, story=Story())
    draft = actions.keep_draft(actor=author, story=Story(), report=draft)
    with pytest.raises(TooOften):
        actions.keep_draft(actor=author, story=STORY, report=draft)
    report = actions.publish_experience(actor=author, story=STORY, report=draft)
    report = actions.edit_experience(report=report, actor=author, story=replace(STORY, bids=2), seen=report.version)
    with pytest.raises(TooOften):
        actions.edit_experience(report=report, actor=author, story=replace(STORY, bids=3), seen=report.version)
    report.refresh_from_db()
    assert report.bids == 2


def test_two_windows_never_overwrite_each_other_silently():
    report = ExperienceReportFactory()
    actions.edit_experience(report=report, actor=report.author, story=STORY, seen=report.version)
    with pytest.raises(Refused, match="autre fenêtre"):
        actions.edit_experience(report=report, actor=report.author, story=STORY, seen=report.version)


def test_an_edit_keeps_the_words_there_were_and_no_figure():
    report = actions.publish_experience(actor=MemberFactory(), story=replace(STORY, amount=742_000))
    changed = replace(STORY, texts={"need": "Meubler trois salles."}, amount=1)
    report = actions.edit_experience(report=report, actor=report.author, story=changed, seen=report.version)
    actions.edit_experience(report=report, actor=report.author, story=replace(changed, bids=2), seen=report.version)
    first, second = report.revisions.all()
    assert "Meubler **deux** salles." in first.text
    assert "trois" in second.text
    assert "742" not in first.text


def test_nobody_else_writes_it():
    report = ExperienceReportFactory()
    for act in (
        lambda actor: actions.edit_experience(report=report, actor=actor, story=STORY, seen=report.version),
        lambda actor: actions.withdraw_experience(report=report, actor=actor),
        lambda actor: actions.delete_experience(report=report, actor=actor),
        lambda actor: actions.hide_experience(report=report, actor=actor, reason="Non."),
    ):
        with pytest.raises(PermissionDenied):
            act(MemberFactory())
    with pytest.raises(PermissionDenied):
        actions.publish_experience(actor=MemberFactory(), story=STORY, space=SpaceFactory(private=True))


def test_a_file_loses_its_name_when_its_author_hides_and_goes_when_unticked():
    author = MemberFactory()
    first, second = upload(author), upload(author, "Ormel.csv")
    draft = actions.keep_draft(
        actor=author, story=replace(STORY, files=(first.token, second.token), naming="anonymous")
    )
    assert [each.name for each in files_of(draft)] == ["CCTP Ville de Tercy.csv", "Ormel.csv"]
    hidden = replace(STORY, files=(second.token,), naming="anonymous")
    report = actions.publish_experience(actor=author, report=draft, story=hidden)
    assert [each.name for each in files_of(report)] == ["piece-1.csv"]
    assert not Attachment.objects.filter(pk=first.pk).exists()


def test_somebody_else_s_upload_is_not_taken():
    other = upload(MemberFactory())
    report = actions.publish_experience(actor=MemberFactory(), story=replace(STORY, files=(other.token,)))
    assert files_of(report) == []


def test_clauses_are_tied_both_ways():
    clause = ClauseFactory()
    report = actions.publish_experience(actor=MemberFactory(), story=replace(STORY, clauses=(clause,)))
    assert Reference.objects.filter(
        source_kind="experience_report", source_id=report.pk, target_kind="clause", target_id=clause.pk
    ).exists()


def test_who_follows_its_family_or_a_clause_is_told_and_its_author_is_not(run_tasks):
    family, clause, author = PurchaseFamilyFactory(), ClauseFactory(), MemberFactory()
    followers = [MemberFactory(), MemberFactory()]
    for member, (kind, pk) in zip(followers, (("family", family.pk), ("clause", clause.pk)), strict=True):
        Subscription.objects.create(member=member, kind=kind, object_id=pk, level="all")
    Subscription.objects.create(member=author, kind="family", object_id=family.pk, level="all")
    actions.publish_experience(actor=author, story=replace(STORY, family=family, clauses=(clause,)))
    run_tasks()
    told = set(Notification.objects.filter(reason="experience_published").values_list("member", flat=True))
    assert told == {member.pk for member in followers}


def test_taken_back_it_is_nobody_else_s_and_is_told_of_no_more():
    report, reader = ExperienceReportFactory(), MemberFactory()
    key = {"subject_kind": "experience_report", "subject_id": report.pk}
    Notification.objects.create(
        member=reader, reason="experience_published", target_kind="experience_report", target_id=report.pk, **key
    )
    actions.withdraw_experience(report=report, actor=report.author)
    assert not ExperienceReport.objects.visible_to(reader).exists()
    assert not Notification.objects.exists()
    again = actions.publish_experience(actor=report.author, report=report, story=STORY)
    assert list(ExperienceReport.objects.visible_to(reader)) == [again]


def test_hidden_its_author_is_told_why_and_may_not_publish_it_again(run_tasks):
    report, staff = ExperienceReportFactory(), MemberFactory(staff=True)
    with pytest.raises(Invalid):
        actions.hide_experience(report=report, actor=staff, reason=" ")
    hidden = actions.hide_experience(report=report, actor=staff, reason="Un nom d’entreprise.")
    run_tasks()
    assert Notification.objects.get().member == report.author
    with pytest.raises(Refused):
        actions.hide_experience(report=report, actor=staff, reason="Encore.")
    with pytest.raises(PermissionDenied):
        actions.edit_experience(report=hidden, actor=report.author, story=STORY, seen=hidden.version)
    restored = actions.restore_experience(report=hidden, actor=staff)
    assert restored.hidden_at is None
    with pytest.raises(Refused):
        actions.restore_experience(report=restored, actor=staff)


def test_a_draft_deleted_is_no_more():
    draft = ExperienceReportFactory(draft=True)
    actions.delete_experience(report=draft, actor=draft.author)
    assert not ExperienceReport.objects.exists()


def test_useful_counts_members_once():
    report, reader = ExperienceReportFactory(), MemberFactory()
    assert actions.toggle_useful(report=report, actor=reader)
    report.refresh_from_db()
    assert report.useful_count == 1
    assert not actions.toggle_useful(report=report, actor=reader)
    report.refresh_from_db()
    assert report.useful_count == 0
