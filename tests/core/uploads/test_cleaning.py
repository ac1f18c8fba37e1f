"""What comes in is what it says, and what is kept says nothing more than it shows."""

import zipfile
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from community.core.uploads import archives, images
from community.core.uploads.documents import clean_document
from community.core.uploads.errors import UploadError
from community.core.uploads.images import CleanFile, clean_image
from community.core.uploads.naming import MAX_NAME, attachment_url, clean_name, extension_of
from community.core.uploads.typing import detect
from tests.support import hostile


def clean(name: str, data: bytes) -> CleanFile:
    kind = detect(name, data[:4096])
    return clean_image(data, kind) if kind.family == "image" else clean_document(data, kind)


class TestImages:
    @pytest.mark.parametrize(
        ("form", "name"), [("JPEG", "a.jpg"), ("PNG", "a.PNG"), ("WEBP", "a.webp"), ("JPEG", "a.jpeg")]
    )
    def test_a_picture_stays_a_picture(self, form, name):
        kept = clean(name, hostile.picture(form))
        with Image.open(BytesIO(kept.data)) as image:
            assert image.format == form
            assert image.size == (kept.width, kept.height) == (40, 30)

    def test_a_photo_is_put_upright_and_forgets_where_it_was_taken(self):
        kept = clean("photo.jpg", hostile.jpeg_with_gps())
        with Image.open(BytesIO(kept.data)) as image:
            assert not image.getexif()
            assert image.size == (30, 40)
        assert b"secret" not in kept.data

    def test_nothing_of_the_received_bytes_is_kept(self):
        received = hostile.png_with_text_and_html_tail()
        assert b"secret" in received
        kept = clean("a.png", received)
        assert b"secret" not in kept.data
        assert b"<html>" not in kept.data

    def test_a_colour_profile_is_not_kept(self):
        received = hostile.picture("PNG", icc_profile=b"profil secret")
        with Image.open(BytesIO(clean("a.png", received).data)) as image:
            assert "icc_profile" not in image.info

    def test_transparency_is_kept(self):
        out = BytesIO()
        Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
        with Image.open(BytesIO(clean("a.png", out.getvalue()).data)) as image:
            assert image.getpixel((0, 0))[3] == 0

    def test_a_large_picture_is_reduced(self):
        kept = clean("a.jpg", hostile.picture("JPEG", size=(4_000, 1_000)))
        assert (kept.width, kept.height) == (2_560, 640)

    def test_of_an_animation_the_first_picture_is_kept(self):
        kept = clean("a.gif", hostile.animated_gif())
        assert (kept.extension, kept.content_type) == ("png", "image/png")
        with Image.open(BytesIO(kept.data)) as image:
            assert image.convert("RGB").getpixel((0, 0)) == (255, 0, 0)

    def test_a_bomb_is_refused_before_it_is_decoded(self, monkeypatch):
        monkeypatch.setattr(images, "_decode", lambda image: pytest.fail("decoded"))
        for side in (6_000, 60_000):
            with pytest.raises(UploadError):
                clean("a.png", hostile.png_bomb(side))

    @pytest.mark.parametrize("data", [hostile.picture()[:60], b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"\x89PNG\r\n\x1a\n"])
    def test_a_damaged_picture_is_refused_with_a_remedy(self, data):
        with pytest.raises(UploadError, match="abîmée"):
            clean("a.png", data)


class TestTypes:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("a.png", hostile.HTML),
            ("a.png", hostile.SVG),
            ("a.png", hostile.picture("JPEG")),
            ("a.jpg", hostile.picture("PNG")),
            ("a.pdf", hostile.HTML),
            ("a.pdf", b" " * 10 + hostile.pdf()),
            ("a.docx", hostile.pdf()),
            ("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 100),
            ("a.txt", hostile.picture()),
            ("a.csv", "é".encode("utf-16")),
            ("a.webp", b"RIFF\0\0\0\0WAVE"),
        ],
    )
    def test_content_that_is_not_what_the_name_says_is_refused(self, name, data):
        with pytest.raises(UploadError):
            clean(name, data)

    @pytest.mark.parametrize(
        "name", ["a.svg", "a.html", "a.exe", "a.pdf.exe", "a", "", ".pdf", "a.zip", "a.js", "a.xml"]
    )
    def test_other_formats_are_refused(self, name):
        with pytest.raises(UploadError, match="pas accepté"):
            detect(name if name != ".pdf" else "pdf", b"%PDF-1.4")

    def test_macros_and_old_formats_say_which_format_to_use(self):
        with pytest.raises(UploadError, match="macros"):
            detect("a.docm", b"PK\x03\x04")
        with pytest.raises(UploadError, match=r"\.docx"):
            detect("a.doc", b"\xd0\xcf\x11\xe0")

    def test_texts_are_kept_as_they_are(self):
        for data in ("Été;1\r\n".encode(), "Été;1\r\n".encode("cp1252"), b"=1+1;2\n"):
            assert clean("a.csv", data).data == data


