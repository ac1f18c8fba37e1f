"""CPU per request of the pages that count, on SQLite, with the limit of each beside it."""

import gzip
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import mean, median
from typing import ClassVar, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.urls import reverse

from community.members.models import Member
from community.taxonomy.models import PurchaseFamily
from qa.models import Question
from qa.selectors.lists import PAGE_SIZE

from . import generator
from .server import Client, Server, serving

MEMBERS = 200
CROWD = 5_000
FOLLOWED = 200
MANY, SOME, REPLIES, LISTS = 800, 150, 60, 60
OF_MEMBERS = {"non lus", "nouveautés", "suivies"}
GROWTH = 1.2
# Two measures of replies are only told apart beyond this.
FLATNESS = 1.3
GROUPS = 12
MAX_BYTES = 60_000
TOKEN = "b" * 32


@dataclass(frozen=True)
class Measure:
    """Milliseconds of processor a request, and in the `quietest` moment of the machine; `limit` in the same unit, none
    for what is only shown.
    """

    name: str
    value: float
    limit: float | None = None
    unit: str = "ms"
    quietest: float | None = None

    @property
    def is_beyond(self) -> bool:
        return self.limit is not None and self.value > self.limit


class Cost(NamedTuple):
    """Milliseconds a request, as `Measure` has them, and the last page."""

    value: float
    quietest: float
    page: bytes


class Case(NamedTuple):
    """What is asked, `times` times: `ask(number)` gives the status and the page."""

    name: str
    limit: float
    ask: Callable[[int], tuple[int, bytes]]
    times: int


class Asked(NamedTuple):
    """The addresses of the pages, and a member's cookie: read in the database before a server has it."""

    cookie: str
    threads: list[str]
    families: list[str]
    views: dict[str, str]

    @classmethod
    def now(cls, families: list[str] | None = None) -> "Asked":
        """`families`: the lists asked of a smaller base, where they fill a page too."""
        cookie = session_cookie(Member.objects.order_by("pk").first())
        return cls(cookie, thread_paths(SOME + 20), families or family_paths(), view_paths())


@dataclass
class Bench:
    """One server over one database; `limited` says whether the limits are its own."""

    server: Server
    limited: bool
    max_bytes: ClassVar[int | None] = MAX_BYTES

    def clients(self) -> tuple[Client, Client]:
        """A visitor's and a member's."""
        cookie = session_cookie(Member.objects.order_by("pk").first())
        return self.server.client(), self.server.client(Cookie=cookie)

    def cases(self) -> list[Case]:
        raise NotImplementedError

    def run(self) -> list[Measure]:
        return [measure for case in self.cases() for measure in self.measured(case)]

    def group(self, case: Case, numbers: range, *, expected: int = 200) -> tuple[float, bytes]:
        """Milliseconds a request of a few in a row, and the last page. Another answer than expected is a failure."""
        page = b""
        before = self.server.cpu()
        for number in numbers:
            status, page = case.ask(number)
            if status != expected:
                raise RuntimeError(f"answer {status} instead of {expected}: {page[:300]!r}")
        return (self.server.cpu() - before) * 1000 / len(numbers), page

    def cost(self, case: Case, *, expected: int = 200) -> Cost:
        """All requests together, and the group of them that took the least: whatever else runs on the machine only ever
        adds, as two virtual cores that share one real core slow each other down by half.
        """
        groups, page = [], b""
        for numbers in groups_of(case.times):
            spent, page = self.group(case, numbers, expected=expected)
            groups.append(spent)
        return Cost(mean(groups), min(groups), page)

    def measured(self, case: Case) -> list[Measure]:
        """Beyond its limit, a case is asked again, twice at most, and its least cost is held to the limit."""
        cost = self.cost(case)
        for _again in range(2):
            if self.limited and cost.value > case.limit:
                cost = min(cost, self.cost(case))
        measures = [Measure(case.name, cost.value, case.limit if self.limited else None, quietest=cost.quietest)]
        if self.limited:
            measures.append(Measure(f"{case.name} : HTML", len(cost.page), self.max_bytes, "octets"))
            measures.append(Measure(f"{case.name} : HTML compressé", len(gzip.compress(cost.page, 6)), None, "octets"))
        return measures


