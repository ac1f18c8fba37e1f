"""What the files of the archive have in common."""

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
        ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
        ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
        ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
        ("meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("xlink", "http://www.w3.org/1999/xlink"),
    )
)
# Each dress of words, as the properties of a style; several are nested.
DRESS = {
    "Bold": 'fo:font-weight="bold"',
    "Italic": 'fo:font-style="italic"',
    "Struck": 'style:text-line-through-style="solid"',
    "Code": 'style:font-name="Courier New" fo:font-family="\'Courier New\'"',
    "Variable": 'fo:background-color="#ffe680"',
}
LIST_DEPTH = 10
