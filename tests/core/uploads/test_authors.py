"""Nobody is named in what a document keeps beside its text: posts may be anonymous."""

import io
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

from community.core.uploads.authors import clean_authors
from community.core.uploads.documents import clean_document
from community.core.uploads.embedded import clean_embedded_picture
from community.core.uploads.errors import UploadError
from community.core.uploads.typing import detect
from tests.support import hostile

NAME = b"Nom Secret"


def cleaned(name: str, data: bytes) -> dict[str, bytes]:
    """The parts of the cleaned document, none of which says the name."""
    kept = clean_document(data, detect(name, data[:4096])).data
    with zipfile.ZipFile(io.BytesIO(kept)) as parts:
        read = {part: parts.read(part) for part in parts.namelist()}
    assert not [part for part, content in read.items() if b"secret" in content.lower()]
    return read


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class TestWord:
    def test_tracked_changes_and_comments_name_nobody(self):
        parts = cleaned(
            "a.docx",
            hostile.docx(
                **{
                    "word/document.xml": b'<w:document><w:ins w:id="1" w:author="Nom Secret" w:date="2026">Bonjour'
                    b"</w:ins><w:del w:author='Nom > Secret' w:id='2'/><w:p>author=\"Robert\" reste</w:p></w:document>",
                    "word/comments.xml": b'<w:comments><w:comment w:initials="Secret"\n w:author = "Nom Secret"'
                    b' w:id="0">Relire</w:comment></w:comments>',
                    "word/header1.xml": b'<ns0:hdr><ns0:ins ns0:author="Nom Secret">Haut</ns0:ins></ns0:hdr>',
                    "word/people.xml": b'<w15:people><w15:person w15:author="Nom Secret"><w15:presenceInfo'
                    b' w15:providerId="AD" w15:userId="S::secret@ville.fr::1"/></w15:person></w15:people>',
                }
            ),
        )
        assert parts["word/document.xml"] == (
            b'<w:document><w:ins w:id="1" w:author="Auteur" w:date="2026">Bonjour</w:ins>'
            b'<w:del w:author="Auteur" w:id=\'2\'/><w:p>author="Robert" reste</w:p></w:document>'
        )
        assert b'w:initials="A"\n w:author = "Auteur" w:id="0">Relire<' in parts["word/comments.xml"]
        assert b'ns0:author="Auteur">Haut<' in parts["word/header1.xml"]
        assert b'<w15:presenceInfo w15:providerId="None" w15:userId="Auteur"/>' in parts["word/people.xml"]

    def test_a_document_still_opens_with_its_comment_and_its_picture(self):
        document = Document()
        paragraph = document.add_paragraph("Bonjour")
        document.add_comment(paragraph.runs, text="À relire", author="Nom Secret", initials="NS")
        document.add_picture(io.BytesIO(hostile.jpeg_with_gps()))
        data = saved(document)
        cleaned("a.docx", data)
        again = Document(io.BytesIO(clean_document(data, detect("a.docx", data)).data))
        assert again.paragraphs[0].text == "Bonjour"
        assert [(comment.author, comment.initials, comment.text) for comment in again.comments] == [
            ("Auteur", "A", "À relire")
        ]
        assert len(again.inline_shapes) == 1

    def test_a_part_in_utf_16_is_read_too(self):
        part = '<?xml version="1.0" encoding="UTF-16"?><w:p w:author="Nom Secret">Été</w:p>'.encode("utf-16")
        kept = clean_authors("word/document.xml", part)
        assert kept.decode() == '<?xml version="1.0" encoding="UTF-8"?><w:p w:author="Auteur">Été</w:p>'

    @pytest.mark.parametrize("piece", [b"<a author=", b"author =", b'<a author="', b"<a " + b"b" * 50, b" a:", b"<"])
    def test_a_hostile_part_costs_what_it_weighs(self, piece):
        part = b'<w:p author="x"' + piece * (1_000_000 // len(piece))
        assert clean_authors("word/document.xml", part)[-1:] == part[-1:]


class TestExcel:
    def test_a_workbook_still_opens_with_its_comment(self):
        book = Workbook()
        book.active["A1"] = "Bonjour"
        book.active["A1"].comment = Comment("À relire", "Nom Secret")
        data = saved(book)
        cleaned("a.xlsx", data)
        sheet = load_workbook(io.BytesIO(clean_document(data, detect("a.xlsx", data)).data)).active
        assert sheet["A1"].value == "Bonjour"
        assert (sheet["A1"].comment.text, sheet["A1"].comment.author) == ("À relire", "Auteur")

    def test_folders_and_people_are_taken_out(self):
        parts = cleaned(
            "a.xlsx",
            hostile.archive(
                {
                    "xl/workbook.xml": b'<workbook><fileSharing userName="Nom Secret"/><x15ac:absPath'
                    b' url="C:\\Users\\secret\\"/><sheet name="Lots"/></workbook>',
                    "xl/comments1.xml": b"<comments><authors><author>Nom Secret</author><author/><x:author>"
                    b"<![CDATA[Secret]]></x:author></authors><t>Relire</t></comments>",
                    "xl/persons/person.xml": b'<personList><person displayName="Nom Secret" id="{1}"'
                    b' userId="S::secret@ville.fr" providerId="AD"/></personList>',
                    "xl/pivotCache/pivotCacheDefinition1.xml": b'<pivotCacheDefinition refreshedBy="Nom Secret"/>',
                    "xl/revisions/userNames.xml": b'<users><userInfo name="Nom Secret" id="1"/></users>',
                    "xl/revisions/revisionHeaders.xml": b'<headers><header userName="Nom Secret"/></headers>',
                    "xl/tables/table1.xml": b'<table name="T" displayName="Tableau"/>',
                    "ppt/commentAuthors.xml": b'<p:cmAuthor id="1" name="Nom Secret" initials="Secret"/>',
                    "ppt/authors.xml": b'<p188:author id="{1}" name="Nom Secret" initials="S" userId="secret"/>',
                }
            ),
        )
        assert b'<x15ac:absPath url=""/><sheet name="Lots"/>' in parts["xl/workbook.xml"]
        assert b"<author>Auteur</author><author/><x:author>Auteur</x:author>" in parts["xl/comments1.xml"]
        assert b"<t>Relire</t>" in parts["xl/comments1.xml"]
        assert b'displayName="Auteur" id="{1}" userId="Auteur" providerId="None"' in parts["xl/persons/person.xml"]
        assert b'displayName="Tableau"' in parts["xl/tables/table1.xml"]
        assert b'id="{1}" name="Auteur" initials="A" userId="Auteur"' in parts["ppt/authors.xml"]


class TestOpenDocument:
    def test_changes_and_annotations_name_nobody(self):
        note = (
            b"<office:annotation><dc:creator>Nom Secret</dc:creator><meta:creator-initials>Secret"
            b"</meta:creator-initials><loext:sender-initials>Secret</loext:sender-initials><text:p>Relire</text:p>"
            b"</office:annotation>"
        )
        data = hostile.archive(
            {
                "mimetype": b"application/vnd.oasis.opendocument.text",
                "content.xml": b"<office:document-content>" + note + b"<text:creator>Robert</text:creator>"
                b"</office:document-content>",
                "styles.xml": b"<office:document-styles>" + note + b"</office:document-styles>",
                "Object 1/meta.xml": b"<meta:initial-creator>Nom Secret</meta:initial-creator>",
                "Pictures/1.png": hostile.png_with_text_and_html_tail(),
            }
        )
        parts = cleaned("a.odt", data)
        for name in ("content.xml", "styles.xml"):
            assert b"<dc:creator>Auteur</dc:creator><meta:creator-initials>A</meta:creator-initials>" in parts[name]
            assert b"<text:p>Relire</text:p>" in parts[name]
        assert b"<text:creator>Robert</text:creator>" in parts["content.xml"]


class TestPictures:
    @pytest.mark.parametrize(
        "received",
        [
            hostile.jpeg_with_gps(),
            hostile.jpeg_with_gps() + hostile.jpeg_with_gps(),
            hostile.picture("JPEG", progressive=True, comment=b"secret", dpi=(300, 300)),
            hostile.png_with_text_and_html_tail(),
            hostile.picture("PNG", icc_profile=b"secret", dpi=(300, 300)),
        ],
    )
    def test_pixels_and_resolution_stay_and_words_go(self, received):
        kept = clean_embedded_picture(received)
        assert b"secret" not in kept
        with Image.open(io.BytesIO(received)) as before, Image.open(io.BytesIO(kept)) as after:
            assert (after.format, after.size, after.mode) == (before.format, before.size, before.mode)
            resolution = "jfif_density" if before.format == "JPEG" else "dpi"
            assert after.info.get(resolution) == before.info.get(resolution)
            assert after.tobytes() == before.tobytes()
            assert not after.getexif()

    def test_a_jpeg_in_four_inks_keeps_its_colours(self):
        out = io.BytesIO()
        Image.new("CMYK", (20, 20), (10, 200, 30, 40)).save(out, "JPEG", comment=b"secret")
        kept = clean_embedded_picture(out.getvalue())
        assert b"secret" not in kept
        with Image.open(out) as before, Image.open(io.BytesIO(kept)) as after:
            assert after.tobytes() == before.tobytes()

    @pytest.mark.parametrize(
        "picture",
        [
            hostile.picture("JPEG")[:30],
            hostile.picture("PNG")[:50],
            b"\xff\xd8" + b"\xff\xe1\x00\x02" * 10_000,
        ],
    )
    def test_a_damaged_one_has_the_document_refused(self, picture):
        data = hostile.docx(**{"word/media/image1.bin": picture})
        with pytest.raises(UploadError, match="abîmé"):
            clean_document(data, detect("a.docx", data))


def test_the_remarks_of_a_pdf_name_nobody_and_its_fields_keep_their_names():
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    corners = ArrayObject([FloatObject(number) for number in (0, 0, 20, 20)])
    notes = [("/Text", "Nom Secret"), ("/Highlight", "Nom Secret"), ("/Widget", "champ")]
    page[NameObject("/Annots")] = ArrayObject(
        writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Annot"),
                    NameObject("/Subtype"): NameObject(subtype),
                    NameObject("/Rect"): corners,
                    NameObject("/T"): TextStringObject(title),
                    NameObject("/Contents"): TextStringObject("Relire"),
                }
            )
        )
        for subtype, title in notes
    )
    out = io.BytesIO()
    writer.write(out)
    assert NAME in out.getvalue()
    kept = clean_document(out.getvalue(), detect("a.pdf", out.getvalue()[:4096])).data
    assert NAME not in kept
    found = [note.get_object() for note in PdfReader(io.BytesIO(kept)).pages[0]["/Annots"]]
    assert [(note["/Contents"], note.get("/T")) for note in found] == [
        ("Relire", None),
        ("Relire", None),
        ("Relire", "champ"),
    ]