class TestArchives:
    @pytest.mark.parametrize(("name", "data"), [("a.docx", hostile.docx()), ("a.odt", hostile.odt())])
    def test_a_document_forgets_its_author(self, name, data):
        kept = clean(name, data).data
        with zipfile.ZipFile(BytesIO(kept)) as parts:
            everything = b"".join(parts.read(part) for part in parts.namelist())
            assert {entry.date_time[0] for entry in parts.infolist()} == {1980}
        assert b"secret" not in everything
        assert b"Bonjour" in everything

    def test_a_remote_template_is_no_longer_asked_for(self):
        with zipfile.ZipFile(BytesIO(clean("a.docx", hostile.docx()).data)) as parts:
            assert b"Relationship " not in parts.read("word/_rels/settings.xml.rels")
            assert parts.read("word/settings.xml") == b"<w:settings><w:zoom/></w:settings>"

    def test_an_opendocument_still_begins_with_its_type(self):
        kept = clean("a.odt", hostile.odt()).data
        assert kept[30:38] == b"mimetype"
        assert kept[38:77] == b"application/vnd.oasis.opendocument.text"

    @pytest.mark.parametrize(
        "data",
        [
            hostile.docm_named_docx(),
            hostile.docx(**{"word/embeddings/oleObject1.bin": b"x"}),
            hostile.docx(**{"word/embeddings/innocent.xlsx": b"\xd0\xcf\x11\xe0" + b"\0" * 100}),
            hostile.docx(**{"word/media/image1.png": b"MZ" + b"\0" * 100}),
            hostile.docx(**{"word/activeX/activeX1.xml": b"x"}),
            hostile.docx(**{"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"}),
        ],
    )
    def test_macros_and_embedded_programs_are_refused(self, data):
        with pytest.raises(UploadError, match="macro"):
            clean("a.docx", data)

    @pytest.mark.parametrize(
        "data",
        [
            hostile.archive({"a.txt": b"x"}),
            hostile.archive(hostile.docx_parts(), encrypted=True),
            hostile.docx(**{"../../etc/passwd": b"x"}),
            hostile.docx(**{"/etc/passwd": b"x"}),
            hostile.lying_zip(),
            hostile.docx()[:400],
            b"PK\x03\x04",
        ],
    )
    def test_a_damaged_or_protected_archive_is_refused(self, data):
        with pytest.raises(UploadError, match="abîmé"):
            clean("a.docx", data)

    def test_a_bomb_is_refused_before_it_is_unpacked(self, monkeypatch):
        monkeypatch.setattr(archives, "_read", lambda *_: pytest.fail("unpacked"))
        with pytest.raises(UploadError, match="volumineux"):
            clean("a.docx", hostile.zip_bomb())

    def test_too_many_entries_are_refused(self, monkeypatch):
        monkeypatch.setattr(archives, "MAX_ENTRIES", 5)
        with pytest.raises(UploadError):
            clean("a.docx", hostile.docx())


class TestPdf:
    def test_a_pdf_forgets_its_author(self):
        received = hostile.pdf()
        assert b"secret" in received
        kept = clean("a.pdf", received).data
        assert b"secret" not in kept
        assert len(PdfReader(BytesIO(kept)).pages) == 1

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (hostile.pdf(script=True), "script"),
            (hostile.pdf(embedded=True), "incorporé"),
            (hostile.pdf(password="x"), "protégé"),
            (b"%PDF-1.7 rien", "abîmé"),
        ],
    )
    def test_active_protected_and_damaged_ones_are_refused(self, data, said):
        with pytest.raises(UploadError, match=said):
            clean("a.pdf", data)


class TestNames:
    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("Plan d’accès.PNG", "Plan d’accès.png"),
            ("../../etc/passwd.png", "passwd.png"),
            ("C:\\Users\\secret\\plan.png", "plan.png"),
            ("fact\u202egnp.png", "factgnp.png"),
            ('a"b\n<c>.png', "a b c.png"),
            (".png", "fichier.png"),
            ("...png", "fichier.png"),
            ("é" * 300 + ".png", "é" * (MAX_NAME - 4) + ".png"),
        ],
    )
    def test_a_name_is_made_fit_to_show(self, name, shown):
        assert clean_name(name, "png") == shown

    def test_the_address_is_plain_letters(self):
        assert attachment_url("t" * 32, "Plan d’accès (1).png") == f"/fichiers/{'t' * 32}/plan-d-acces-1.png"
        assert attachment_url("t" * 32, "地図.png") == f"/fichiers/{'t' * 32}/fichier.png"

    def test_the_last_extension_is_the_one_that_counts(self):
        assert extension_of("a.pdf.EXE ") == "exe"
