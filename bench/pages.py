"""CPU per request of the pages that count, on SQLite, with the limit of each beside it."""

import gzip
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.management import call_command
from django.urls import reverse

from community.members.models import Member
from community.taxonomy.models import PurchaseFamily
from qa.models import Question

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


@dataclass
class Bench:
    """One server over one database; `limited` says whether the limits are its own."""

    server: Server
    limited: bool

    def cost(self, ask: Callable[[int], tuple[int, bytes]], times: int, *, expected: int = 200) -> Cost:
        """All requests together, held to the limit; and the group of them that took the least, as whatever else runs on
        the machine only ever adds: two virtual cores that share one real core slow each other down by half. Another
        answer than expected is a failed measure.
        """
        groups, page = [], b""
        size = max(times // GROUPS, 1)
        for first in range(0, times - size + 1, size):
            before = self.server.cpu()
            for number in range(first, first + size):
                status, page = ask(number)
                if status != expected:
                    raise RuntimeError(f"answer {status} instead of {expected}: {page[:300]!r}")
            groups.append((self.server.cpu() - before) * 1000 / size)
        return Cost(mean(groups), min(groups), page)

    def run(self) -> list[Measure]:
        visitor = self.server.client()
        member = self.server.client(Cookie=session_cookie(Member.objects.order_by("pk").first()))
        paths = thread_paths(SOME + 20)
        families = family_paths()
        views = view_paths()
        for path in [*paths[:20], *families[:3], *views]:
            visitor.get(path)
            member.get(path)
        paths, families = paths[20:], families[3:]
        found = [
            self._measure("fil de 20 messages, anonyme, en cache", 1.5, lambda _n: visitor.get(paths[0]), MANY),
            self._measure("fil de 20 messages, anonyme, hors cache", 10, lambda n: visitor.get(paths[n]), len(paths)),
            self._measure("fil de 20 messages, membre", 12, lambda n: member.get(paths[n]), len(paths)),
            self._measure(
                "listes par famille, anonyme, hors cache", 10, lambda n: visitor.get(families[n]), len(families)
            ),
            self._measure("listes par famille, membre", 10, lambda n: member.get(families[n]), len(families)),
            *(self._list(path, name, visitor, member) for path, name in views.items()),
        ]
        return [measure for group in found for measure in group]

    def _list(self, path: str, name: str, visitor: Client, member: Client) -> list[Measure]:
        """A list that everyone may read is asked for at addresses that differ, so that none is in the cache."""
        found = self._measure(f"liste {name}, membre", 10, lambda _n: member.get(path), LISTS)
        if name not in OF_MEMBERS:
            apart = "&" if "?" in path else "?"
            fresh = [f"{path}{apart}fois={number}" for number in range(LISTS)]
            found += self._measure(f"liste {name}, anonyme, hors cache", 10, lambda n: visitor.get(fresh[n]), LISTS)
        return found

    def _measure(self, name: str, limit: float, ask: Callable, times: int) -> list[Measure]:
        cost = self.cost(ask, times)
        measures = [Measure(name, cost.value, limit if self.limited else None, quietest=cost.quietest)]
        if self.limited:
            measures.append(Measure(f"{name} : HTML", len(cost.page), MAX_BYTES, "octets"))
            measures.append(Measure(f"{name} : HTML compressé", len(gzip.compress(cost.page, 6)), None, "octets"))
        return measures

    def replies(self, question: Question, members: list[Member]) -> Cost:
        """Each member answers once: nobody is slowed down by the pace of one person."""
        clients = [self.server.client(Cookie=session_cookie(member)) for member in members]
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
        return self.cost(lambda number: post(number + warm), len(clients) - warm, expected=302)


def session_cookie(member: Member) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


def thread_paths(count: int) -> list[str]:
    threads = Question.objects.filter(post_count=generator.SHORT).order_by("pk")[:count]
    return [reverse("question_detail", args=[thread.pk, thread.slug]) for thread in threads]


def family_paths() -> list[str]:
    """Lists that differ, so that none is served from the cache of another."""
    families = PurchaseFamily.objects.order_by("position").values_list("slug", flat=True)
    return [f"{reverse('question_list')}?{urlencode({'famille': slug})}" for slug in families]


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
    with serving("gunicorn") as server:
        measures = Bench(server, limited=True).run() + reply_measures(server)
    show("gunicorn, un processus gthread", measures)
    with serving("daphne") as server:
        show("daphne, sans limite", Bench(server, limited=False).run())
    return int(any(measure.is_beyond for measure in measures))


def fill(posts: int) -> None:
    """The threads, and a reader who follows some."""
    generator.generate(posts, members=MEMBERS)
    generator.follow_and_read(Member.objects.order_by("pk").first(), threads=FOLLOWED)


def reply_measures(server: Server) -> list[Measure]:
    """The same act in a small community, then beside a crowd that all follows the thread."""
    bench = Bench(server, limited=True)
    quiet, busy = Question.objects.order_by("pk")[:2]
    people = list(Member.objects.order_by("pk")[10 : 10 + 2 * REPLIES])
    generator.add_watchers(quiet, people[:5])
    small = bench.replies(quiet, people[:REPLIES])
    generator.add_watchers(busy, generator.add_members(CROWD))
    large = bench.replies(busy, people[REPLIES:])
    return [
        Measure(f"réponse enregistrée, {MEMBERS} membres, 5 suivent", small.value, 15, quietest=small.quietest),
        Measure(
            f"réponse enregistrée, {MEMBERS + CROWD} membres, {CROWD} suivent", large.value, 15, quietest=large.quietest
        ),
        Measure("rapport des deux", large.value / small.value, FLATNESS, "×"),
    ]


def compare(posts: int, base: int, again: Callable[[], None]) -> int:
    """The same pages on a base and on one many times larger; `again` gives a fresh database in between."""
    costs = []
    for size in (base, posts):
        fill(size)
        if size == base:
            call_command("collectstatic", verbosity=0, interactive=False)
        with serving("gunicorn") as server:
            found = [measure for measure in Bench(server, limited=True).run() if measure.unit == "ms"]
        costs.append(found)
        if size == base:
            again()
    ratios = [Measure(small.name, large.value / small.value, GROWTH, "×") for small, large in zip(*costs, strict=True)]
    show(f"{base} messages", costs[0])
    show(f"{posts} messages", costs[1])
    show("rapport", ratios)
    return int(any(measure.is_beyond for measure in ratios))


def show(title: str, measures: list[Measure]) -> None:
    print(f"\n{title}")
    for measure in measures:
        digits = 0 if measure.unit == "octets" else 2
        limit = "" if measure.limit is None else f"limite {measure.limit:g}"
        verdict = "  DÉPASSÉE" if measure.is_beyond else ""
        quietest = "" if measure.quietest is None else f"(au plus calme {measure.quietest:.2f}) "
        print(f"  {measure.name:<62}{measure.value:>9.{digits}f} {measure.unit:<7}{limit:<14}{quietest}{verdict}")
