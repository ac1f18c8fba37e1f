"""Exported files read back: by their own structure, and through LibreOffice."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from docx import Document as open_docx

from clauses.dossiers.models import Dossier

TEXT_NS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
WORD_NS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMS = ("docx", "odt")
needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is missing: apt-get install libreoffice-writer"
)


def exported(client, dossier: Dossier, **fields):
    documents = list(dossier.items.filter(removed_at=None).values_list("document", flat=True).distinct())
    told = {"content": "contract", "format": "docx", "split": "whole", "documents": documents, "sources": "on"}
    return client.post(reverse("dossier_export", args=[dossier.pk]), {**told, **fields})


def word(content: bytes):
    return open_docx(io.BytesIO(content))


def odt_xml(content: bytes, name: str = "content.xml") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return ElementTree.fromstring(archive.read(name))


def headings(content: bytes, form: str) -> list[tuple[int, str]]:
    if form == "docx":
        found = [each for each in word(content).paragraphs if each.style.name.startswith("Heading")]
        return [(int(each.style.name[-1]), each.text) for each in found]
    found = odt_xml(content).iter(f"{TEXT_NS}h")
    return [(int(each.get(f"{TEXT_NS}outline-level")), "".join(each.itertext())) for each in found]


def listed(content: bytes, form: str) -> list[str]:
    """The lines of the contents, without their pages."""
    if form == "docx":
        paragraphs = word(content).element.body.iter(f"{WORD_NS}p")
        lines = [each for each in paragraphs if each.style in ("TOC1", "TOC2")]
        return ["".join(text.text or "" for text in list(line.iter(f"{WORD_NS}t"))[:-1]) for line in lines]
    body = next(odt_xml(content).iter(f"{TEXT_NS}index-body"))
    return ["".join(line.itertext()).strip() for line in body.findall(f"{TEXT_NS}p")]


def paged(content: bytes) -> list[str]:
    """The pages that the contents of a Word file say before anything counts them."""
    paragraphs = word(content).element.body.iter(f"{WORD_NS}p")
    lines = [each for each in paragraphs if each.style in ("TOC1", "TOC2")]
    return [list(line.iter(f"{WORD_NS}t"))[-1].text for line in lines]


def lines_of(content: bytes, form: str) -> list[str]:
    """Every paragraph that says something, spaces counted once."""
    if form == "docx":
        found = [each.iter(f"{WORD_NS}t") for each in word(content).element.body.iter(f"{WORD_NS}p")]
        lines = ["".join(text.text or "" for text in texts) for texts in found]
    else:
        names = (f"{TEXT_NS}p", f"{TEXT_NS}h")
        lines = ["".join(each.itertext()) for each in odt_xml(content).iter() if each.tag in names]
    return [line for each in lines if (line := " ".join(each.split()))]


def words_of(content: bytes, form: str) -> str:
    return "\n".join(lines_of(content, form))


def has_arial() -> bool:
    """Otherwise LibreOffice prints in wider letters, and pages break elsewhere."""
    if shutil.which("fc-match") is None:
        return False
    told = subprocess.run(["fc-match", "Arial"], capture_output=True, text=True, check=False).stdout
    return "Liberation" in told or "Arial" in told


def converted(folder: Path, files: dict[str, bytes], to: str) -> dict[str, bytes]:
    """By name, what LibreOffice makes of each file: one start for all of them."""
    paths = []
    for name, content in files.items():
        paths.append(folder / name)
        paths[-1].write_bytes(content)
    out = folder / to.split(":")[0]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(out), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return {path.name: (out / f"{path.stem}.{to.split(':')[0]}").read_bytes() for path in paths}
