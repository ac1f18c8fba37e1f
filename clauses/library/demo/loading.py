"""The clauses of the demonstration come in by the bulk door, with the life that was invented for them."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from clauses.library.actions.bulk import ImportedClause, ImportedVersion, already_imported, import_clauses_unguarded
from clauses.library.content import to_content
from clauses.library.hunks import paragraphs_of
from clauses.library.models import Clause, ClauseReview, EditSuggestion, Hunk, HunkKind
from clauses.library.vocabularies import Consolidation
from community.core.demo import Demo
from community.core.ui import typography

from .reading import content_of, earlier, links_of, read_clauses, read_life, typeset

SOURCE = "demo"
FIRST = 190
REVIEW_AFTER = 365
LEVELS = {
    "peer": Consolidation.PEER,
    "network": Consolidation.NETWORK,
    "jurist": Consolidation.JURIST,
}


def source_key(key: str) -> str:
    return f"{SOURCE}:{key}"


def load_clauses(demo: Demo) -> None:
    loading = Loading(demo)
    loading.load()
    pks = already_imported(source_key(key) for key in loading.clauses)
    demo.contents |= {f"clause:{key}": f"CL-{pks[source_key(key)]:04d}" for key in loading.clauses}


class Loading:
    """One run over the clauses that were not there before."""

    def __init__(self, demo: Demo):
        self.demo = demo
        self.clauses, self.life = read_clauses(), read_life()
        self.today = timezone.localdate(demo.now)

    def load(self) -> None:
        known = already_imported(source_key(key) for key in self.clauses)
        new = [key for key in self.clauses if source_key(key) not in known]
        batch = import_clauses_unguarded([self.row(place, key) for place, key in enumerate(new)])
        if batch.missing:
            raise ValueError(f"demonstration clauses name what is not known: {batch.missing}")
        made = {key: batch.clauses[source_key(key)] for key in new}
        self.review(made)
        for fields in self.life["suggestion"]:
            if fields["clause"] in made:
                self.suggest(made[fields["clause"]], fields)
        self.demo.report.did("clauses", len(made))

    def row(self, place: int, key: str) -> ImportedClause:
        clause = self.clauses[key]
        content = content_of(clause, review_by=self.review_by(place, key))
        first = self.ago(self.life["days"].get(key, FIRST - place))
        fate = self.life["states"].get(key, {"state": "published"})
        levels = self.life["levels"].get(key, [])
        author = self.author(place, clause)
        published = fate["state"] in ("published", "obsolete")
        successor = fate.get("replaced_by")
        return ImportedClause(
            source_key=source_key(key),
            author_id=author,
            content=content,
            created_at=first - timedelta(days=4),
            links=tuple((relation, source_key(other)) for relation, other in links_of(key, self.clauses)),
            space=self.demo.spaces.get(self.life["spaces"].get(key)),
            state=fate["state"],
            versions=self.versions(key, content, author, first) if published else (),
            replaced_by=source_key(successor) if successor else "",
            consolidation=max((LEVELS[level] for level, _who, _days in levels), default=Consolidation.CONTRIBUTION),
            reviewed_on=self.ago(min(days for *_who, days in levels)).date() if levels else None,
        )

    def versions(self, key: str, content: dict[str, Any], author: int, first: datetime) -> tuple[ImportedVersion, ...]:
        changes = [fields for fields in self.life["version"] if fields["clause"] == key]
        contents = [content]
        for fields in reversed(changes):
            contents.insert(0, earlier(contents[0], typeset(fields["was"])))
        dates = [first, *(self.ago(fields["days"]) for fields in changes)]
        notes = ["Première version", *(typography(fields["note"]) for fields in changes)]
        authors = [author, *(self.demo.members[fields["by"]].pk for fields in changes)]
        return tuple(
            ImportedVersion(
                number=number,
                created_at=moment,
                author_id=by,
                note=note,
                content=said if number < len(contents) else None,
            )
            for number, (moment, note, by, said) in enumerate(
                zip(dates, notes, authors, contents, strict=True), start=1
            )
        )

    def review(self, made: dict[str, Clause]) -> None:
        """Each level is somebody's act, on the version that was out that day."""
        for key, levels in self.life["levels"].items():
            clause = made.get(key)
            if clause is None:
                continue
            for level, who, days in levels:
                moment = self.ago(days)
                version = clause.versions.filter(created_at__lte=moment).first() or clause.versions.last()
                network = self.demo.spaces.get("deux-rives") if level == "network" else None
                review = ClauseReview.objects.create(
                    clause=clause,
                    version=version.number,
                    level=LEVELS[level],
                    reviewer=self.demo.members[who],
                    network=network,
                )
                ClauseReview.objects.filter(pk=review.pk).update(created_at=moment)
            Clause.objects.filter(pk=clause.pk).update(reviewed_by=self.demo.members[levels[-1][1]])

    def suggest(self, clause: Clause, fields: dict[str, Any]) -> None:
        known = paragraphs_of(to_content(Clause.objects.get(pk=clause.pk)))
        suggestion = EditSuggestion.objects.create(
            clause=clause,
            author=self.demo.members[fields["by"]],
            base_version=clause.version,
            message=typography(fields["message"]),
        )
        EditSuggestion.objects.filter(pk=suggestion.pk).update(created_at=self.ago(fields["days"]))
        hunks = [hunk_of(suggestion, known, typeset(change)) for change in fields["hunk"]]
        Hunk.objects.bulk_create(hunks)

    def author(self, place: int, clause: dict[str, Any]) -> int:
        top = (clause.get("family") or "other").split("-")[0]
        readers = {who for _level, who, _days in self.life["levels"].get(clause["key"], [])}
        # Nobody reads their own text again.
        names = [name for name in self.life["authors"].get(top, []) if name not in readers]
        names = names or self.life["authors"]["other"]
        return self.demo.members[names[place % len(names)]].pk

    def review_by(self, place: int, key: str):
        overdue = self.life["overdue"].get(key)
        if overdue:
            return self.today - timedelta(days=overdue)
        return self.today + timedelta(days=REVIEW_AFTER - place)

    def ago(self, days: int) -> datetime:
        return self.demo.now - timedelta(days=days)


def hunk_of(suggestion: EditSuggestion, known: dict[str, list[str]], change: dict[str, str]) -> Hunk:
    """The paragraph where the words stand, before and after."""
    for key, paragraphs in known.items():
        for position, paragraph in enumerate(paragraphs, start=1):
            if change["before"] in paragraph:
                return Hunk(
                    suggestion=suggestion,
                    wording_key=key,
                    position=position,
                    kind=HunkKind.CHANGE,
                    before=paragraph,
                    after=paragraph.replace(change["before"], change["after"]),
                    why=change["why"],
                )
    raise ValueError(f"no paragraph says « {change['before']} »")