class PageBench(Bench):
    def __init__(self, server: Server, asked: Asked, *, limited: bool):
        super().__init__(server, limited)
        self.asked = asked

    def cases(self) -> list[Case]:
        visitor, member = self.server.client(), self.server.client(Cookie=self.asked.cookie)
        paths, families = self.asked.threads, self.asked.families
        for path in [*paths[:20], *families, *self.asked.views]:
            visitor.get(path)
            member.get(path)
        paths = paths[20:]
        return [
            Case("fil de 20 messages, anonyme, en cache", 1.5, lambda _n: visitor.get(paths[0]), MANY),
            Case("fil de 20 messages, anonyme, hors cache", 10, lambda n: visitor.get(fresh(paths[n])), len(paths)),
            Case("fil de 20 messages, membre", 12, lambda n: member.get(paths[n]), len(paths)),
            Case(
                "listes par famille, anonyme, hors cache",
                10,
                lambda n: visitor.get(fresh(families[n % len(families)])),
                SOME,
            ),
            Case("listes par famille, membre", 10, lambda n: member.get(families[n % len(families)]), SOME),
            *(case for path, name in self.asked.views.items() for case in list_cases(path, name, visitor, member)),
        ]


def session_cookie(member: Member) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


def list_cases(path: str, name: str, visitor: Client, member: Client) -> list[Case]:
    found = [Case(f"liste {name}, membre", 10, lambda _n: member.get(path), LISTS)]
    if name not in OF_MEMBERS:
        found.append(Case(f"liste {name}, anonyme, hors cache", 10, lambda _n: visitor.get(fresh(path)), LISTS))
    return found


