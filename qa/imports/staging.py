"""A dump read once into a scratch database on disk: its rows checked, sorted and joined without filling the memory.

Nothing of the product is written before the whole dump was read, so a hostile file leaves no trace.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from community.core.progress import Report, bar

from .xml_rows import read_rows

BATCH = 1_000
MAX_TITLE = 200
MAX_COMMENT = 600
QUESTION, ANSWER, WIKIS = 1, 2, (4, 5)
UP, DOWN, ACCEPT = 2, 3, 1
RELATED, DUPLICATE = 1, 3
# First texts, edits and rollbacks of the title, the body and the tags.
TITLES, BODIES, TAGS = (1, 4, 7), (2, 5, 8), (3, 6, 9)

_SCHEMA = """
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE posts (
  id INTEGER PRIMARY KEY, type INTEGER NOT NULL, parent INTEGER, accepted INTEGER, created TEXT NOT NULL, edited TEXT,
  closed TEXT, wiki INTEGER NOT NULL, title TEXT, tags TEXT, body TEXT NOT NULL, owner INTEGER, owner_name TEXT,
  licence TEXT
);
CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER NOT NULL, text TEXT NOT NULL, created TEXT NOT NULL,
  owner INTEGER, owner_name TEXT, licence TEXT);
CREATE TABLE votes (post INTEGER NOT NULL, type INTEGER NOT NULL, times INTEGER NOT NULL, last TEXT NOT NULL,
  PRIMARY KEY (post, type)) WITHOUT ROWID;
CREATE TABLE history (id INTEGER PRIMARY KEY, post INTEGER NOT NULL, guid TEXT NOT NULL, type INTEGER NOT NULL,
  created TEXT NOT NULL, owner INTEGER, owner_name TEXT, text TEXT NOT NULL, comment TEXT);
