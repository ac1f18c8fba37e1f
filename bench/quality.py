"""What a buyer expects, found among the first five in a haystack of real texts: the 10,657 contracts, french.meta."""

import csv
import io
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from community.members.models import Member
from qa.actions import bulk
from search.engines import engine

from . import judged

BATCH = 500
MAX_TITLE = 200
SOURCE = "decp"


def run(data: Path) -> int:
    """Prints recall@5 and the mean reciprocal rank of each way of writing; 1 when a recall is too low."""
    fill(data)
    reader = Member.objects.verified().persons().filter(is_staff=False).earliest("pk")
    print(f"\nPertinence, {engine().name}, {len(judged.JUDGED)} recherches jugées")
    low = False
    for writing in judged.WRITINGS:
        found = judged.ranks(reader, writing)
        recall = judged.recall(found)
        low |= recall < judged.LEAST_RECALL
        missed = ", ".join(text for text, rank in found.items() if not rank)
        print(
            f"  {writing:12} rappel@5 {recall:.3f} (limite {judged.LEAST_RECALL})  "
            f"MRR {judged.mean_reciprocal_rank(found):.3f}  {missed}"
        )
    return int(low)


def fill(data: Path) -> None:
    call_command("demo", verbosity=0)
    dump = data / "stackexchange" / "french.meta"
    call_command("import_stackexchange", dump, space="french-meta", create_space="french.meta", stdout=io.StringIO())
    number = add_contracts(data / "decp" / "contrats_2019.csv")
    call_command("search", "rebuild", verbosity=0)
    print(f"{number} contrats et french.meta autour du contenu de démonstration")


def add_contracts(path: Path) -> int:
    """Each contract as a question that says its object."""
    author = bulk.find_or_create_ghosts_unguarded({"decp@bench.invalid": "Données ouvertes"})["decp@bench.invalid"]
    with path.open(encoding="utf-8-sig", newline="") as stream:
        objects = [row["objet"] for row in csv.DictReader(stream) if (row["objet"] or "").strip()]
    now = timezone.now()
    for first in range(0, len(objects), BATCH):
        rows = [
            bulk.ImportedQuestion(
                source_id=str(number), author_id=author, title=text[:MAX_TITLE], text=text, created_at=now
            )
            for number, text in enumerate(objects[first : first + BATCH], start=first)
        ]
        bulk.import_questions_unguarded(source=SOURCE, space=None, rows=rows)
    return len(objects)
