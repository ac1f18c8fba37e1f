import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from community.core.uploads.actions import attach_uploads, store_upload
from tests.factories import MemberFactory, MembershipFactory, QuestionFactory, SpaceFactory
from tests.support import hostile


@pytest.fixture(autouse=True)
def uploads_root(settings, tmp_path):
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    return settings.UPLOADS_ROOT


def sent(name: str = "plan.png", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, hostile.picture() if data is None else data, content_type="text/html")


@pytest.fixture
def member(db):
    return MemberFactory()


@pytest.fixture
def pending(member):
    return store_upload(actor=member, uploaded_file=sent())


@pytest.fixture
def private(member):
    """A question of a private space, its author, another member of the space, and its picture."""
    space = SpaceFactory(private=True)
    MembershipFactory(space=space, member=member)
    question = QuestionFactory(space=space, author=member)
    return question, MembershipFactory(space=space).member


@pytest.fixture
def attached(private, pending, member):
    question, _ = private
    attach_uploads(content_kind="question", content_id=question.pk, tokens=[pending.token], actor=member)
    pending.refresh_from_db()
    return pending
