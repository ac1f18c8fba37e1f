"""What the two database stores share: how a page is found and its facets counted.

A statement counts what matches, group by group, whoever may read it; rights and facets are then those of the groups.
Another ranks what is kept. A word that most texts hold matches tens of thousands: all are counted, and ranked are only
those that may come first, the newest and best marked and those that have it in their titles.
"""

from abc import abstractmethod
from operator import itemgetter

from django.utils import timezone

from search.analysis import Node
from search.documents import microseconds

from .base import MAX_DEPTH, Ask, Found, Hit, Status
from .facets import Counted, Matched, count
from .pieces import YEAR, Sql, allowed_groups, allowed_rows, among
from .writing import SqlWriter

# A first guess of how many rows make a page once those of one thread are one.
COLLAPSING = 4

# (id, thread, score), the best first.
Row = tuple[int, str, float]


class SqlEngine(SqlWriter):
    name = "sql"
    is_transactional = True
    # More than `many` are not all ranked: only `candidates`, and as many of those whose title matches.
    many = 4_000
    candidates = 1_000
    # How well a document matches, once `among` found it.
    base: str
    # Told to the databases that do not see that an index has all that counting reads.
    by_group = ""

    @abstractmethod
    def among(self, ask: Ask, *, titles: bool = False, further: str = "") -> Sql:
        """FROM what and WHERE: the documents `d` whose text is asked, or whose title; `further` tables are joined."""

    @abstractmethod
    def beginning(self, ask: Ask) -> Sql:
        """As `among`, for what is being typed."""

    @abstractmethod
    def without(self, excluded: tuple[Node, ...]) -> Sql:
        """Of every document: a condition on `d`, that it holds none of these."""

    @abstractmethod
    def among_chosen(self, ask: Ask, keys: list[int]) -> Sql:
        """As `among`, for some of the documents that are known to match."""

    def search(self, ask: Ask) -> Found:
        matched = self._count(ask, self._source(ask))
        found = Found()
        found.total, found.facets = count(ask, matched.groups)
        wanted = ask.offset + ask.size + 1
        rows = self._rank(ask, matched, wanted * COLLAPSING)
        collapsed = collapse(rows)
        if len(collapsed) < wanted and len(rows) == wanted * COLLAPSING:
            collapsed = collapse(self._rank(ask, matched, MAX_DEPTH * COLLAPSING))
        found.more = len(collapsed) > ask.offset + ask.size and wanted < MAX_DEPTH
        found.hits = self._read(collapsed[ask.offset : ask.offset + ask.size])
        return found

    def resembling(self, ask: Ask) -> list[Hit]:
        limit = ask.size * COLLAPSING
        if ask.is_common:
            rows = self._rank(ask, self._count(ask, self._source(ask)), limit)
        else:
            # Few texts hold its words: looking at the rights of each costs less than a search to count them.
            statement = Sql(f"SELECT d.id, d.thread, {self.base} * {quality()} FROM ")
            statement += self._readable(ask)
            rows = self._run(statement + Sql(" ORDER BY 3 DESC, 1 DESC LIMIT %s", [limit]))
        return self._read(collapse(rows)[: ask.size])

    def complete(self, ask: Ask) -> list[Hit]:
        source = self.beginning(ask)
        # Titles are short: what they hold counts the same wherever it stands, and the newest come first.
        rows = self._best(ask, self._count(ask, source), source, ask.size * COLLAPSING)
        return self._read(collapse(rows)[: ask.size])

    def matching(self, ask: Ask, cap: int) -> list[tuple[str, int, str]]:
        """(kind, pk, thread) of what matches, the best first."""
        rows = self._rank(ask, self._count(ask, self._source(ask)), cap)
        return [(hit.kind, hit.pk, hit.thread) for hit in self._read(rows, with_text=False)]

    def counts(self, asks: list[Ask], cap: int) -> list[int]:
        """How many documents meet each, counted up to `cap`."""
        parts = [
            Sql("SELECT count(*) FROM (SELECT d.id FROM ") + self._readable(ask) + Sql(" LIMIT %s) counted", [cap])
            for ask in asks
        ]
        return [self._run(part)[0][0] for part in parts]

    def _readable(self, ask: Ask) -> Sql:
        """The documents found whose group the reader may read, looked at one by one."""
        found = self.among(ask, further="CROSS JOIN search_searchgroup g ") + Sql(" AND g.id = d.group_id AND ")
        return found + allowed_groups(ask) + Sql(" AND ") + allowed_rows(ask)

    def _source(self, ask: Ask) -> Sql:
        if ask.groups or ask.authors:
            return self.among(ask)
        every = Sql(f"search_searchdocument d{self.by_group} WHERE 1 = 1")
        return every + self.without(ask.excluded) if ask.excluded else every

    def _count(self, ask: Ask, source: Sql) -> Matched:
        """Each group once: its rights are looked at once too, not at each of its documents."""
        since = "".join(
            f", count(*) FILTER (WHERE d.written >= {int(moment)}) AS p{rank}"
            for rank, moment in enumerate(ask.periods.values())
        )
        periods = "".join(f", c.p{rank}" for rank in range(len(ask.periods)))
        statement = (
            Sql("SELECT CASE WHEN ")
            + allowed_groups(ask)
            + Sql(
                f" THEN 1 ELSE 0 END, g.id, g.kind, g.family_id, g.top_family_id, g.state, g.facets, c.number{periods} "
                f"FROM (SELECT d.group_id, count(*) AS number{since} FROM "
            )
            + source
            + Sql(" AND ")
            + allowed_rows(ask)
            + Sql(" GROUP BY d.group_id) c CROSS JOIN search_searchgroup g WHERE g.id = c.group_id")
        )
        matched = Matched()
        for allowed, *values in self._run(statement):
            group = Counted(*values[:7], tuple(values[7:]))
            matched.add(group, is_allowed=bool(allowed) and group.is_asked_by(ask))
        return matched

    def _rank(self, ask: Ask, matched: Matched, limit: int) -> list[Row]:
        source = self._source(ask)
        if not ask.groups:
            return self._best(ask, matched, source, limit, "d.written / 1.0e15")
        if matched.number <= self.many:
            return self._best(ask, matched, source, limit, f"{self.base} * {quality()}")
        return self._rank_some(ask, matched, limit)

    def _rank_some(self, ask: Ask, matched: Matched, limit: int) -> list[Row]:
        found = self._best(ask, matched, self._source(ask), self.candidates)
        if len(found) == self.candidates and not ask.titles_only:
            found += self._best(ask, matched, self.among(ask, titles=True), self.candidates)
        if not found:
            return []
        source = self.among_chosen(ask, sorted({row[0] for row in found}))
        return self._best(ask, matched, source, limit, f"{self.base} * {quality()}")

    def _best(self, ask: Ask, matched: Matched, source: Sql, limit: int, score: str = "") -> list[Row]:
        """The first rows of what is allowed and kept, by `score`: its quality if none is said."""
        keys = matched.kept_by(ask)
        if not keys:
            return []
        statement = Sql(f"SELECT d.id, {score or quality()} AS score FROM ") + source
        statement += Sql(" AND ") + allowed_rows(ask)
        if len(keys) < matched.every:
            # The sign keeps the list out of the search of the index, which would try each of them for each document.
            statement += f" AND +d.group_id IN ({', '.join(map(str, keys))})"
        if ask.chosen.get("periode"):
            statement += Sql(" AND d.written >= %s", [ask.periods[ask.chosen["periode"][0]]])
        page = Sql("SELECT d.id, d.thread, page.score FROM (") + statement
        page += Sql(" ORDER BY 2 DESC, 1 DESC LIMIT %s) page CROSS JOIN search_searchdocument d", [limit])
        return sorted(self._run(page + Sql(" WHERE d.id = page.id")), key=lambda row: (-row[2], -row[0]))

    def _read(self, page: list[Row], *, with_text: bool = True) -> list[Hit]:
        if not page:
            return []
        columns = "t.title, t.body" if with_text else "'', ''"
        table = "search_searchdocument d" + " JOIN search_searchtext t ON t.document_id = d.id" * with_text
        statement = Sql(f"SELECT d.id, d.kind, d.object_id, d.part, d.thread, {columns} FROM {table} WHERE ")
        rows = {row[0]: row for row in self._run(statement + among("d.id", list(map(itemgetter(0), page))))}
        return [Hit(*rows[pk][1:], score) for pk, _thread, score in page if pk in rows]

    def keys(self, kind: str) -> dict[tuple[int, int], str]:
        rows = self._run(Sql("SELECT object_id, part, digest FROM search_searchdocument WHERE kind = %s", [kind]))
        return {(pk, part): digest for pk, part, digest in rows}

    def status(self) -> Status:
        rows = self._run(Sql("SELECT kind, count(*) FROM search_searchdocument GROUP BY kind ORDER BY kind"))
        return Status(self.name, dict(rows))


def quality() -> str:
    """What readers found good, and recent texts a little before; what is dated from later is of today."""
    now = microseconds(timezone.now())
    age = f"CASE WHEN d.written < {now} THEN {now} - d.written ELSE 0 END"
    return f"d.weight * (1.0 + 0.2 / (1.0 + CAST({age} AS double precision) / {YEAR}))"


def collapse(rows: list[Row]) -> list[Row]:
    """The best of each thread, in order."""
    best: dict[str, Row] = {}
    for row in rows:
        best.setdefault(row[1], row)
    return list(best.values())
