"""The library of two thousand experience reports, its filters, one report: CPU a request, with their limits."""

import random
from datetime import timedelta
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clauses.reports.addresses import experience_url
from clauses.reports.models import ExperienceReport, ReportTag
from clauses.reports.story import Story, put
from clauses.reports.vocabularies import TOLD_OUTCOMES, Buyer, Naming, Size, Subject
from community.members.models import Member, Organisation, Territory
from community.spaces.models import Space
from community.taxonomy.models import PurchaseFamily, Tag, Theme

from . import generator
from .pages import Bench, Case, fresh, show
from .server import serving

REPORTS, QUESTIONS, MEMBERS = 2_000, 500, 200
ROUNDS = 100
MOST_QUERIES, MOST_BYTES = 14, 60_000
TEXT = "Un relevé par trimestre, vérifié sur factures.\n\n- tirer dix lignes au sort ;\n- afficher le taux."


def run() -> int:
    call_command("collectstatic", verbosity=0, interactive=False)
    generator.generate(QUESTIONS, members=MEMBERS)
    add_reports()
    print(f"{ExperienceReport.objects.count()} retours d’expérience")
    worst = show_weights()
    with serving("gunicorn") as server:
        measures = ReportsBench(server, limited=True).run()
    show("Retours d’expérience, gunicorn, un processus gthread", measures)
    return int(worst or any(measure.is_beyond for measure in measures))


class ReportsBench(Bench):
    def cases(self) -> list[Case]:
        visitor, member = self.clients()
        lists, pages = list_paths(), report_paths()
        for client in (visitor, member):
            for path in (*lists[:10], *pages[:10]):
                client.get(path)
        return [
            Case("bibliothèque, anonyme, en cache", 3, lambda _n: visitor.get(lists[0]), ROUNDS),
            Case("bibliothèque, anonyme, hors cache", 15, lambda n: visitor.get(fresh(lists[n])), len(lists)),
            Case("bibliothèque, membre", 15, lambda n: member.get(lists[n % len(lists)]), ROUNDS),
            Case("récit, anonyme, hors cache", 15, lambda n: visitor.get(fresh(pages[n])), ROUNDS),
            Case("récit, membre", 15, lambda n: member.get(pages[n]), ROUNDS),
        ]


def show_weights() -> bool:
    """Queries and bytes of the heaviest lists; True when one is beyond its limit."""
    client, beyond = Client(SERVER_NAME="localhost"), False
    client.force_login(Member.objects.order_by("pk").first())
    for path in list_paths()[:6]:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            size = len(client.get(path).content)
        too_much = len(queries) > MOST_QUERIES or size > MOST_BYTES
        beyond |= too_much
        print(f"{path:60} {len(queries):3} requêtes {size / 1000:6.1f} ko{'  AU-DELÀ' if too_much else ''}")
    return beyond


def list_paths() -> list[str]:
    """Lists that differ, so that none is served from the cache of another."""
    base = reverse("experience_list")
    families = PurchaseFamily.objects.order_by("position").values_list("slug", flat=True)
    plain = [f"{base}?{urlencode({'tri': order})}" for order in ("recents", "utiles", "ecart")]
    return plain + [f"{base}?{urlencode({'famille': slug, 'resultat': 'contractualise'})}" for slug in families]


def report_paths() -> list[str]:
    return [experience_url(report) for report in ExperienceReport.objects.filter(space=None)[: ROUNDS + 20]]


@transaction.atomic
def add_reports(count: int = REPORTS) -> None:
    """Of the open community and of two spaces, filed under everything there is; the same seed gives the same rows."""
    chance = random.Random(13)
    authors, now = list(Member.objects.order_by("pk")[:50]), timezone.now()
    families, themes = list(PurchaseFamily.objects.all()), list(Theme.objects.all())
    territories = list(Territory.objects.all())
    organisation = Organisation.objects.create(name="Ville du banc", kind="local")
    tags = [Tag.objects.get_or_create(name=f"récit {rank}", slug=f"recit-{rank}")[0] for rank in range(40)]
    spaces = [
        None,
        Space.objects.create(name="Espace des récits", slug="espace-des-recits", visibility="open"),
        Space.objects.create(name="Groupe des récits", slug="groupe-des-recits", visibility="private"),
    ]
    reports = []
    for rank in range(count):
        report = ExperienceReport(
            author=chance.choice(authors),
            organisation=organisation,
            space=chance.choices(spaces, (90, 5, 5))[0],
            state="published",
            published_at=now - timedelta(hours=rank),
            useful_count=chance.randrange(40),
        )
        put(report, story(rank, chance, families, territories))
        reports.append(report)
    reports = ExperienceReport.objects.bulk_create(reports, batch_size=500)
    through = ExperienceReport.themes.through
    through.objects.bulk_create(
        [through(experiencereport=each, theme=chance.choice(themes)) for each in reports], batch_size=500
    )
    ReportTag.objects.bulk_create(
        [ReportTag(content_object=each, tag=tag) for each in reports for tag in chance.sample(tags, 2)], batch_size=500
    )


def story(rank: int, chance: random.Random, families: list, territories: list) -> Story:
    return Story(
        title=f"La part de bio relevée chaque trimestre, récit {rank}",
        summary="Nous avons remplacé le bilan annuel par un relevé vérifié sur factures, et la part constatée a monté.",
        texts=dict.fromkeys(("context", "need", "lever", "worked", "difficulties", "redo"), TEXT),
        subject=chance.choices(Subject.values, (80, 5, 5, 5, 5))[0],
        family=chance.choice(families),
        territory=chance.choice(territories),
        buyer=chance.choice(Buyer.values),
        size=chance.choice(Size.values),
        amount=chance.randrange(20_000, 8_000_000),
        year=chance.randrange(2019, 2027),
        bids=chance.randrange(9),
        weight=chance.randrange(10, 40),
        price_gap=chance.randrange(-200, 200),
        outcome=chance.choice(TOLD_OUTCOMES)[0],
        naming=chance.choice(Naming.values),
        hides_organisation=chance.random() < 0.4,
        rounds=chance.random() < 0.4,
    )
