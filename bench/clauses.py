"""The library over two thousand clauses, one clause's page, one family's page: CPU a request, with their limits."""

import random
from datetime import timedelta
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from clauses.library.addresses import clause_url
from clauses.library.content import excerpt, plain_text, render_all, to_content
from clauses.library.models import (
    Basis,
    Clause,
    ClauseLink,
    ClauseTag,
    ClauseVersion,
    ScaleStep,
    Variable,
    Wording,
)
from clauses.library.vocabularies import Ambition, ClauseKind, Consolidation, ContractDocument, Relation
from community.law.models import LegalProvision
from community.members.models import Member, Territory
from community.spaces.models import Space
from community.taxonomy.models import Objective, Pillar, PurchaseFamily, Tag

from . import generator
from .pages import MAX_BYTES, Bench, Case, Measure, fresh, show
from .server import Client, serving

CLAUSES, QUESTIONS, MEMBERS = 2_000, 2_000, 200
ROUNDS = 120
WEIGHED = 40
TEXT = (
    "## Article {numero} – Suivi de la part de produits durables\n\n"
    "Dans un délai de {delai} jours suivant la fin de chaque trimestre, le titulaire remet un relevé au format tableur "
    "ouvert indiquant, pour chaque produit :\n\n- la désignation ;\n- le fournisseur ;\n- le montant hors taxes.\n\n"
    "Lorsque le taux constaté est inférieur à {taux} %, le titulaire propose sous quinze jours un plan de rattrapage."
)
VARIABLES = (("numero", "numéro", ""), ("delai", "délai", "jours"), ("taux", "taux", "%"))
CONTEXT = "Sans relevé, rien ne se vérifie.\n\n- rapprocher des factures ;\n- tirer trois lignes au sort."


def run() -> int:
    call_command("collectstatic", verbosity=0, interactive=False)
    generator.generate(QUESTIONS, members=MEMBERS)
    add_clauses()
    print(f"{Clause.objects.count()} clauses, {QUESTIONS} messages")
    with serving("gunicorn") as server:
        measures = LibraryBench(server, limited=True).run()
    show("Clauses, gunicorn, un processus gthread", measures)
    return int(any(measure.is_beyond for measure in measures))


class LibraryBench(Bench):
    def run(self) -> list[Measure]:
        lists, (visitor, member) = library_paths(), self.clients()
        return [*super().run(), heaviest("anonyme", visitor, lists), heaviest("membre", member, lists)]

    def cases(self) -> list[Case]:
        visitor, member = self.clients()
        lists, pages, families = library_paths(), clause_paths(), family_paths()
        for client in (visitor, member):
            for path in (*lists[:10], *pages[:10], *families[:5]):
                client.get(path)
        return [
            Case("bibliothèque, anonyme, en cache", 3, lambda _n: visitor.get(lists[0]), ROUNDS),
            Case("bibliothèque, anonyme, hors cache", 15, lambda n: visitor.get(fresh(lists[n])), len(lists)),
            Case("bibliothèque, membre", 15, lambda n: member.get(lists[n % len(lists)]), ROUNDS),
            Case("clause, anonyme, hors cache", 10, lambda n: visitor.get(fresh(pages[n])), ROUNDS),
            Case("clause, membre", 10, lambda n: member.get(pages[n]), ROUNDS),
            Case("famille, membre", 30, lambda n: member.get(families[n % len(families)]), ROUNDS),
        ]


def heaviest(who: str, client: Client, paths: list[str]) -> Measure:
    """A list is as heavy as its filters are: one page says nothing of the others."""
    weight = max(len(client.get(path)[1]) for path in paths[:WEIGHED])
    return Measure(f"bibliothèque, {who} : HTML de la page la plus lourde", weight, MAX_BYTES, "octets")


def library_paths() -> list[str]:
    """Lists that differ, so that none is served from the cache of another."""
    base = reverse("clause_list")
    families = PurchaseFamily.objects.order_by("position").values_list("slug", flat=True)
    plain = [f"{base}?{urlencode({'tri': order})}" for order in ("reprises", "recentes", "ambition")]
    return plain + [f"{base}?{urlencode({'famille': slug, 'etat': 'a-jour'})}" for slug in families]


def clause_paths() -> list[str]:
    return [clause_url(clause) for clause in Clause.objects.filter(space=None).order_by("pk")[: ROUNDS + 20]]


def family_paths() -> list[str]:
    slugs = PurchaseFamily.objects.filter(parent=None).order_by("position").values_list("slug", flat=True)
    return [reverse("family_detail", args=[slug]) for slug in slugs]


