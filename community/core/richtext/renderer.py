"""From the Markdown a member wrote to the HTML everybody reads: one path, sanitised once."""

import re
import secrets
from dataclasses import dataclass, field
from urllib.parse import unquote

import nh3
from django.conf import settings
from django.utils.translation import gettext as _
from markdown_it.token import Token

from community.core.errors import Invalid

from .mentions import MENTION
from .rules import build_parser
from .text import normalise_text

RENDERER_VERSION = 1
MAX_MARKDOWN = 50_000
# Stored with the text, so in the product's language.
UNNAMED_PICTURE = "Image sans description"

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ALLOWED_SCHEMES = {"http", "https", "mailto"}
# « www.legifrance.gouv.fr », not « page.html ».
_HOST_WITHOUT_SCHEME = re.compile(r"www\.[\w-]+\.|[\w.-]{1,253}\.(?:fr|eu|org|com|net)(?=[/?#:]|$)")
_ATTACHMENT = re.compile(r"/fichiers/([A-Za-z0-9_-]{22,64})/[^/?#]+$")
# Mentions are found in the source, in their one form, and given an address nobody else can write.
_MENTION_SCHEME = f"mention-{secrets.token_hex(12)}:"
_MEMBER = re.compile(_MENTION_SCHEME + r"([A-Za-z0-9_-]{1,64})$")
_HEADING = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}


class MarkdownTooLong(Invalid):
    """The text is longer than `MAX_MARKDOWN`, perhaps only once names were written in: no form can tell before."""

    def __init__(self, length: int):
        message = _("Ce texte compte %(length)d caractères, il en faut au plus %(most)d. Raccourcissez-le.")
        super().__init__(message % {"length": length, "most": MAX_MARKDOWN}, field="body")


@dataclass(frozen=True, slots=True)
class Rendered:
    """`html` is safe to print; `text` is plain. The rest is what the text points at, in order, once each.

    references: addresses on this site, as paths. mentions: public ids of members, whether they exist or
    may read the text is not checked. attachments: tokens, whose rights are not checked either.
    """

    html: str
    text: str
    references: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


@dataclass(slots=True)
class _Findings:
    texts: list[str] = field(default_factory=list)
    references: dict[str, None] = field(default_factory=dict)
    mentions: dict[str, None] = field(default_factory=dict)
    attachments: dict[str, None] = field(default_factory=dict)


def _open_table(*_: object) -> str:
    # A group, not a region: several landmarks of one name would lose those who move by landmarks.
    return '<div class="table-scroll" role="group" tabindex="0" aria-label="Tableau"><table class="data-table">\n'


def _close_table(*_: object) -> str:
    return "</table></div>\n"


_parser = build_parser()
_parser.renderer.rules["table_open"] = _open_table
_parser.renderer.rules["table_close"] = _close_table

