"""A Stack Exchange dump becomes questions, answers and comments of one space.

Each batch is whole or absent, and what is there already is recognised by its number in the dump: a run that was
stopped goes on, and a second run changes nothing. Authors come as ghosts; every text keeps its author, its address and
its licence (CC BY-SA).
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO

from django.utils.translation import gettext as _

from community.core.html_to_markdown import html_to_markdown
from community.core.progress import Bar, Report, bar
from community.core.richtext import MAX_MARKDOWN
from community.spaces.models import Space
from qa.actions import bulk
from qa.models import Answer, Comment, Question

from . import addresses, history, links, tags
from .staging import ACCEPT, ANSWER, DOWN, QUESTION, UP, tag_names

BATCH = 500
_SITE = re.compile(r"[a-z0-9][a-z0-9.-]{0,60}$")


@dataclass(kw_only=True)
class Import:
    """One dump on its way into one space. `site` is the dump's name, such as `french.meta`."""

    database: sqlite3.Connection
    site: str
    space: Space
    report: Report
    stream: TextIO

    def __post_init__(self):
        if not _SITE.match(self.site):
            raise ValueError(self.site)
        self.source = f"se:{self.site}"[:40]

    def run(self) -> int:
        """The number of questions and answers that came in."""
        questions = self._each(_("Questions"), _QUESTIONS, (QUESTION,), self._questions)
        self._drop_orphans("posts", _ORPHAN_ANSWERS, "réponses dont la question manque")
        answers = self._each(_("Réponses"), _ANSWERS, (), self._answers)
        self._drop_orphans("comments", _ORPHAN_COMMENTS, "commentaires dont le billet manque")
        self._each(_("Commentaires"), "SELECT * FROM comments ORDER BY created, id", (), self._comments)
        self._each(_("Votes"), _UP_VOTES, (UP,), self._votes)
        history.run(self)
        links.run(self)
        addresses.run(self)
        tags.run(self)
        self._tell_what_is_left_out()
        return questions + answers

    def _each(self, label: str, query: str, values: tuple, take) -> int:
        total = self.database.execute(f"SELECT COUNT(*) FROM ({query})", values).fetchone()[0]
        taken = 0
        with bar(label, total=total, stream=self.stream) as shown:
            for rows in self.batches(query, values, shown):
                taken += take(rows)
        return taken

    def batches(self, query: str, values: tuple = (), shown: Bar | None = None) -> Iterator[list[sqlite3.Row]]:
        cursor = self.database.execute(query, values)
        while rows := cursor.fetchmany(BATCH):
            yield rows
            if shown:
                shown.advance(len(rows))

    def _questions(self, rows: list[sqlite3.Row]) -> int:
        rows = self._new(Question, "questions", rows)
        authors = self.authors(rows)
        posts = [
            bulk.ImportedQuestion(
                title=row["title"],
                tags=tuple(tag_names(row["tags"])),
                closed_at=moment(row["closed"]),
                close_reason=_("Close sur le site d’origine.") if row["closed"] else "",
                **columns,
            )
            for row, columns in self._posts(rows, authors, "q")
        ]
        new = bulk.import_questions_unguarded(source=self.source, space=self.space, rows=posts)
        self.report.did("questions, ajouts", len(new))
        return len(new)

    def _answers(self, rows: list[sqlite3.Row]) -> int:
        rows = self._new(Answer, "réponses", rows)
        authors = self.authors(rows)
        threads = self.keys(Question, {row["parent"] for row in rows})
        posts = [
            bulk.ImportedAnswer(
                question_id=threads[row["parent"]],
                accepted_at=max(moment(row["created"]), moment(row["voted"] or row["created"]))
                if row["kept"] == row["id"]
                else None,
                **columns,
            )
            for row, columns in self._posts(rows, authors, "a")
        ]
        new = bulk.import_answers_unguarded(source=self.source, rows=posts)
        self.report.did("réponses, ajouts", len(new))
        kept = {post.source_id for post in posts if post.accepted_at}
        self.report.did("réponses retenues", sum(1 for answer in new if answer.source_id in kept))
        return len(new)

    def _posts(self, rows: list[sqlite3.Row], authors: dict, letter: str) -> Iterator[tuple[sqlite3.Row, dict]]:
        """Each row with the columns that questions and answers share; one without a usable text is left out."""
        for row in rows:
            text = html_to_markdown(row["body"])
            if not text.strip() or len(text) > MAX_MARKDOWN:
                self.report.skip("billets sans texte, ou au texte trop long")
                self.database.execute("DELETE FROM posts WHERE id = ?", (row["id"],))
                continue
            yield (
                row,
                {
                    **self._text_columns(row, text, authors, f"/{letter}/{row['id']}"),
                    "edited_at": moment(row["edited"]) if row["revisions"] > 1 else None,
                    "edit_count": max(row["revisions"] - 1, 0),
                    "useful": row["ups"] or 0,
                    "is_wiki": bool(row["wiki"]),
                },
            )

    def _comments(self, rows: list[sqlite3.Row]) -> int:
        rows = self._new(Comment, "commentaires", rows)
        authors = self.authors(rows)
        posts = {row["post"] for row in rows}
        questions = self.keys(Question, posts)
        answers = {
            int(number): (pk, question)
            for number, pk, question in Answer.objects.filter(
                source=self.source, source_id__in=[str(post) for post in posts]
            ).values_list("source_id", "pk", "question_id")
        }
        comments = []
        for row in rows:
            answer, question = answers.get(row["post"], (None, questions.get(row["post"])))
            letter = "q" if answer is None else "a"
            path = f"/{letter}/{row['post']}#comment{row['id']}"
            columns = self._text_columns(row, row["text"], authors, path)
            comments.append(bulk.ImportedComment(question_id=question, answer_id=answer, **columns))
        new = bulk.import_comments_unguarded(source=self.source, rows=comments)
        self.report.did("commentaires, ajouts", len(new))
        return len(new)

    def _text_columns(self, row: sqlite3.Row, text: str, authors: dict, path: str) -> dict:
        author_id, name = authors[row["owner"], row["owner_name"]]
        return {
            "source_id": str(row["id"]),
            "author_id": author_id,
            "text": text,
            "created_at": moment(row["created"]),
            "attribution_name": name[:120],
            "attribution_url": f"https://{self.site}.stackexchange.com{path}",
            "licence": row["licence"] or "CC BY-SA",
        }

    def _votes(self, rows: list[sqlite3.Row]) -> int:
        """Votes may have grown since another run: the count is brought to the dump's."""
        changed = 0
        for model in (Question, Answer):
            keys = self.keys(model, {row["post"] for row in rows})
            counts = {keys[row["post"]]: row["times"] for row in rows if row["post"] in keys}
            changed += bulk.set_imported_useful_unguarded(model, counts)
        self.report.did("votes « utile » repris", sum(row["times"] for row in rows))
        return changed

    def keys(self, model, numbers: set[int]) -> dict[int, int]:
        """Our keys of the dump's posts."""
        found = model.objects.filter(source=self.source, source_id__in=[str(number) for number in numbers])
        return {int(number): pk for number, pk in found.values_list("source_id", "pk")}

    def authors(self, rows: list[sqlite3.Row]) -> dict[tuple, tuple[int, str]]:
        """The ghost (key and name) of each (number, name) that signs these rows."""
        signatures = {(row["owner"], row["owner_name"]) for row in rows}
        numbers = [number for number, _name in signatures if number is not None]
        marks = ",".join("?" * len(numbers))
        known = dict(self.database.execute(f"SELECT id, name FROM users WHERE id IN ({marks})", numbers))
        named = {}
        for number, name in signatures:
            shown = known.get(number) or name or (f"user{number}" if number is not None else "")
            named[number, name] = (self._address(number, name), shown or _("Compte supprimé"))
        ghosts = bulk.find_or_create_ghosts_unguarded(dict(named.values()))
        return {signature: (ghosts[email], name) for signature, (email, name) in named.items()}

    def _address(self, number: int | None, name: str) -> str:
        if number is not None:
            local = f"u{number}"
        elif name:
            local = f"n{hashlib.sha256(name.encode()).hexdigest()[:16]}"
        else:
            local = "deleted"
        return f"{local}@{self.site}.stackexchange.invalid"

    def _new(self, model, what: str, rows: list[sqlite3.Row]) -> list[sqlite3.Row]:
        known = bulk.already_imported(model, self.source, [str(row["id"]) for row in rows])
        self.report.did(f"{what}, déjà là", len(known))
        return [row for row in rows if str(row["id"]) not in known]

    def _drop_orphans(self, table: str, condition: str, why: str) -> None:
        self.report.skip(why, self.database.execute(f"DELETE FROM {table} WHERE {condition}").rowcount)

    def _tell_what_is_left_out(self) -> None:
        for why, query in _LEFT_OUT.items():
            self.report.skip(why, self.database.execute(query).fetchone()[0] or 0)


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


