"""The keywords that a search names: their pages, beside the contents found.

They are no documents of the stores: whether a keyword may be shown depends on each content filed under it, so the
database is asked.
"""

from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _

from community.core.addresses import address
from community.editorial.selectors.topics import shown_tags
from community.taxonomy.models import Tag
from community.taxonomy.text import fold, parts_of

from .analysis import parse, tokens_of
from .analysis.query import MAX_QUERY
from .analysis.tokens import STEM, Token, normalised
from .service import Suggestion, marked_as_begun

MAX_WORDS = 4
MAX_FOUND = 5
MAX_BEGUN = 2
# Fewer letters begin too many words.
MIN_BEGUN = 3
AT_ONCE = 24
# Looked at one after the other; more keywords than these begin alike in no list but a hostile one.
MAX_CANDIDATES = 10 * AT_ONCE
QUOTES = frozenset('"«»“”„‟')


def found(viewer, text: str) -> list[Suggestion]:
    """Those whose name has all these words, in any form."""
    asked = plain_words(text)
    return [_suggestion(tag) for tag in _named(viewer, asked, MAX_FOUND)] if asked else []


def begun(viewer, text: str) -> list[Suggestion]:
    """As one types: the last word may be unfinished."""
    asked = plain_words(text)
    if asked is None:
        return []
    last = asked.tokens[-1]
    asked = replace(asked, is_begun=len(last.word) >= MIN_BEGUN and last.end == len(asked.text))
    return [_suggestion(tag, asked.tokens) for tag in _named(viewer, asked, MAX_BEGUN)]


@dataclass(frozen=True)
class Asked:
    text: str
    tokens: list[Token]
    is_begun: bool = False


def plain_words(text: str) -> Asked | None:
    """The few words typed; none when there are many, or when something else than words is asked."""
    text = normalised(text[:MAX_QUERY])
    query = parse(text)
    left_out = query.excluded or query.authors_left_out or query.left_out
    narrowed = query.authors or query.fields or query.before or query.after
    if left_out or narrowed or not QUOTES.isdisjoint(text):
        return None
    tokens = list(tokens_of(text))
    return Asked(text, tokens) if 0 < len(tokens) <= MAX_WORDS else None


def _suggestion(tag: Tag, typed: list[Token] | None = None) -> Suggestion:
    label = marked_as_begun(tag.name, typed) if typed else conditional_escape(tag.name)
    return Suggestion(label, tag.name, address("tag_page", slug=tag.slug), _("Mot-clé"))


def _named(viewer, asked: Asked, limit: int) -> list[Tag]:
    """As many are asked of the database as it takes: a word that is not seen takes the place of no other."""
    pks, tags = _candidates(asked), []
    for start in range(0, len(pks), AT_ONCE):
        tags += shown_tags(viewer, pks[start : start + AT_ONCE])
        if len(tags) >= limit:
            break
    return tags[:limit]


def _candidates(asked: Asked) -> list[int]:
    """Whoever asks, best first: the word written so (for a synonym, the one that stands for it), those that begin so,
    the shortest.
    """
    whole = fold(asked.text.lstrip(" #"))
    letters = max(map(beginning_of, asked.tokens), key=len)
    near = Q(folded=whole) | Q(words__contains=f" {letters}")
    rows = Tag.objects.filter(near).values_list("pk", "stands_for", "name", "folded")
    ranked = []
    for pk, stands_for, name, folded in rows:
        if folded == whole:
            ranked.append((0, 0, "", stands_for or pk))
        elif stands_for is None and _has_all(name, asked):
            ranked.append((1 if folded.startswith(whole) else 2, len(folded), folded, pk))
    return list(dict.fromkeys(pk for *_rank, pk in sorted(ranked)))[:MAX_CANDIDATES]


def beginning_of(token: Token) -> str:
    """Of this word and of its other forms: « égal » and « égaux » share three letters. Of a code, its longest part."""
    if any(map(str.isdigit, token.word)):
        return max(parts_of(token.word), key=len)
    stems = [stem.removeprefix(STEM) for stem in token.stems]
    common = next((n for n, letter in enumerate(token.word) if any(stem[n : n + 1] != letter for stem in stems)), None)
    kept = (len(token.word) if common is None else common) - 1
    return token.word[: max(kept, MIN_BEGUN)]


def _has_all(name: str, asked: Asked) -> bool:
    named = list(tokens_of(normalised(name)))
    words = {token.word for token in named}
    stems = {stem for token in named for stem in token.stems}
    *whole, last = asked.tokens
    is_met = asked.is_begun and any(word.startswith(last.word) for word in words)
    wanted = whole if is_met else asked.tokens
    return all(token.word in words or not stems.isdisjoint(token.stems) for token in wanted)
