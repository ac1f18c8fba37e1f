"""A dossier of forty clauses: its page, its files; and the family proposed to five hundred real contracts."""

import csv
import random
import uuid
from pathlib import Path
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses.dossiers.actions.dossier import Description, create_dossier
from clauses.dossiers.actions.items import add_clause
from clauses.dossiers.actions.notes import add_note
from clauses.dossiers.actions.review_links import invite_reviewer
from clauses.dossiers.actions.share import share_with
from clauses.dossiers.actions.variables import Given, fill_variables
from clauses.dossiers.forms.dossier import suggestions_for
from clauses.dossiers.models import Dossier, DossierItem
from clauses.dossiers.vocabularies import MAX_NEED
from clauses.library.models import Clause
from community.members.models import Member
from community.taxonomy.models import PurchaseFamily

from . import generator
from .clauses import add_clauses
from .pages import TOKEN, Bench, Case, Measure, session_cookie, show
from .server import serving

CLAUSES, LIBRARY, MEMBERS = 40, 80, 20
PAGES, FILES = 120, 12
PAGE_LIMIT, FILE_LIMIT, QUERY_LIMIT = 20, 2_000, 16
CONTRACTS = 500
DOCUMENTS = ("rc", "ccap", "cctp")


def run(contracts: Path) -> int:
    call_command("collectstatic", verbosity=0, interactive=False)
    generator.generate(MEMBERS, members=MEMBERS)
    add_clauses(LIBRARY)
    dossier = add_dossier()
    measures = [query_measure(dossier)]
    with serving("gunicorn") as server:
        measures += DossierBench(server, limited=True).of(dossier)
    show(f"Dossier de {CLAUSES} clauses, gunicorn, un processus gthread", measures)
    if contracts.exists():
        print_families(contracts)
    else:
        print(f"Familles proposées : {contracts} est absent, mesure passée.")
    return int(any(measure.is_beyond for measure in measures))


class DossierBench(Bench):
    # A whole contract, written where it is read.
    max_bytes = None

    def of(self, dossier: Dossier) -> list[Measure]:
        member = self.server.client(Cookie=session_cookie(dossier.owner))
        page, files = (reverse(name, args=[dossier.pk]) for name in ("dossier_detail", "dossier_export"))
        for _time in range(10):
            member.get(page)
        found = self.measured(Case("page du dossier", PAGE_LIMIT, lambda _n: member.get(page), PAGES))
        for form in ("docx", "odt"):
            asked = export_fields(form)
            member.post(files, asked)
            cost = self.cost(Case(form, FILE_LIMIT, lambda _n, asked=asked: member.post(files, asked), FILES))
            found.append(Measure(f"export {form}", cost.value, FILE_LIMIT, quietest=cost.quietest))
            found.append(Measure(f"export {form} : fichier", len(cost.page), None, "octets"))
        return found


def export_fields(form: str) -> str:
    told = [("content", "contract"), ("format", form), ("split", "whole"), ("sources", "on"), ("annex", "on")]
    return urlencode([*told, *(("documents", each) for each in DOCUMENTS), ("csrfmiddlewaretoken", TOKEN)])


def query_measure(dossier: Dossier) -> Measure:
    client = Client(SERVER_NAME="localhost")
    client.force_login(dossier.owner)
    page = reverse("dossier_detail", args=[dossier.pk])
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        status = client.get(page).status_code
    if status != 200:
        raise RuntimeError(f"answer {status} instead of 200")
    return Measure("page du dossier", len(queries), QUERY_LIMIT, "requêtes")


def add_dossier() -> Dossier:
    """As its persons would: shared, reviewed, half filled in."""
    owner, colleague = Member.objects.order_by("pk")[:2]
    Member.objects.filter(pk__in=(owner.pk, colleague.pk)).update(is_active=True)
    chance = random.Random(17)
    told = Description(
        title="Restauration scolaire 2027", need="Repas des écoles, en deux lots.", lots=("Repas", "Goûters")
    )
    dossier = create_dossier(actor=owner, description=told)
    for clause in Clause.objects.filter(space=None).order_by("pk")[:CLAUSES]:
        item = add_clause(dossier=dossier, actor=owner, clause=clause, client_token=uuid.uuid4())
        document = chance.choice(DOCUMENTS)
        DossierItem.objects.filter(pk=item.pk).update(document=document, title=f"{item.title[:100]} ({document})")
    share_with(dossier=dossier, actor=owner, member=colleague, role="editor")
    invite_reviewer(dossier=dossier, actor=owner, email="juriste@ville-exemple.fr", name="Agnès", role="jurist")
    add_note(dossier=dossier, actor=colleague, text="Revoir les pénalités avec la régie.")
    rows = dossier.items.first().variables[:2]
    given = [Given(slot=(row["key"], row["label"], 0), was="", value="15") for row in rows]
    fill_variables(dossier=dossier, actor=owner, given=given)
    return dossier


def print_families(path: Path) -> None:
    """What the form that opens a dossier proposes, with and without the CPV code; nothing is an honest answer."""
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        rows = [row for row in csv.DictReader(file) if (row["objet"] or "").strip()]
    step = max(len(rows) // CONTRACTS, 1)
    taken = rows[::step][:CONTRACTS]
    print(f"\nFamille proposée à {len(taken)} contrats réels ({PurchaseFamily.objects.count()} familles)")
    for name, with_code in (("objet et code CPV", True), ("objet seul", False)):
        found = [suggestions_for(row["objet"][:MAX_NEED], row["cpv"] if with_code else "") for row in taken]
        one = sum(len(each) == 1 for each in found)
        several = sum(len(each) > 1 for each in found)
        none = len(taken) - one - several
        print(f"  {name:<20}{one:>5} une seule {several:>5} au choix {none:>5} aucune")
        for row in [row for row, each in zip(taken, found, strict=True) if not each][:5]:
            print(f"      aucune : {' '.join(row['objet'].split())[:90]}")
