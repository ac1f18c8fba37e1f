"""The links of a dump: related posts become references, duplicates are closed and point at their original."""

import sqlite3
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qa.actions import bulk
from qa.models import Answer, Question

from .staging import DUPLICATE

if TYPE_CHECKING:
    from .stackexchange import Import


def run(dump: "Import") -> None:
    for rows in dump.batches("SELECT * FROM links ORDER BY id"):
        _take(dump, rows)


def _take(dump: "Import", rows: list[sqlite3.Row]) -> None:
    """A duplicate is marked with its reference's first recording: one that was undone here is not done again."""
    numbers = {row["post"] for row in rows} | {row["related"] for row in rows}
    keys = {number: ("question", pk) for number, pk in dump.keys(Question, numbers).items()}
    keys |= {number: ("answer", pk) for number, pk in dump.keys(Answer, numbers).items()}
    wanted: dict[tuple, int] = {}
    for row in rows:
        if row["post"] not in keys or row["related"] not in keys:
            dump.report.skip("liens dont un billet manque")
            continue
        pair = (*keys[row["post"]], *keys[row["related"]])
        wanted[pair] = max(row["type"], wanted.get(pair, 0))
    new = bulk.import_references_unguarded(list(wanted), imported=True)
    pairs = [(pair[1], pair[3]) for pair in new if wanted[pair] == DUPLICATE and pair[0] == pair[2] == "question"]
    dump.report.did("liens, ajouts", len(new))
    dump.report.did("doublons, ajouts", bulk.mark_duplicates_unguarded(pairs, reason=_("Doublon.")))