def groups_of(times: int) -> list[range]:
    size = max(times // GROUPS, 1)
    return [range(first, first + size) for first in range(0, times - size + 1, size)]


_visits = count()


def fresh(path: str) -> str:
    """The same page at an address never asked for, so that it is in no cache."""
    return f"{path}{'&' if '?' in path else '?'}fois={next(_visits)}"


def thread_paths(number: int) -> list[str]:
    threads = Question.objects.filter(post_count=generator.SHORT).order_by("pk")[:number]
    return [reverse("question_detail", args=[thread.pk, thread.slug]) for thread in threads]


def family_paths() -> list[str]:
    """Lists that differ, so that none is served from the cache of another; each has more than a page of threads."""
    full = PurchaseFamily.objects.annotate(threads=Count("questions")).filter(threads__gt=PAGE_SIZE)
    slugs = full.order_by("position").values_list("slug", flat=True)
    return [f"{reverse('question_list')}?{urlencode({'famille': slug})}" for slug in slugs]


def view_paths() -> dict[str, str]:
    """The addresses of the views, orders and filters of the list, with what each is called here."""
    base = reverse("question_list")
    asked = {
        "entière": {},
        "sans réponse": {"vue": "sans-reponse"},
        "à résoudre": {"vue": "a-resoudre"},
        "résolues": {"vue": "resolues"},
        "par date": {"tri": "date"},
        "par besoin": {"tri": "besoin"},
        "des plus utiles": {"tri": "utiles"},
        "d’un mot-clé": {"mot-cle": generator.TAG},
        "d’une étape": {"etape": "execution"},
        "non lus": {"vue": "non-lus"},
        "nouveautés": {"vue": "nouveautes"},
        "suivies": {"vue": "suivies"},
    }
    return {f"{base}?{urlencode(query)}" if query else base: name for name, query in asked.items()}


def run(posts: int) -> int:
    """Prints the table; 1 when a limit is passed."""
    call_command("collectstatic", verbosity=0, interactive=False)
    fill(posts)
    print(f"{Question.objects.count()} fils, {posts} messages, {Path(settings.DATABASES['default']['NAME']).name}")
    asked = Asked.now()
    with serving("gunicorn") as server:
        measures = PageBench(server, asked, limited=True).run() + reply_measures(server)
    show("gunicorn, un processus gthread", measures)
    with serving("daphne") as server:
        show("daphne, sans limite", PageBench(server, asked, limited=False).run())
    return int(any(measure.is_beyond for measure in measures))


def fill(posts: int) -> None:
    """The threads, and a reader who follows some."""
    generator.generate(posts, members=MEMBERS)
    generator.follow_and_read(Member.objects.order_by("pk").first(), threads=FOLLOWED)


def reply_measures(server: Server) -> list[Measure]:
    """The same act in a small community, then beside a crowd that all follows the thread."""
    quiet, busy = Question.objects.order_by("pk")[:2]
    people = list(Member.objects.order_by("pk")[10 : 10 + 2 * REPLIES])
    generator.add_watchers(quiet, people[:5])
    generator.add_watchers(busy, generator.add_members(CROWD))
    bench = Bench(server, limited=True)
    small = reply_case(server, f"réponse enregistrée, {MEMBERS} membres, 5 suivent", quiet, people[:REPLIES])
    large = reply_case(
        server, f"réponse enregistrée, {MEMBERS + CROWD} membres, {CROWD} suivent", busy, people[REPLIES:]
    )
    costs = side_by_side([(bench, small), (bench, large)], expected=302)
    measures = [
        Measure(case.name, mean(spent), case.limit, quietest=min(spent))
        for case, spent in zip((small, large), costs, strict=True)
    ]
    return [*measures, Measure("rapport des deux", ratio(*costs), FLATNESS, "×")]


def reply_case(server: Server, name: str, question: Question, members: list[Member]) -> Case:
    """Each member answers once: nobody is slowed down by the pace of one person."""
    clients = [server.client(Cookie=session_cookie(member)) for member in members]
    path = reverse("answer_post", args=[question.pk])

    def post(number: int) -> tuple[int, bytes]:
        fields = {
            "body": f"Réponse {number} : nous contrôlons trois lignes du bordereau à chaque trimestre.",
            "naming": "name",
            "client_token": str(uuid.uuid4()),
            "csrfmiddlewaretoken": TOKEN,
        }
        return clients[number].post(path, urlencode(fields))

    warm = min(10, len(clients) // 4)
    for number in range(warm):
        post(number)
    return Case(name, 15, lambda number: post(number + warm), len(clients) - warm)


def side_by_side(pair: list[tuple[Bench, Case]], *, expected: int = 200) -> list[list[float]]:
    """The costs of the groups of two cases, asked in turns: the pace of the machine is the same for both."""
    costs: list[list[float]] = [[], []]
    for numbers in zip(*(groups_of(case.times) for _bench, case in pair), strict=True):
        for spent, (bench, case), group in zip(costs, pair, numbers, strict=True):
            spent.append(bench.group(case, group, expected=expected)[0])
    return costs


def ratio(small: list[float], large: list[float]) -> float:
    """Half of the turns gave less."""
    return median(many / few for few, many in zip(small, large, strict=True))


def compare(posts: int, base: int, again: Callable[[], None]) -> int:
    """The same pages on a base and on one many times larger, in turns; `again` gives a fresh database in between."""
    call_command("collectstatic", verbosity=0, interactive=False)
    measures: list[list[Measure]] = [[], [], []]
    families: list[str] = []
    with ExitStack() as servers:
        benches = []
        for size in (base, posts):
            fill(size)
            asked = Asked.now(families)
            families = asked.families
            path = set_aside(f"{size}.sqlite3")
            server = servers.enter_context(serving("gunicorn", DATABASE_URL=f"sqlite:///{path}"))
            benches.append(PageBench(server, asked, limited=True))
            again()
        for cases in zip(*(bench.cases() for bench in benches), strict=True):
            costs = side_by_side(list(zip(benches, cases, strict=True)))
            for found, case, spent in zip(measures, cases, costs, strict=False):
                found.append(Measure(case.name, mean(spent), case.limit, quietest=min(spent)))
            measures[2].append(Measure(cases[0].name, ratio(*costs), GROWTH, "×"))
    for title, found in zip((f"{base} messages", f"{posts} messages", "rapport"), measures, strict=True):
        show(title, found)
    return int(any(measure.is_beyond for measure in measures[2]))


def set_aside(name: str) -> Path:
    """The database as it stands, under a name of its own."""
    connection.close()
    current = Path(settings.DATABASES["default"]["NAME"])
    return current.rename(current.with_name(name))


def show(title: str, measures: list[Measure]) -> None:
    print(f"\n{title}")
    for measure in measures:
        digits = 0 if measure.unit == "octets" else 2
        limit = "" if measure.limit is None else f"limite {measure.limit:g}"
        verdict = "  DÉPASSÉE" if measure.is_beyond else ""
        quietest = "" if measure.quietest is None else f"(au plus calme {measure.quietest:.2f}) "
        print(f"  {measure.name:<62}{measure.value:>9.{digits}f} {measure.unit:<7}{limit:<14}{quietest}{verdict}")
