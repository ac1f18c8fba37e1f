"""The search at scale: engine time of a page with rights and facets, suggestions, what resembles, writing."""

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import cache, partial
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.taxonomy.models import CpvCode, PurchaseFamily, Tag
from qa.models import Answer, Question, QuestionTag
from search import keywords, rebuild, service, vocabulary
from search.analysis import parse
from search.documents import Document
from search.engines import Unavailable, engine
from search.filters import Filters
from search.principals import Reader, reader_of
from search.selectors import synonyms

from . import generator
from .pages import Bench, Case, Measure, session_cookie
from .server import serving

WORDS_A_DOCUMENT = 66
BATCH = 1_000
TIMES = 300
LIMITS = {
    "sqlite": {"page p50": 5, "page p95": 25, "suggestions p95": 15, "proches p95": 15},
    "postgresql": {"page p95": 40},
    "elasticsearch": {"page p50": 25, "page p95": 90},
}
# Whole pages asked of a server by a few readers, as one may not search more than thirty times a minute.
PAGES, READERS, PAGE_LIMIT = 60, 16, 20
# Of a large community; one in two files a question.
KEYWORDS = 4_000
# Posts of threads read from the database when the whole index is made again.
POSTS = 20_000
LEAST_REBUILT = {"elasticsearch": 1_500}
LEAST_WRITTEN = {"sqlite": 4_000, "postgresql": 0, "elasticsearch": 3_000}


def clock() -> float:
    """SQLite works in this process, whose own time says what it costs on a busy machine too; others are waited for."""
    return time.process_time() if engine().name == "sqlite" else time.perf_counter()


@cache
def haystack() -> tuple[str, ...]:
    """Real words of the trade, as often as the labels of the vocabularies hold them, and rarer ones made of them."""
    labels = list(CpvCode.objects.values_list("label", flat=True))
    labels += [str(family) for family in PurchaseFamily.objects.all()]
    words = [word for label in labels for word in label.split() if len(word) > 2]
    chance = random.Random(11)
    endings = ("age", "ation", "eur", "euse", "ier", "able", "ité", "ment", "iste", "ure")
    rare = {word[: chance.randrange(4, 8)] + chance.choice(endings) for word in sorted(set(words)) for _n in range(6)}
    return (*words, *sorted(rare))


def documents(number: int, first: int = 1) -> list[Document]:
    words = list(haystack())
    chance = random.Random(first)
    # A few words are everywhere and most are rare, as in any language.
    weights = [1 / (rank + 5) for rank in range(len(words))]
    chance.shuffle(words)
    families = list(PurchaseFamily.objects.values_list("pk", "parent_id"))
    now = timezone.now()
    drawn = iter(chance.choices(words, weights, k=number * WORDS_A_DOCUMENT))
    found = []
    for rank in range(first, first + number):
        text = [next(drawn) for _n in range(WORDS_A_DOCUMENT)]
        family, parent = chance.choice(families)
        found.append(
            Document(
                kind="question" if rank % 5 == 0 else "answer",
                pk=10_000_000 + rank,
                thread=("question", 10_000_000 + rank - rank % 5),
                acl=("public",),
                written=now - timedelta(minutes=7 * rank),
                title=" ".join(text[:9]) if rank % 5 == 0 else "",
                body=" ".join(text[9:]),
                family_id=family,
                top_family_id=parent or family,
                state=chance.choice(("ouverte", "resolue")) if rank % 5 == 0 else "",
            )
        )
    return found


def percentiles(ask: Callable[[int], object], times: int = TIMES) -> tuple[float, float]:
    spent = []
    for number in range(times):
        start = clock()
        ask(number)
        spent.append((clock() - start) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1]


def run(number: int) -> int:
    member = Member.objects.create_user("banc@banc.example", verified_at=timezone.now())
    store = engine()
    measures = [write(number)]
    reader = reader_of(member)
    texts = queries(number)
    limits = LIMITS[store.name]

    def page(rank: int) -> None:
        ask = service.ask_for(parse(texts[rank], synonyms()), Filters(), reader)
        store.search(ask)

    def suggest(rank: int) -> None:
        word = texts[rank].lower().rpartition("'")[2].split()[-1]
        typed = word[: 3 + rank % 4]
        keywords.begun(member, typed)
        service.autocomplete(member, typed)

    add_keywords(member)
    warm(page)
    for name, ask in (
        ("page", page),
        ("suggestions", suggest),
        ("proches", partial(resembling, member, texts)),
    ):
        for label, value in zip(("p50", "p95"), percentiles(ask), strict=True):
            measures.append(Measure(f"{name} {label}", value, limits.get(f"{name} {label}")))
    measures += [whole_page(reader, texts[:PAGES]), one_more(number), rebuilt()]
    print(f"Recherche, {store.name}, {number} documents")
    for measure in measures:
        limit = "" if measure.limit is None else f"  (limite {measure.limit:g})"
        quietest = "" if measure.quietest is None else f"  (au plus calme {measure.quietest:.1f})"
        beyond = "  !" if measure.is_beyond else ""
        print(f"  {measure.name:42} {measure.value:10.1f} {measure.unit}{limit}{quietest}{beyond}")
    return int(any(measure.is_beyond for measure in measures))


