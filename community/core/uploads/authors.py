"""Names of people in the XML parts of office files: who tracked, commented, last opened, and from which folder.

Parts are read as bytes, in one pass whose cost is proportional to their size: a tree of 100 MB of XML would not fit.
Prefixes are not trusted, since a library may rename them; the words of the text itself are never touched.
"""

import re
from collections.abc import Callable

_AUTHOR = b"Auteur"
_INITIALS = b"A"
# What Word writes itself for somebody who is not signed in.
_ACCOUNT = {b"userId": _AUTHOR, b"providerId": b"None"}
_Cleaner = Callable[[bytes], bytes]

# Possessive: a hostile part can not make them step back.
_TAG = re.compile(rb"<(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>")
_ATTRIBUTE = re.compile(rb"(?<=\s)([\w.:-]++)(\s*+=\s*+)(?:\"[^\"]*+\"|'[^']*+')")
_DECLARED = re.compile(r"(<\?xml[^>]*?encoding\s*=\s*[\"'])[^\"']*")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def clean_authors(name: str, content: bytes) -> bytes:
    """The part `name`, its structure as it was, with one word in place of every name. `ValueError` when unreadable."""
    for path, cleaner in _RULES:
        if path.search(name):
            return cleaner(_as_utf8(content))
    return content


def _as_utf8(content: bytes) -> bytes:
    if not content.startswith(_UTF16_MARKS):
        return content
    return _DECLARED.sub(r"\g<1>UTF-8", content.decode("utf-16"), count=1).encode()


def _attributes(values: dict[bytes, bytes]) -> _Cleaner:
    """Replaces the values of these attributes, whatever their prefix."""
    candidate = re.compile(rb"<[A-Za-z_][^<]*?\s(?:[\w.-]+:)?(?:" + b"|".join(values) + rb")\s*=[^<]*")

    def replace(attribute: re.Match[bytes]) -> bytes:
        value = values.get(attribute[1].rpartition(b":")[2])
        return attribute[0] if value is None else attribute[1] + attribute[2] + b'"' + value + b'"'

    def replace_in_tag(found: re.Match[bytes]) -> bytes:
        # The text that follows may say « author="…" » too: it is what the document shows.
        tag = _TAG.match(found[0])
        return _ATTRIBUTE.sub(replace, tag[0]) + found[0][tag.end() :] if tag else found[0]

    def clean(content: bytes) -> bytes:
        # Most parts of a large document name nobody: they are not worth a pass.
        return candidate.sub(replace_in_tag, content) if any(word in content for word in values) else content

    return clean


def _texts(values: dict[bytes, bytes]) -> _Cleaner:
    """Replaces the text of these elements, given as patterns of their names."""
    patterns = [
        (re.compile(rb"(<(?:" + element + rb")(?:\s[^<>]*)?(?<!/)>)(?:[^<]++|<!)*+(?=</)"), rb"\g<1>" + value)
        for element, value in values.items()
    ]

    def clean(content: bytes) -> bytes:
        for pattern, replacement in patterns:
            content = pattern.sub(replacement, content)
        return content

    return clean


def _path(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# The first that fits a part's name is its rule.
_RULES: list[tuple[re.Pattern[str], _Cleaner]] = [
    (_path(r"^word/.*\.xml$"), _attributes({b"author": _AUTHOR, b"initials": _INITIALS, **_ACCOUNT})),
    (_path(r"^xl/persons/.*\.xml$"), _attributes({b"displayName": _AUTHOR, **_ACCOUNT})),
    (_path(r"^xl/comments.*\.xml$"), _texts({rb"(?:[\w.-]+:)?author": _AUTHOR})),
    # The folder it was saved in (« C:\Users\… »), and who reserved it.
    (_path(r"^xl/workbook\.xml$"), _attributes({b"url": b"", b"userName": _AUTHOR})),
    (_path(r"^xl/pivotCache/.*\.xml$"), _attributes({b"refreshedBy": _AUTHOR})),
    (_path(r"^xl/revisions/userNames\.xml$"), _attributes({b"name": _AUTHOR})),
    (_path(r"^xl/revisions/.*\.xml$"), _attributes({b"userName": _AUTHOR})),
    (
        _path(r"^ppt/(commentAuthors|authors)\.xml$"),
        _attributes({b"name": _AUTHOR, b"initials": _INITIALS, **_ACCOUNT}),
    ),
    (
        # Charts and formulas of an OpenDocument are documents in folders of their own.
        _path(r"(^|/)(content|styles|meta)\.xml$"),
        _texts(
            {
                # text:creator is a field of the text, shown to the reader.
                rb"(?!text:)(?:[\w.-]+:)?(?:initial-)?creator": _AUTHOR,
                # LibreOffice long wrote sender-initials for the same.
                rb"(?:[\w.-]+:)?(?:creator|sender)-initials": _INITIALS,
            }
        ),
    ),
]
