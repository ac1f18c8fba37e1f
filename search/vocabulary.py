"""The words that texts hold: what corrections offer, and how common a word is."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Q

from .analysis.spelling import MIN_LETTERS, corrigible, halves, is_one_slip
from .analysis.tokens import form_of
from .documents import Document
from .models import SearchWord

MAX_NEW = 5_000
BATCH = 1_000


# Nobody's search is mended into a longer one, and the column holds no more.
MAX_LETTERS = SearchWord._meta.get_field("word").max_length


def words_of(document: Document) -> set[str]:
    return {word for word in document.tokens.all_words if 2 < len(word) <= MAX_LETTERS and word.isalpha()}


def stem_of(word: str) -> str:
    form = form_of(word)
    return form.stems[0] if form else ""


def learn(found: Iterable[Document]) -> None:
    """Adds the words that no text held before; how common they are is counted at the next rebuild or reconcile."""
    words = sorted(set().union(*(words_of(document) for document in found)))
    with connection.cursor() as cursor:
        for start in range(0, min(len(words), MAX_NEW), BATCH):
            part = words[start : start + BATCH]
            cursor.execute(
                "INSERT INTO search_searchword (word, backwards, stem, length, seen) "
                f"VALUES {', '.join(['(%s, %s, %s, %s, 1)'] * len(part))} ON CONFLICT (word) DO NOTHING",
                [value for word in part for value in (word, word[::-1], stem_of(word), len(word))],
            )


def recount(counts: Counter) -> None:
    """Replaces what was known by what a walk through every document counted."""
    rows = [
        SearchWord(word=word, backwards=word[::-1], stem=stem_of(word), length=len(word), seen=number)
        for word, number in counts.items()
    ]
    with transaction.atomic():
        SearchWord.objects.all().delete()
        SearchWord.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def seen(words: Iterable[str]) -> dict[str, int]:
    """In how many texts each is, or a form of the same stem, at most: what looking it up will meet."""
    stems = {word: stem_of(word) for word in words}
    if not stems:
        return {}
    wanted = sorted(set(stems.values()))
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(wanted))
        cursor.execute(f"SELECT stem, sum(seen) FROM search_searchword WHERE stem IN ({marks}) GROUP BY stem", wanted)
        met = dict(cursor.fetchall())
    return {word: int(met[stem]) for word, stem in stems.items() if stem in met}


def near(word: str) -> list[str]:
    """Known words one slip from this one, the most common first; whether the searcher may know them is not asked."""
    if not corrigible(word):
        return []
    first, last = halves(word)
    around = SearchWord.objects.filter(length__gte=max(len(word) - 1, MIN_LETTERS - 1), length__lte=len(word) + 1)
    back = last[::-1]
    found = around.filter(
        Q(word__gte=first, word__lt=first[:-1] + chr(ord(first[-1]) + 1))
        | Q(backwards__gte=back, backwards__lt=back[:-1] + chr(ord(back[-1]) + 1))
    )
    candidates = found.order_by("-seen", "word").values_list("word", flat=True)
    return [each for each in candidates if is_one_slip(word, each)]