_INLINE_TAGS = {"a", "br", "code", "del", "em", "img", "s", "strong"}
_BLOCK_TAGS = {"blockquote", "div", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
_TABLE_TAGS = {"table", "tbody", "td", "th", "thead", "tr"}
# The parser already escapes all HTML. This is the second lock, for the day one of its rules is wrong.
_cleaner = nh3.Cleaner(
    tags=_INLINE_TAGS | _BLOCK_TAGS | _TABLE_TAGS,
    attributes={
        "a": {"href", "title"},
        "div": {"role", "tabindex", "aria-label"},
        "img": {"src", "alt", "title", "loading", "decoding"},
        "ol": {"start"},
        "th": {"scope"},
    },
    allowed_classes={
        "a": {"mention"},
        "div": {"table-scroll"},
        "table": {"data-table"},
        "td": {"numeric"},
        "th": {"numeric"},
    },
    link_rel="nofollow ugc noopener",
    url_schemes=_ALLOWED_SCHEMES,
)


def render(markdown: str) -> Rendered:
    """Render at most `MAX_MARKDOWN` characters, in time proportional to their number."""
    if len(markdown) > MAX_MARKDOWN:
        raise MarkdownTooLong(len(markdown))
    env: dict[str, object] = {}
    source = MENTION.sub(rf"@[\1]({_MENTION_SCHEME}\2)", normalise_text(markdown))
    tokens = _parser.parse(source, env)
    found = _Findings()
    for index, token in enumerate(tokens):
        if token.type == "inline":
            token.children = _rewrite_inline(token.children or [], found)
        elif token.type in ("fence", "code_block"):
            found.texts.append(token.content.strip("\n"))
        elif token.tag in _HEADING:
            token.tag = _HEADING[token.tag]
        elif token.type in ("th_open", "td_open"):
            _rewrite_cell(*tokens[index : index + 3])
    html = _parser.renderer.render(tokens, _parser.options, env)
    return Rendered(
        # A mention inside code is code.
        html=_cleaner.clean(html).strip().replace(_MENTION_SCHEME, "membre:"),
        text="\n".join(text for text in found.texts if text).replace(_MENTION_SCHEME, "membre:"),
        references=tuple(found.references),
        mentions=tuple(found.mentions),
        attachments=tuple(found.attachments),
    )


def _rewrite_cell(opening: Token, content: Token, closing: Token) -> None:
    if opening.attrs.pop("style", "") == "text-align:right":
        opening.attrs["class"] = "numeric"
    if opening.tag == "th" and content.content:
        opening.attrs["scope"] = "col"
    elif opening.tag == "th":
        # A heading that says nothing is a fault for screen readers.
        opening.tag = closing.tag = "td"


def _rewrite_inline(children: list[Token], found: _Findings) -> list[Token]:
    """Links checked, mentions pointed at profiles, foreign pictures turned into links; text collected."""
    kept: list[Token] = []
    in_link = dropped_link = False
    for index, token in enumerate(children):
        if token.type == "link_open":
            in_link = True
            dropped_link = not _rewrite_link(token, kept, children[index + 1], found)
            if not dropped_link:
                kept.append(token)
                kept.extend(_missing_label(token, children[index + 1 : index + 3]))
            continue
        if token.type == "link_close":
            in_link = False
            if not dropped_link:
                kept.append(token)
            continue
        if token.type == "image":
            alt = _parser.renderer.renderInlineAsText(token.children, _parser.options, {})
            kept.extend(_rewrite_image(token, alt, in_link, found))
            continue
        kept.append(token)
    breaks = ("softbreak", "hardbreak")
    found.texts.append("".join("\n" if token.type in breaks else token.content for token in kept).strip())
    return kept


def _missing_label(link: Token, following: list[Token]) -> list[Token]:
    """A link nobody could name aloud shows its address."""
    if following[0].type == "text" and not following[0].content.strip():
        following = following[1:]
    if following and following[0].type == "link_close":
        return [Token("text", "", 0, content=str(link.attrs["href"]))]
    return []


def _rewrite_link(link: Token, before: list[Token], label: Token, found: _Findings) -> bool:
    """Point the link where it may lead; False when it may lead nowhere and only its label stays."""
    href = str(link.attrs.get("href", ""))
    member = _MEMBER.match(href)
    if member:
        found.mentions[member[1]] = None
        link.attrs = {"href": f"/membres/{member[1]}/", "class": "mention"}
        if before and before[-1].type == "text" and before[-1].content.endswith("@") and label.type == "text":
            before[-1].content = before[-1].content[:-1]
            label.content = "@" + label.content
        return True
    href = _allowed_address(href)
    if not href:
        return False
    link.attrs["href"] = href
    _note_address(href, found)
    return True


def _rewrite_image(image: Token, alt: str, in_link: bool, found: _Findings) -> list[Token]:
    """Our own attachments are shown; any other picture would tell its host who reads: it becomes a link."""
    source = _allowed_address(str(image.attrs.get("src", "")))
    own = _local_path(source)
    if own and _ATTACHMENT.match(own):
        _note_address(own, found)
        image.attrs = {**image.attrs, "src": own, "loading": "lazy", "decoding": "async"}
        if not alt.strip():
            image.children = [Token("text", "", 0, content=UNNAMED_PICTURE)]
        return [image]
    label = Token("text", "", 0, content=alt or unquote(source))
    if in_link or not source:
        return [label]
    _note_address(source, found)
    return [Token("link_open", "a", 1, attrs={"href": source}), label, Token("link_close", "a", -1)]


def _allowed_address(href: str) -> str:
    """The address if a reader may be sent there, completed when its scheme was left out, else nothing."""
    scheme = _SCHEME.match(href)
    if scheme:
        return href if scheme[1].lower() in _ALLOWED_SCHEMES else ""
    if href.startswith("//"):
        return "https:" + href
    if href.startswith(("/", "#", "?")):
        return href
    return "https://" + href if _HOST_WITHOUT_SCHEME.match(href) else ""


def _local_path(href: str) -> str:
    """The address as a path of this site, or nothing when it leads elsewhere."""
    if href.startswith("/"):
        return href
    site = settings.BASE_URL + "/"
    return href[len(site) - 1 :] if href.startswith(site) else ""


def _note_address(href: str, found: _Findings) -> None:
    path = _local_path(href)
    attachment = _ATTACHMENT.match(path)
    if attachment:
        found.attachments[attachment[1]] = None
    elif path:
        found.references[path] = None
