"""A file that no text open to readers shows is its moderators’, and comes back with a version or with the text."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.core.models import Attachment
from community.core.uploads.actions import attach_uploads, store_upload
from qa.actions.ask import Filing
from qa.actions.edit import edit_answer, edit_question
from qa.actions.revision import hide_revision, restore_revision
from qa.models import PostRevision
from tests.core.uploads.conftest import sent, uploads_root
from tests.factories import AnswerFactory, MemberFactory, QuestionFactory

pytestmark = pytest.mark.django_db
REASON = "Le plan montre une adresse privée."
__all__ = ["uploads_root"]


def carry(post, kind: str) -> Attachment:
    """Puts a file in the text of a post, as its author did when she wrote it."""
    file = store_upload(actor=post.author, uploaded_file=sent())
    post.set_body(f"Voici le plan.\n\n{file.markdown}")
    post.save()
    attach_uploads(content_kind=kind, content_id=post.pk, tokens=[file.token], actor=post.author)
    return file


def edit(post, body: str, *, tried: str = ""):
    if hasattr(post, "question"):
        return edit_answer(answer=post, actor=post.author, body=body)
    values = {"title": post.title, "body": body, "tried": tried, "filing": Filing(), "tags": ()}
    return edit_question(question=post, actor=post.author, **values)


def old(factory, **fields):
    return factory(created_at=timezone.now() - timedelta(days=2), **fields)


@pytest.fixture(params=["question", "answer"])
def post(request):
    return old(QuestionFactory if request.param == "question" else AnswerFactory)


@pytest.fixture
def file(post):
    return carry(post, "answer" if hasattr(post, "question") else "question")


@pytest.fixture
def moderator(db):
    return MemberFactory(staff=True)


def first_of(post) -> PostRevision:
    return post.revisions.earliest("number")


def hide(post, moderator, number: int = 1) -> PostRevision:
    return hide_revision(revision=post.revisions.get(number=number), actor=moderator, reason=REASON)


def served(client, file, member=None) -> bool:
    if member:
        client.force_login(member)
    else:
        client.logout()
    return client.get(file.url).status_code == 200


def test_what_an_edit_took_out_is_hidden_with_the_version_and_restored_with_it(client, post, file, moderator):
    edit(post, "Sans le plan.")
    assert served(client, file)
    hide(post, moderator)
    assert not served(client, file)
    assert not served(client, file, post.author)
    assert served(client, file, moderator)
    restore_revision(revision=first_of(post), actor=moderator)
    assert served(client, file)


def test_what_the_published_text_shows_stays(client, post, file, moderator):
    edit(post, f"Le plan seul.\n\n{file.markdown}")
    hide(post, moderator)
    assert served(client, file)


def test_what_another_version_shows_goes_with_the_last_of_them(client, post, file, moderator):
    edit(post, f"Le plan, relu.\n\n{file.markdown}")
    edit(post, "Sans le plan.")
    hide(post, moderator)
    assert served(client, file)
    hide(post, moderator, number=2)
    assert not served(client, file)
    restore_revision(revision=first_of(post), actor=moderator)
    assert served(client, file)


def test_an_edit_that_takes_it_out_after_the_hiding_counts_too(client, post, file, moderator):
    edit(post, "Sans le plan.")
    edit(post, f"Avec le plan à nouveau.\n\n{file.markdown}")
    hide(post, moderator)
    assert served(client, file)
    # The third version, still public, shows it; then it is hidden too, once an edit has followed.
    edit(post, "Sans le plan, pour de bon.")
    assert served(client, file)
    hide(post, moderator, number=3)
    assert not served(client, file)
    edit(post, f"Le revoici.\n\n{file.markdown}")
    assert served(client, file)


def test_what_was_tried_shows_files_too(client, moderator):
    question = old(QuestionFactory)
    file = carry(question, "question")
    edit(question, "Le texte.", tried=f"Essayé ceci : {file.markdown}")
    hide(question, moderator)
    assert served(client, file)
    edit(question, "Le texte.", tried="Rien.")
    hide(question, moderator, number=2)
    assert not served(client, file)


def test_an_address_written_in_another_way_is_hidden_all_the_same(client, post, moderator):
    file = carry(post, "answer" if hasattr(post, "question") else "question")
    post.set_body(f"Le plan : [ici]({file.url.replace('f', '&#102;', 1)})")
    post.save()
    edit(post, "Sans le plan.")
    hide(post, moderator)
    assert not served(client, file)


def test_what_a_correction_without_trace_takes_out_is_served_no_more_until_it_is_put_back(client, moderator):
    answer = AnswerFactory()
    file = carry(answer, "answer")
    kept = carry(answer, "answer")
    answer.set_body(f"{file.markdown}\n\n{kept.markdown}")
    answer.save()
    edit(answer, kept.markdown)
    assert not answer.revisions.exists()
    assert [served(client, each) for each in (file, kept)] == [False, True]
    assert served(client, file, moderator)
    edit(answer, f"{kept.markdown}\n\n{file.markdown}")
    assert served(client, file) and served(client, kept)


def test_an_edit_reads_no_version_again_unless_a_file_was_withheld(post, file, moderator):
    edit(post, "Une première fois.")
    with CaptureQueriesContext(connection) as asked:
        edit(post, "Une deuxième fois.")
    assert len([each for each in asked if "core_attachment" in each["sql"]]) == 1
