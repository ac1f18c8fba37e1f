import os
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from community.core.errors import TooOften
from community.core.models import Attachment
from community.core.uploads import actions, storage
from community.core.uploads.actions import attach_uploads, store_upload
from community.core.uploads.errors import UploadError
from community.core.uploads.purge import _keepers, purge_uploads, register_keeper
from tests.core.uploads.conftest import sent
from tests.factories import MemberFactory, QuestionFactory
from tests.support import hostile

pytestmark = pytest.mark.django_db


def files(root) -> list:
    return [path for path in root.rglob("*") if path.is_file()]


class TestStore:
    def test_an_upload_is_cleaned_kept_under_a_random_name_and_pending(self, member, uploads_root):
        attachment = store_upload(actor=member, uploaded_file=sent("Plan d’accès.png"))
        assert attachment.state == Attachment.State.PENDING
        assert (attachment.name, attachment.content_type) == ("Plan d’accès.png", "image/png")
        assert attachment.markdown == f"![Plan d’accès.png](/fichiers/{attachment.token}/plan-d-acces.png)"
        assert len(attachment.token) >= 22
        (path,) = files(uploads_root)
        assert path.relative_to(uploads_root).as_posix() == attachment.path
        assert "plan" not in attachment.path
        assert attachment.token not in attachment.path
        assert path.stat().st_mode & 0o007 == 0

    @pytest.mark.parametrize(
        "build", [AnonymousUser, lambda: MemberFactory(is_active=False)], ids=["anonymous", "suspended"]
    )
    def test_only_active_members_send_files(self, build):
        with pytest.raises(PermissionDenied):
            store_upload(actor=build(), uploaded_file=sent())

    @pytest.mark.parametrize(
        ("name", "data"),
        [("a.png", hostile.HTML), ("a.exe", b"MZ"), ("a.png", b""), ("a.docx", hostile.docm_named_docx())],
    )
    def test_what_is_refused_leaves_nothing(self, member, uploads_root, name, data):
        with pytest.raises(UploadError):
            store_upload(actor=member, uploaded_file=sent(name, data))
        assert not Attachment.objects.exists()
        assert not files(uploads_root)

    @pytest.mark.parametrize(
        ("name", "setting"), [("a.png", "UPLOAD_MAX_IMAGE_BYTES"), ("a.csv", "UPLOAD_MAX_DOCUMENT_BYTES")]
    )
    def test_a_file_beyond_its_size_is_refused_before_it_is_read(self, member, settings, monkeypatch, name, setting):
        data = hostile.picture() if name == "a.png" else b"a;b\n" * 100
        setattr(settings, setting, len(data))
        store_upload(actor=member, uploaded_file=sent(name, data))
        setattr(settings, setting, len(data) - 1)
        monkeypatch.setattr(actions, "clean_image", lambda *_: pytest.fail("read"))
        monkeypatch.setattr(actions, "clean_document", lambda *_: pytest.fail("read"))
        with pytest.raises(UploadError, match="dépasse"):
            store_upload(actor=member, uploaded_file=sent(name, data))

    def test_a_day_has_a_limit(self, member, monkeypatch):
        monkeypatch.setattr(actions, "MAX_PER_DAY", 1)
        first = store_upload(actor=member, uploaded_file=sent())
        Attachment.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(hours=20))
        with pytest.raises(TooOften, match="dans 4 heures") as refusal:
            store_upload(actor=member, uploaded_file=sent())
        assert 4 * 3600 - 60 < refusal.value.retry_after <= 4 * 3600
        Attachment.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(days=2))
        store_upload(actor=member, uploaded_file=sent())

    def test_the_delay_is_until_enough_files_left_the_day(self, member, monkeypatch):
        names = [store_upload(actor=member, uploaded_file=sent()) for _ in range(3)]
        for hours, each in zip((23, 20, 10), names, strict=True):
            Attachment.objects.filter(pk=each.pk).update(created_at=timezone.now() - timedelta(hours=hours), size=100)
        monkeypatch.setattr(actions, "MAX_BYTES_PER_DAY", len(hostile.picture()) + 150)
        with pytest.raises(TooOften) as refusal:
            store_upload(actor=member, uploaded_file=sent())
        assert 4 * 3600 - 60 < refusal.value.retry_after <= 4 * 3600, "the first to leave is not enough"

    def test_the_rate_is_limited(self, member, monkeypatch):
        monkeypatch.setattr(actions, "UPLOADS", actions.Limit("upload", times=1, seconds=600))
        store_upload(actor=member, uploaded_file=sent())
        with pytest.raises(TooOften):
            store_upload(actor=member, uploaded_file=sent())

    def test_a_row_that_cannot_be_written_leaves_no_file(self, member, uploads_root, monkeypatch):
        def refuse(**_):
            raise IntegrityError

        monkeypatch.setattr(Attachment.objects, "create", refuse)
        with pytest.raises(IntegrityError):
            store_upload(actor=member, uploaded_file=sent())
        assert not files(uploads_root)