def whole_page(reader: Reader, texts: list[str]) -> Measure:
    """Processor of one gunicorn worker, from the request of a page of results to its last byte."""
    make_real(reader, texts)
    call_command("collectstatic", verbosity=0, interactive=False)
    paths = [f"{reverse('search')}?{urlencode({'q': text})}" for text in texts]
    members = generator.add_members(READERS)
    with serving("gunicorn") as server:
        clients = [server.client(Cookie=session_cookie(member)) for member in members]

        def ask(rank: int) -> tuple[int, bytes]:
            return clients[rank % READERS].get(paths[rank])

        for rank in range(len(paths)):
            ask(rank)
        case = Case("page entière, processeur du serveur", PAGE_LIMIT, ask, len(paths))
        return Bench(server, limited=True).measured(case)[0]


def make_real(reader: Reader, texts: list[str]) -> None:
    """The posts that these pages show: the other documents are of posts that do not exist."""
    asks = [service.ask_for(parse(text, synonyms()), Filters(), reader) for text in texts]
    hits = [hit for ask in asks for hit in engine().search(ask).hits]
    threads = {hit.thread: int(hit.thread.rpartition(":")[2]) for hit in hits}
    common = {"author_id": reader.member_id, "created_at": (now := timezone.now())}
    questions = [
        Question(pk=pk, title=f"Une question du banc, {pk}", slug=f"banc-{pk}", last_activity_at=now, **common)
        for pk in threads.values()
    ]
    Question.objects.bulk_create(questions)
    answers = {hit.pk: threads[hit.thread] for hit in hits if hit.kind == "answer"}
    Answer.objects.bulk_create(
        [Answer(pk=pk, question_id=thread, position=pk % 5 + 1, **common) for pk, thread in answers.items()]
    )


def add_keywords(author: Member) -> None:
    chance, words = random.Random(7), sorted(set(haystack()))
    now = timezone.now()
    moments = {"created_at": now, "last_activity_at": now}
    question = Question.objects.create(author=author, title="Une question à mots-clés", **moments)
    with transaction.atomic():
        tags = [
            Tag.objects.create(name=f"{' '.join(chance.sample(words, 2))} {rank}", slug=f"banc-{rank}")
            for rank in range(KEYWORDS)
        ]
    QuestionTag.objects.bulk_create([QuestionTag(tag=tag, content_object=question) for tag in tags[::2]])


def warm(ask: Callable[[int], object]) -> None:
    """A server just filled compiles its own code and reads its files at the first questions."""
    for number in range(TIMES):
        with suppress(Unavailable):
            ask(number)


def resembling(member, texts: list[str], rank: int) -> None:
    text = f"{texts[rank]} {texts[(rank + 1) % len(texts)]}"
    service.similar_hits(member, text, kinds=("question",), limit=5)


def write(number: int) -> Measure:
    """Documents a second, once read: analysis and index."""
    store, spent, words = engine(), 0.0, Counter()
    with store.rebuilding() as target:
        for first in range(1, number + 1, BATCH):
            batch = documents(min(BATCH, number + 1 - first), first)
            start = clock()
            with transaction.atomic():
                target.write(batch, anew=True)
            spent += clock() - start
            for document in batch:
                words.update(vocabulary.words_of(document))
    vocabulary.recount(words)
    store.settle()
    rate = number / spent
    least = LEAST_WRITTEN[store.name]
    # As milliseconds a thousand documents, so that beyond the limit is too slow.
    return Measure(
        f"écriture, {rate:.0f} documents par seconde", 1e6 / rate, 1e6 / least if least else None, "ms les 1000"
    )


def rebuilt() -> Measure:
    """Threads of the database, read, put in words and written again while the index answers."""
    generator.generate(POSTS, members=50)
    start = time.perf_counter()
    done = rebuild.rebuild(lambda _steps: None).done
    rate = sum(done.values()) / (time.perf_counter() - start)
    least = LEAST_REBUILT.get(engine().name)
    return Measure(
        f"reconstruction, {rate:.0f} documents par seconde", 1e6 / rate, 1e6 / least if least else None, "ms les 1000"
    )


def one_more(number: int) -> Measure:
    """What one document adds to the transaction of its content, which began before and ends after."""
    store, spent = engine(), []
    for document in documents(60, number + 1):
        with transaction.atomic():
            Member.objects.exists()
            start = clock()
            store.write([document])
            spent.append((clock() - start) * 1000)
    middle = statistics.median(spent)
    return Measure("un document de plus, p50", middle, 2 if store.is_transactional else None)


def queries(number: int) -> list[str]:
    """One to three words of a text that is there; not « sur » alone, which is looked up nowhere."""
    chance = random.Random(3)
    bodies = [[word for word in each.body.split() if parse(word).groups] for each in documents(TIMES, 1)]
    return [" ".join(chance.sample(words, chance.choice((1, 2, 2, 3)))) for words in bodies]