@transaction.atomic
def add_clauses(count: int = CLAUSES) -> None:
    """Of the open community and of two spaces, filed under everything there is; the same seed gives the same rows."""
    chance = random.Random(11)
    author, now = Member.objects.order_by("pk").first(), timezone.now()
    families, objectives = list(PurchaseFamily.objects.all()), list(Objective.objects.all())
    territories, provisions = list(Territory.objects.all()[:20]), list(LegalProvision.objects.all()[:40])
    tags = [Tag.objects.get_or_create(name=f"mot {rank}", slug=f"mot-{rank}")[0] for rank in range(60)]
    spaces = [
        None,
        Space.objects.create(name="Espace du banc", slug="espace-du-banc", visibility="open"),
        Space.objects.create(name="Groupe du banc", slug="groupe-du-banc", visibility="private"),
    ]
    clauses = Clause.objects.bulk_create(
        [
            Clause(
                author=author,
                space=chance.choices(spaces, (90, 5, 5))[0],
                title=f"Relevé trimestriel des produits durables, cas {rank}",
                slug=f"releve-trimestriel-{rank}",
                summary="Pour savoir, quatre fois par an, si la part promise est réellement servie.",
                kind=chance.choice(ClauseKind.values),
                document=chance.choice(ContractDocument.values),
                pillar=chance.choice(Pillar.values),
                ambition=chance.choice(Ambition.values),
                consolidation=chance.choice(Consolidation.values),
                family=chance.choice(families),
                for_supplies=chance.random() < 0.5,
                for_services=chance.random() < 0.5,
                why=CONTEXT,
                proofs=CONTEXT,
                vigilance=CONTEXT,
                state="published",
                legal_state=chance.choices(("current", "to_review"), (9, 1))[0],
                version=1,
                live=True,
                published_at=now - timedelta(hours=rank),
                use_count=chance.randrange(80),
            )
            for rank in range(count)
        ],
        batch_size=500,
    )
    fill(clauses, chance, objectives, territories, provisions, tags)
    write_versions(clauses, author, now)


def fill(clauses, chance, objectives, territories, provisions, tags) -> None:
    Wording.objects.bulk_create(
        [Wording(clause=clause, key="texte", text=TEXT, sort_order=0) for clause in clauses], batch_size=500
    )
    Variable.objects.bulk_create(
        [
            Variable(clause=clause, key=key, label=label, unit=unit, default="30", guidance="Selon le sourcing.")
            for clause in clauses
            for key, label, unit in VARIABLES
        ],
        batch_size=500,
    )
    ScaleStep.objects.bulk_create(
        [ScaleStep(clause=clause, score="10", description="Relevé complet") for clause in clauses[::5]], batch_size=500
    )
    Basis.objects.bulk_create(
        [
            Basis(clause=clause, provision=provision, sort_order=rank)
            for clause in clauses
            for rank, provision in enumerate(chance.sample(provisions, min(3, len(provisions))))
        ],
        batch_size=500,
    )
    ClauseTag.objects.bulk_create(
        [ClauseTag(content_object=clause, tag=tag) for clause in clauses for tag in chance.sample(tags, 2)],
        batch_size=500,
    )
    for field, column, rows in (("objectives", "objective", objectives), ("territories", "territory", territories)):
        through = getattr(Clause, field).through
        through.objects.bulk_create(
            [
                through(clause_id=clause.pk, **{f"{column}_id": row.pk})
                for clause in clauses[:: 1 if field == "objectives" else 6]
                for row in chance.sample(rows, 2)
            ],
            batch_size=500,
        )
    ClauseLink.objects.bulk_create(
        [
            ClauseLink(clause=one, target=other, relation=Relation.PAIR)
            for one, other in zip(clauses[::3], clauses[1::3], strict=False)
        ],
        batch_size=500,
    )


def write_versions(clauses, author, now) -> None:
    """As `publish_clause` would, without its checklist."""
    shared = to_content(Clause.objects.get(pk=clauses[0].pk))
    html = render_all(shared)
    Clause.objects.update(excerpt=excerpt(shared), plain_text=plain_text(shared))
    versions = [
        ClauseVersion(
            clause=clause,
            number=1,
            content={**shared, "title": clause.title, "kind": clause.kind, "document": clause.document},
            html=html,
            author=author,
            published_by=author,
            created_at=now,
        )
        for clause in clauses
    ]
    ClauseVersion.objects.bulk_create(versions, batch_size=500)
