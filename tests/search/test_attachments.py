"""What files say is found with the post that carries them, by whoever sees it; hostile files are survived."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document as WordDocument

from community.core.models import Attachment
from community.core.uploads import storage
from community.core.uploads.actions import attach_uploads, store_upload
from community.core.uploads.naming import attachment_url
from qa.actions.ask import Filing
from qa.actions.edit import edit_question
from qa.actions.revision import hide_revision, restore_revision
from search import actions, attachments, file_reader, service
from search.address import Asked
from search.index import refresh
from search.models import AttachmentText, SavedSearch
from tests.factories import AnswerFactory, MemberFactory, MembershipFactory, QuestionFactory, SpaceFactory
from tests.support import hostile

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
PHRASE = "Le palissandre est interdit"


@pytest.fixture(autouse=True)
def uploads_root(settings, tmp_path):
    settings.UPLOADS_ROOT = tmp_path / "uploads"


def word_file() -> bytes:
    document, out = WordDocument(), BytesIO()
    document.add_table(1, 1).cell(0, 0).text = PHRASE
    document.save(out)
    return out.getvalue()


def open_document(text: str = PHRASE) -> bytes:
    namespaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    content = f"<office:document-content {namespaces}><text:p>{text}</text:p></office:document-content>"
    return hostile.archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def word_file_by_lines() -> bytes:
    document, out = WordDocument(), BytesIO()
    line = document.add_paragraph().add_run("Lot 1")
    line.add_tab()
    line.add_text("Nettoyage")
    line.add_break()
    line.add_text("Vitrerie")
    document.save(out)
    return out.getvalue()


def portable_file() -> bytes:
    stream = f"BT /F1 12 Tf 20 100 Td ({PHRASE}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    return body + tail % (table, len(body))


FILES = {"cctp.docx": word_file, "cctp.odt": open_document, "cctp.pdf": portable_file}


def attach(post, kind: str, name: str, data: bytes) -> Attachment:
    uploaded = store_upload(actor=post.author, uploaded_file=SimpleUploadedFile(name, data))
    cite(post, attachment_url(uploaded.token, name))
    attach_uploads(content_kind=kind, content_id=post.pk, tokens=[uploaded.token], actor=post.author)
    return uploaded


def cite(post, address: str) -> None:
    post.set_body(f"{post.body}\n\n[La pièce]({address})")
    post.save()


def put(post, name: str, data: bytes) -> Attachment:
    """As if it had passed the checks at the entrance, which are another's matter."""
    types = {form: content_type for content_type, form in attachments.FORMATS.items()}
    cite(post, attachment_url("0" * 22, name))
    return Attachment.objects.create(
        owner=post.author, name=name, content_type=types[name.rpartition(".")[2]], size=len(data), sha256="0" * 64,
        path=storage.save(data), state="attached", content_kind="question", content_id=post.pk,
    )  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_found_with_the_answer_that_carries_it(name):
    answer = AnswerFactory()
    attach(answer, "answer", name, FILES[name]())
    assert attachments.read_some() == 1
    rows = service.search(VISITOR, "palissandre").rows
    assert [(row.kind, row.obj.pk) for row in rows] == [("answer", answer.pk)]
    assert "<mark>palissandre</mark>" in rows[0].excerpt
    assert attachments.read_some() == 0


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (file_reader.docx, word_file_by_lines()),
        (file_reader.odt, open_document("Lot<text:s/>1<text:tab/>Nettoyage<text:line-break/>Vitrerie")),
    ],
    ids=["docx", "odt"],
)
def test_words_that_a_tabulation_or_a_line_break_parts_are_not_one(read, data):
    assert "".join(read(data)).split() == ["Lot", "1", "Nettoyage", "Vitrerie"]


def test_a_file_that_its_post_cites_no_more_is_not_found_with_it():
    answer = AnswerFactory()
    attach(answer, "answer", "cctp.docx", word_file())
    attachments.read_some()
    answer.set_body("La pièce était fausse, je la retire.")
    answer.save()
    refresh([("answer", answer.pk)])
    assert service.search(VISITOR, "palissandre").total == 0


def test_only_those_who_see_the_post_find_what_its_file_says():
    space = SpaceFactory(private=True)
    question = QuestionFactory(space=space)
    inside = MembershipFactory(space=space).member
    attach(question, "question", "cctp.docx", word_file())
    attachments.read_some()
    assert service.search(inside, "palissandre").total == 1
    for viewer in (VISITOR, MemberFactory()):
        assert service.search(viewer, "palissandre").total == 0
        assert service.search(viewer, "palisandre").corrected == {}