class TestAttach:
    def test_a_mentioned_upload_follows_the_content(self, pending, member):
        question = QuestionFactory(author=member)
        done = attach_uploads(content_kind="question", content_id=question.pk, tokens=[pending.token], actor=member)
        pending.refresh_from_db()
        assert done == 1
        assert (pending.state, pending.content_kind, pending.content_id) == ("attached", "question", question.pk)

    def test_mentioning_somebody_elses_upload_takes_nothing(self, pending):
        thief = MemberFactory()
        question = QuestionFactory(author=thief)
        assert attach_uploads(content_kind="question", content_id=question.pk, tokens=[pending.token], actor=thief) == 0
        pending.refresh_from_db()
        assert pending.state == Attachment.State.PENDING

    def test_an_attached_file_keeps_its_first_content(self, attached, member, private):
        public = QuestionFactory(author=member)
        assert attach_uploads(content_kind="question", content_id=public.pk, tokens=[attached.token], actor=member) == 0
        attached.refresh_from_db()
        assert attached.content_id == private[0].pk

    def test_a_text_carries_a_capped_number_of_files(self, member, monkeypatch):
        monkeypatch.setattr(actions, "MAX_PER_CONTENT", 1)
        question = QuestionFactory(author=member)
        tokens = [store_upload(actor=member, uploaded_file=sent()).token for _ in range(2)]
        with pytest.raises(UploadError, match="au plus 1"):
            attach_uploads(content_kind="question", content_id=question.pk, tokens=tokens, actor=member)
        attach_uploads(content_kind="question", content_id=question.pk, tokens=tokens[:1], actor=member)
        with pytest.raises(UploadError):
            attach_uploads(content_kind="question", content_id=question.pk, tokens=tokens[1:], actor=member)

    def test_a_text_without_files_costs_no_query(self, member, django_assert_num_queries):
        with django_assert_num_queries(0):
            attach_uploads(content_kind="question", content_id=1, tokens=(), actor=member)

    @pytest.mark.parametrize(
        "change", [{"content_kind": "question"}, {"state": "attached"}, {"content_id": 3}, {"is_withheld": True}]
    )
    def test_the_database_refuses_half_an_attachment(self, pending, change):
        with pytest.raises(IntegrityError):
            Attachment.objects.filter(pk=pending.pk).update(**change)


class TestPurge:
    @pytest.fixture
    def old(self, pending):
        Attachment.objects.filter(pk=pending.pk).update(created_at=timezone.now() - timedelta(hours=49))
        return pending

    def test_an_upload_no_text_took_is_deleted_after_two_days(self, old, uploads_root):
        assert purge_uploads() == 1
        assert not Attachment.objects.exists()
        assert not files(uploads_root)
        assert purge_uploads() == 0

    def test_a_younger_one_is_kept(self, pending):
        purge_uploads()
        assert storage.exists(pending.path)

    def test_what_a_draft_needs_is_kept(self, old):
        def keeper(tokens):
            return set(tokens)

        register_keeper(keeper)
        try:
            assert purge_uploads() == 0
        finally:
            _keepers.remove(keeper)
        assert storage.exists(old.path)

    def test_attached_files_live_as_long_as_their_content(self, attached, private):
        Attachment.objects.update(created_at=timezone.now() - timedelta(days=400))
        assert purge_uploads() == 0
        private[0].delete()
        assert purge_uploads() == 1
        assert not storage.exists(attached.path)

    def test_a_file_without_a_row_is_deleted_once_old(self, pending, uploads_root):
        stray = storage.save(b"x")
        assert purge_uploads() == 0
        path = uploads_root / stray
        two_days = path.stat().st_mtime - 49 * 3600
        for file in (path, uploads_root / pending.path):
            os.utime(file, (two_days, two_days))
        assert purge_uploads() == 1
        assert storage.exists(pending.path)
