"""The one search: what a viewer may find, and nothing that tells of the rest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from community.core import contents, ports

from . import documents, vocabulary
from .analysis import All, Node, Query, Word, as_written, excerpt, marked, parse
from .analysis import plan as plans
from .analysis.query import MAX_CPV, MAX_TERMS
from .analysis.spelling import corrigible, is_one_slip
from .analysis.synonyms import Synonyms
from .analysis.tokens import Token, normalised, tokens_of
from .engines import Unavailable, engine
from .engines.base import MAX_DEPTH, PAGE, Ask, Found, Hit
from .filters import Filters, family_ids
from .principals import Reader, reader_of
from .results import Result, Results
from .selectors import synonyms

FEW = 3
MAX_OTHERS = 5
MAX_CANDIDATES = 8
MAX_PAGE = MAX_DEPTH // PAGE
MAX_SIMILAR_WORDS = 10
MAX_SIMILAR_TEXT = 2_000
MAX_SIMILAR_MET = 4_000
ENOUGH = 50
# A word in so few texts may be a slip that they share with the searcher.
SLIPS = 2
MAX_MATCHES = 1_000
MOST_GROUPS_RELAXED = 6
COUNTED = ("type", "famille", "etat", "periode", "piece", "objectif")


def search(viewer, text: str, filters: Filters | None = None, page: int = 1) -> Results:
    """Raises `Unavailable` when the store does not answer."""
    filters = filters or Filters()
    query = parse(text, synonyms())
    results = Results(query=query)
    if query.is_empty and not filters.chosen():
        return results
    reader = reader_of(viewer)
    ask = ask_for(query, filters, reader, page=page)
    if ask is None:
        return results
    found = engine().search(ask)
    if found.total < FEW and not filters.exactly:
        query, ask, found = _try_otherwise(results, query, ask, found, reader, filters, page)
    results.total, results.more, results.facets = found.total, found.more, found.facets
    results.missed |= not found.total
    results.rows = visible_rows(viewer, found.hits, words_of(query))
    if results.corrected:
        shown = {(row.kind, row.obj.pk) for row in results.rows}
        texts = (text for hit in found.hits if (hit.kind, hit.pk) in shown for text in (hit.title, hit.body))
        results.written = as_written({*results.corrected.values()}, texts)
    if found.hits and found.total < FEW and not (filters.exactly or results.relaxed):
        results.others = _others(viewer, query, ask, found.hits)
    return results


def _others(viewer, query: Query, ask: Ask, shown: list[Hit]) -> list[Result]:
    """What has most of the words, when hardly anything has them all."""
    if not 1 < len(query.groups) <= MOST_GROUPS_RELAXED:
        return []
    wider = replace(most_words(query, ask), counted=(), offset=0, size=MAX_OTHERS + FEW)
    known = {hit.thread or (hit.kind, hit.pk) for hit in shown}
    hits = [hit for hit in engine().search(wider).hits if (hit.thread or (hit.kind, hit.pk)) not in known]
    return visible_rows(viewer, hits, words_of(query))[:MAX_OTHERS]


def _try_otherwise(results, query: Query, ask: Ask, found: Found, reader: Reader, filters: Filters, page: int):
    """Spelling first, then the words of compounds wherever they stand, then most of the words, then any of them."""
    corrected = corrections(query, reader)
    if corrected:
        other = parse(query.text, synonyms(), corrections=corrected)
        asked = ask_for(other, filters, reader, page=page)
        again = engine().search(asked) if asked else found
        if again.total > found.total or found.total == 0:
            results.corrected = corrected
            query, ask, found = other, asked, again
    if found.total == 0 and query.has_compounds:
        query = parse(query.text, synonyms(), corrections=results.corrected, loosely=True)
        ask = replace(ask, groups=tuple(query.groups))
        found = engine().search(ask)
    if found.total == 0 and len(query.groups) > 1:
        again = _with_fewer_words(results, query, ask)
        if again.total:
            results.relaxed = True
            found = again
    return query, ask, found


def _with_fewer_words(results: Results, query: Query, ask: Ask) -> Found:
    """Most of them; of a sentence, or when no text has most, any of the rarest."""
    found = Found()
    if len(query.groups) <= MOST_GROUPS_RELAXED:
        found = engine().search(most_words(query, ask))
    if found.total or len(query.groups) == 2:
        return found
    results.missed = True
    mended = [tokens_of(results.corrected.get(token.word, "")) for token in query.words]
    tokens = [each for token, others in zip(query.words, mended, strict=True) for each in (list(others) or [token])]
    groups, _met = rarest(tokens, ask.reader)
    return engine().search(replace(ask, groups=groups, any_group=True)) if groups else found


def most_words(query: Query, ask: Ask) -> Ask:
    return replace(ask, groups=(plans.all_but_one(tuple(query.groups)),))


def ask_for(query: Query, filters: Filters, reader: Reader, *, page: int = 1) -> Ask | None:
    """None when a filter of the query can be met by nothing."""
    typed = []
    for name, values in query.fields.items():
        understood = filters.understand(name, values)
        if understood is None:
            return None
        typed.append(understood)
    return Ask(
        reader=reader,
        groups=tuple(query.groups),
        authors=tuple(query.authors),
        excluded=(*query.excluded, *query.authors_left_out),
        titles_only=filters.titles_only,
        chosen=filters.chosen(),
        left_out=filters.leave_out(query.left_out),
        counted=COUNTED,
        typed=tuple(typed),
        periods=filters.periods,
        spaces=filters.space_ids,
        before=min(filter(None, (at(query.before), filters.until)), default=None),
        after=max(filter(None, (at(query.after), filters.since)), default=None),
        offset=(min(max(page, 1), MAX_PAGE) - 1) * PAGE,
    )


def at(day: date | None) -> int | None:
    """Its first moment, where the site is."""
    return documents.microseconds(datetime.combine(day, time(), timezone.get_default_timezone())) if day else None


def words_of(query: Query) -> frozenset[str]:
    """What excerpts mark."""
    return frozenset().union(*(plans.tokens_in(node) for node in query.groups))


def visible_rows(viewer, hits: list[Hit], wanted: frozenset[str]) -> list[Result]:
    """The right to each is asked of the database, whatever the index says."""
    visible = contents.visible_in_bulk(viewer, [(hit.kind, hit.pk) for hit in hits])
    return [_row(visible[hit.kind, hit.pk], hit, wanted) for hit in hits if (hit.kind, hit.pk) in visible]


def _row(obj: Any, hit: Hit, wanted: frozenset[str]) -> Result:
    kind = contents.get(hit.kind)
    declared = documents.get(hit.kind)
    part = excerpt(hit.body, wanted)
    return Result(
        obj=obj,
        kind=hit.kind,
        title=marked(str(kind.title(obj)), wanted),
        excerpt=declared.decorated(part) if declared else part,
        url=kind.url(obj),
        line=declared.line(obj) if declared else [],
    )


def corrections(query: Query, reader: Reader) -> dict[str, str]:
    """For each typed word that finds nothing, a word one slip away that the reader's own texts hold; for one that finds
    hardly anything, as others make the same slip, a word that is in many more of them.
    """
    engine_ = engine()
    words = [token for token in query.words if len(token.word) > 2][:MAX_TERMS]
    if not words:
        return {}
    found = engine_.counts([Ask(reader=reader, groups=(Word(token.word, token.stems),)) for token in words], SLIPS + 1)
    chosen = {}
    for token, number in zip(words, found, strict=True):
        if number <= SLIPS and (best := best_correction(token.word, reader, least=ENOUGH if number else 1)):
            chosen[token.word] = best
    return chosen


def best_correction(word: str, reader: Reader, *, least: int = 1) -> str:
    """In `least` texts or more, which are counted up to ENOUGH."""
    known = synonyms()
    meant = [each for each in known.words if corrigible(word) and is_one_slip(word, each)]
    near = dict.fromkeys([*vocabulary.near(word)[:MAX_CANDIDATES], *sorted(meant)])
    # One letter makes another acronym: nobody who typed a word meant one.
    candidates = [each for each in near if each not in known.acronyms]
    if not candidates:
        return ""
    asks = [Ask(reader=reader, groups=(with_synonyms(each, known),)) for each in candidates]
    counts = engine().counts(asks, ENOUGH)
    best = max(zip(counts, candidates, strict=True), key=lambda pair: (pair[0], pair[1][:1] == word[:1]))
    return best[1] if best[0] >= least else ""


def with_synonyms(word: str, known: Synonyms) -> Node:
    """A word that no text holds may stand for others that some do."""
    alternatives = [node for token in tokens_of(word) for node in known.alternatives(token.stems[:1])]
    return plans.any_of([Word(word), *alternatives])


def rarest(tokens: Iterable[Token], reader: Reader) -> tuple[tuple[Node, ...], int]:
    """Those that the fewest contents hold, of those that the reader may meet; and how many texts have one of them, at
    most.
    """
    words: dict[str, tuple[str, ...]] = {}
    for token in tokens:
        words.setdefault(token.word, token.stems)
    if not words:
        return (), 0
    seen = vocabulary.seen(words)
    known = [word for word in words if seen.get(word) or is_code(word)]
    chosen: list[str] = []
    met = 0
    ranked = sorted(known, key=lambda word: seen.get(word, 1))
    for word in islice(_met_by(reader, ranked, words, seen), MAX_SIMILAR_WORDS):
        # What thousands of texts hold says nothing of what this one resembles, unless it has no other word.
        if chosen and met + seen.get(word, 1) > MAX_SIMILAR_MET:
            break
        met += seen.get(word, 1)
        chosen.append(word)
    return tuple(Word(word, words[word]) for word in chosen), met


def is_code(word: str) -> bool:
    """An article, a CPV code; neither an amount nor a year, which tell nothing of what a text is about."""
    return not word.isalpha() and (not word.isdigit() or len(word) == MAX_CPV)


def _met_by(reader: Reader, known: list[str], stems: dict[str, tuple[str, ...]], seen: dict[str, int]) -> Iterator[str]:
    """Without the words that none of the reader's texts hold: one that only a private space has would take the place of
    another, and tell by it that it is there. As many are looked up at once as are wanted, mostly all that ever are.
    """
    for start in range(0, len(known), MAX_SIMILAR_WORDS):
        few = known[start : start + MAX_SIMILAR_WORDS]
        # The vocabulary holds no code: nothing is told by one. What thousands of texts hold, no private space hides,
        # and its texts would be long to go through.
        doubtful = [word for word in few if 0 < seen.get(word, 0) <= MAX_SIMILAR_MET]
        counts = engine().counts([Ask(reader=reader, groups=(Word(word, stems[word]),)) for word in doubtful], 1)
        unmet = {word for word, number in zip(doubtful, counts, strict=True) if not number}
        yield from (word for word in few if word not in unmet)


def similar_hits(viewer, text: str, *, kinds: tuple[str, ...], limit: int) -> list[Hit]:
    """What resembles a text, kind by kind: any of its rarest words, what holds most of them first."""
    reader = reader_of(viewer)
    groups, met = rarest(tokens_of(normalised(text[:MAX_SIMILAR_TEXT])), reader)
    if not groups:
        return []
    wide = Ask(reader=reader, groups=groups, any_group=True, size=limit, is_common=met > MAX_SIMILAR_MET)
    store = engine()
    return [hit for kind in kinds for hit in store.resembling(replace(wide, kinds=(kind,)))]


def similar(viewer, kinds: tuple[str, ...], text: str, limit: int = 5) -> dict[str, list]:
    """By kind, the contents that the viewer may see and that resemble the text, closest first."""
    hits = similar_hits(viewer, text, kinds=kinds, limit=limit + FEW)
    visible = contents.visible_in_bulk(viewer, [(hit.kind, hit.pk) for hit in hits])
    found: dict[str, list] = {kind: [] for kind in kinds}
    for hit in hits:
        if (hit.kind, hit.pk) in visible and len(found[hit.kind]) < limit:
            found[hit.kind].append(visible[hit.kind, hit.pk])
    return found


def text_search(viewer, kind: str, text: str):
    """The contents of a kind that the viewer may see and that match, as a queryset to filter further.

    A thread matches by any of its posts.
    """
    found = contents.get(kind).visible_to(viewer)
    query = parse(text, synonyms())
    if query.is_empty:
        return found
    pks = _matching(viewer, kind, query)
    if not pks and query.has_compounds:
        pks = _matching(viewer, kind, parse(text, synonyms(), loosely=True))
    return found.filter(pk__in=pks)


def _matching(viewer, kind: str, query: Query) -> set[int]:
    declared = documents.get(kind)
    same_tab = tuple(each.name for each in documents.kinds() if declared and each.tab == declared.tab)
    ask = ask_for(query, Filters(), reader_of(viewer))
    if ask is None:
        return set()
    rows = engine().matching(replace(ask, kinds=same_tab or (kind,)), MAX_MATCHES)
    pks = {pk for each, pk, _thread in rows if each == kind}
    return pks | {int(pk) for of, _colon, pk in (thread.partition(":") for _each, _pk, thread in rows) if of == kind}


def text_search_or_database(viewer, kind: str, text: str):
    """For lists: while the store is away, the plain database answers."""
    try:
        return text_search(viewer, kind, text)
    except Unavailable:
        return ports.search_by_database(viewer, kind, text)


def similar_or_none(viewer, kinds: tuple[str, ...], text: str, limit: int = 5) -> dict[str, list]:
    """For panels: while the store is away, they are empty."""
    try:
        return similar(viewer, kinds, text, limit)
    except Unavailable:
        return {kind: [] for kind in kinds}


@dataclass
class Suggestion:
    label: SafeString
    text: str
    url: str
    kind: str


def autocomplete(viewer, text: str, limit: int = 8) -> list[Suggestion]:
    """Titles that hold the words typed, the last one perhaps unfinished."""
    typed = normalised(text[:80])
    tokens = list(tokens_of(typed))
    if len(tokens) > 1 and len(tokens[-1].word) < 2:
        # One letter begins everything: what was proposed for the words before it stays while she goes on.
        tokens.pop()
    if not tokens or len(tokens[-1].word) < 2:
        return []
    unfinished = tokens[-1].end == len(typed)
    groups: list[Node] = [Word(token.word, token.stems) for token in tokens]
    groups[-1] = Word(tokens[-1].word, tokens[-1].stems, prefix=unfinished)
    ask = Ask(reader=reader_of(viewer), groups=tuple(groups), size=limit)
    hits = [hit for hit in engine().complete(ask) if hit.title]
    visible = contents.visible_in_bulk(viewer, [(hit.kind, hit.pk) for hit in hits])
    found = []
    for hit in hits:
        obj = visible.get((hit.kind, hit.pk))
        if obj is not None:
            kind = contents.get(hit.kind)
            title = str(kind.title(obj))
            found.append(Suggestion(marked_as_begun(title, tokens), title, kind.url(obj), str(kind.label)))
    return found


def marked_as_begun(title: str, tokens: list) -> SafeString:
    """The title with what was typed marked, in any form, words begun included."""
    last = tokens[-1].word
    wanted = {form for token in tokens for form in (token.word, *token.stems)}
    wanted |= {token.word for token in tokens_of(normalised(title)) if token.word.startswith(last)}
    return marked(title, frozenset(wanted))


__all__ = ["All", "Results", "autocomplete", "family_ids", "search", "similar", "text_search"]