def test_what_a_file_says_goes_with_it():
    answer = AnswerFactory()
    file = attach(answer, "answer", "cctp.odt", open_document())
    attachments.read_some()
    file.delete()
    assert not AttachmentText.objects.exists()


HOSTILE = {
    "broken.pdf": lambda: b"%PDF-1.7\n" + b"\x00\xff" * 5_000,
    "protected.pdf": lambda: hostile.pdf(password="secret"),
    "bomb.docx": lambda: hostile.docx(**{"word/media/a.bmp": b"\0" * (file_reader.MAX_UNPACKED + 1)}),
    "lying.docx": hostile.lying_zip,
    "notzip.docx": lambda: b"PK\x03\x04 and nothing",
    "bomb.odt": lambda: open_document("a" * (file_reader.MAX_UNPACKED + 1)),
    "protected.odt": lambda: hostile.archive({"content.xml": b"<a/>"}, encrypted=True),
    "entities.odt": lambda: hostile.archive(
        {"content.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'}
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_says_nothing_and_is_not_tried_again(name):
    put(QuestionFactory(), name, HOSTILE[name]())
    assert attachments.read_some() == 1
    assert AttachmentText.objects.get().text == ""
    assert attachments.read_some() == 0


def test_a_file_that_takes_too_long_is_left(monkeypatch):
    monkeypatch.setattr(attachments, "SECONDS", 0.001)
    put(QuestionFactory(), "cctp.docx", word_file())
    attachments.read_some()
    assert AttachmentText.objects.get().text == ""


def test_only_the_beginning_of_a_long_file_is_kept():
    put(QuestionFactory(), "long.odt", open_document("mot " * file_reader.MAX_CHARACTERS))
    attachments.read_some()
    assert len(AttachmentText.objects.get().text) == file_reader.MAX_CHARACTERS


def test_what_only_a_hidden_version_shows_is_found_no_more():
    question, moderator = QuestionFactory(created_at=timezone.now() - timedelta(days=2)), MemberFactory(staff=True)
    attach(question, "question", "cctp.docx", word_file())
    cite(question, attachment_url(store(question, "autre.odt").token, "autre.odt"))
    attachments.read_some()
    kept = question.body.rpartition("\n\n")[2]
    edit(question, kept)
    assert service.search(VISITOR, "palissandre").total == 1
    version = question.revisions.earliest("number")
    hide_revision(revision=version, actor=moderator, reason="Une pièce confidentielle.")
    for viewer in (VISITOR, question.author, moderator):
        assert service.search(viewer, "palissandre").total == 0
        assert service.search(viewer, "palisandre").corrected == {}
        assert service.search(viewer, "séquoia").total == 1
    edit(question, f"{kept}\n\nRelu.")
    assert service.search(VISITOR, "palissandre").total == 0
    restore_revision(revision=version, actor=moderator)
    assert service.search(VISITOR, "palissandre").total == 1


def store(post, name: str) -> Attachment:
    data = open_document("Le séquoia est admis")
    file = store_upload(actor=post.author, uploaded_file=SimpleUploadedFile(name, data))
    attach_uploads(content_kind="question", content_id=post.pk, tokens=[file.token], actor=post.author)
    return file


def edit(question, body: str) -> None:
    values = {"title": question.title, "tried": "", "filing": Filing(), "tags": ()}
    edit_question(question=question, actor=question.author, body=body, **values)
    question.refresh_from_db()


def test_an_alert_waits_for_the_files_of_what_was_written():
    question = QuestionFactory(title="Un bois inventé", naming="name")
    attach(question, "question", "cctp.docx", word_file())
    member = MemberFactory()
    saved = actions.save_search(actor=member, asked=Asked.from_address("q=palissandre", member))
    now = timezone.now()
    for ago, rows in (
        (30, SavedSearch.objects.filter(pk=saved.pk)),
        (20, Attachment.objects.all()),
        (10, type(question).objects.filter(pk=question.pk)),
    ):
        rows.update(**{"told_until" if ago == 30 else "created_at": now - timedelta(minutes=ago)})
    refresh([("question", question.pk)])
    saved.refresh_from_db()
    assert actions.tell_saved_search(saved=saved) == 0
    attachments.read_some()
    saved.refresh_from_db()
    assert actions.tell_saved_search(saved=saved) == 1