_COUNTS = """
  (SELECT COUNT(DISTINCT guid) FROM history WHERE history.post = p.id) AS revisions,
  (SELECT times FROM votes WHERE votes.post = p.id AND votes.type = 2) AS ups
"""
_QUESTIONS = f"SELECT p.*, {_COUNTS} FROM posts p WHERE type = ? ORDER BY created, id"
_ANSWERS = f"""SELECT p.*, {_COUNTS}, q.accepted AS kept,
    (SELECT last FROM votes WHERE votes.post = p.id AND votes.type = {ACCEPT}) AS voted
  FROM posts p JOIN posts q ON q.id = p.parent WHERE p.type = {ANSWER} ORDER BY p.created, p.id"""
_UP_VOTES = "SELECT post, times FROM votes WHERE type = ? AND post IN (SELECT id FROM posts) ORDER BY post"
_ORPHAN_ANSWERS = f"type = {ANSWER} AND parent NOT IN (SELECT id FROM posts WHERE type = {QUESTION})"
_ORPHAN_COMMENTS = "post NOT IN (SELECT id FROM posts)"
_LEFT_OUT = {
    "votes négatifs": f"SELECT SUM(times) FROM votes WHERE type = {DOWN}",
    "votes « utile » sur un billet absent": f"""SELECT SUM(times) FROM votes
        WHERE type = {UP} AND post NOT IN (SELECT id FROM posts)""",
    "autres votes (favoris, signalements, primes…)": f"""SELECT SUM(times) FROM votes
        WHERE type NOT IN ({UP}, {DOWN}, {ACCEPT})""",
    "réponses retenues qui manquent": f"""SELECT COUNT(*) FROM posts q WHERE q.type = {QUESTION}
        AND q.accepted IS NOT NULL AND q.accepted NOT IN (SELECT id FROM posts WHERE parent = q.id)""",
    "comptes sans contribution": """SELECT COUNT(*) FROM users WHERE id NOT IN (SELECT owner FROM posts
        WHERE owner IS NOT NULL UNION SELECT owner FROM comments WHERE owner IS NOT NULL
        UNION SELECT owner FROM history WHERE owner IS NOT NULL)""",
}