CREATE TABLE links (id INTEGER PRIMARY KEY, post INTEGER NOT NULL, related INTEGER NOT NULL, type INTEGER NOT NULL);
"""
_INDEXES = """
CREATE INDEX posts_order ON posts (type, created, id);
CREATE INDEX comments_order ON comments (created, id);
CREATE INDEX history_order ON history (post, created, id);
"""
_TAG = re.compile(r"[^<>|]+")


class BadRow(Exception):
    """A row that cannot be taken, and why."""


def stage(folder: Path, scratch: Path, report: Report, stream: TextIO) -> sqlite3.Connection:
    """Reads the files of the dump that are there; the report names those that are not. Raises HostileFile."""
    database = sqlite3.connect(scratch)
    database.row_factory = sqlite3.Row
    database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-8000;" + _SCHEMA)
    present = [(name, statement, parse) for name, statement, parse in _FILES if (folder / name).is_file()]
    for name in {name for name, _statement, _parse in _FILES} - {name for name, _statement, _parse in present}:
        report.skip(f"fichier absent : {name}")
    total = sum((folder / name).stat().st_size for name, _statement, _parse in present)
    with bar("Lecture de la sauvegarde", total=total, stream=stream) as shown:
        for name, statement, parse in present:
            rows = _parsed(read_rows(folder / name, report, shown), name, parse, report)
            for batch in _batches(rows):
                _insert(database, statement, batch, name, report)
    database.executescript(_INDEXES)
    return database


def _parsed(rows: Iterator[dict], name: str, parse: Callable, report: Report) -> Iterator[tuple]:
    for row in rows:
        try:
            yield parse(row)
        except BadRow as why:
            report.skip(str(why))
        except (KeyError, ValueError):
            report.skip(f"{name} : ligne incomplète ou illisible")


def _insert(database: sqlite3.Connection, statement: str, batch: list[tuple], name: str, report: Report) -> None:
    with database, closing(database.cursor()) as cursor:
        cursor.executemany(statement, batch)
        if "OR IGNORE" in statement:
            report.skip(f"{name} : identifiant en double", len(batch) - cursor.rowcount)


def _batches(rows: Iterator[tuple]) -> Iterator[list[tuple]]:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def tag_names(cell: str) -> list[str]:
    """`<a><b>` and `|a|b|`, the two ways of the dumps; spaces for hyphens are left as they are."""
    return _TAG.findall(cell or "")


def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if not 1990 <= moment.year <= 2100:
        raise ValueError(text)
    return moment.isoformat()


def _maybe(convert: Callable, text: str | None):
    return convert(text) if text else None


def _identifier(text: str) -> int:
    number = int(text)
    if not -(2**31) < number < 2**53:
        raise ValueError(text)
    return number


def _user(row: dict) -> tuple:
    return _identifier(row["Id"]), (row.get("DisplayName") or "")[:120]


def _post(row: dict) -> tuple:
    kind = _identifier(row["PostTypeId"])
    if kind in WIKIS:
        raise BadRow("fiches de mots-clés (wikis de tags)")
    if kind not in (QUESTION, ANSWER):
        raise BadRow("billets d’une autre nature (candidatures, wikis orphelins…)")
    title = " ".join((row.get("Title") or "").split())
    if kind == QUESTION and not 0 < len(title) <= MAX_TITLE:
        raise BadRow("questions sans titre, ou au titre trop long")
    return (
        _identifier(row["Id"]),
        kind,
        _identifier(row["ParentId"]) if kind == ANSWER else None,
        _maybe(_identifier, row.get("AcceptedAnswerId")),
        _moment(row["CreationDate"]),
        _maybe(_moment, row.get("LastEditDate")),
        _maybe(_moment, row.get("ClosedDate")),
        int("CommunityOwnedDate" in row),
        title,
        row.get("Tags"),
        row["Body"],
        *_owner(row, "OwnerUserId", "OwnerDisplayName"),
        (row.get("ContentLicense") or "")[:40],
    )


def _comment(row: dict) -> tuple:
    text = row["Text"].replace("\x00", "").strip()
    if not text:
        raise BadRow("commentaires vides")
    if len(text) > MAX_COMMENT:
        raise BadRow(f"commentaires de plus de {MAX_COMMENT} caractères")
    return (
        _identifier(row["Id"]),
        _identifier(row["PostId"]),
        text,
        _moment(row["CreationDate"]),
        *_owner(row, "UserId", "UserDisplayName"),
        (row.get("ContentLicense") or "")[:40],
    )


def _vote(row: dict) -> tuple:
    _identifier(row["Id"])
    return _identifier(row["PostId"]), _identifier(row["VoteTypeId"]), _moment(row["CreationDate"])


def _history(row: dict) -> tuple:
    kind = _identifier(row["PostHistoryTypeId"])
    if kind not in (*TITLES, *BODIES, *TAGS):
        raise BadRow("lignes d’historique qui ne changent pas le texte (clôtures, verrous, migrations…)")
    return (
        _identifier(row["Id"]),
        _identifier(row["PostId"]),
        row["RevisionGUID"][:64],
        kind,
        _moment(row["CreationDate"]),
        *_owner(row, "UserId", "UserDisplayName"),
        row.get("Text") or "",
        (row.get("Comment") or "")[:200],
    )


def _link(row: dict) -> tuple:
    kind = _identifier(row["LinkTypeId"])
    if kind not in (RELATED, DUPLICATE):
        raise BadRow("liens d’une autre nature")
    return _identifier(row["Id"]), _identifier(row["PostId"]), _identifier(row["RelatedPostId"]), kind


def _owner(row: dict, key: str, name: str) -> tuple[int | None, str]:
    return _maybe(_identifier, row.get(key)), " ".join((row.get(name) or "").split())[:120]


_FILES = (
    ("Users.xml", "INSERT OR IGNORE INTO users VALUES (?,?)", _user),
    ("Posts.xml", "INSERT OR IGNORE INTO posts VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", _post),
    ("Comments.xml", "INSERT OR IGNORE INTO comments VALUES (?,?,?,?,?,?,?)", _comment),
    (
        "Votes.xml",
        "INSERT INTO votes VALUES (?,?,1,?) ON CONFLICT DO UPDATE SET times = times + 1, last = excluded.last",
        _vote,
    ),
    ("PostHistory.xml", "INSERT OR IGNORE INTO history VALUES (?,?,?,?,?,?,?,?,?)", _history),
    ("PostLinks.xml", "INSERT OR IGNORE INTO links VALUES (?,?,?,?)", _link),
)
