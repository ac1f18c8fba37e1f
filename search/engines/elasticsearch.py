"""Elasticsearch keeps our tokens (`whitespace` analyser): it understands no French of its own and needs no set-up.

Two aliases: searches read `NAME-read`; what changes is written to every index of `NAME-write`, so that an index being
filled misses nothing. Versions are external: an older state never replaces a newer one, whatever the order.
"""

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any as Anything
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError, helpers
from elasticsearch.dsl import A, MultiSearch, Q, Search

from search import documents
from search.analysis import All, Node, Phrase, Word
from search.documents import Document, microseconds
from search.models import OutboxEntry

from .base import MAX_DEPTH, Ask, Found, Hit, Status, Unavailable

TIMEOUT = 2
LONG_TIMEOUT = 120
PENDING = 10_000
SWEEP = 2_000
BULK = 250
YEAR = 365 * 24 * 3600 * 1_000_000
MOST_ALIKE = 100  # terms of a field, more than a text gives: its words are chosen before
MULTIPLE = ("piece", "objectif", "motcle")
COLUMNS = {"type": "kind", "famille": "top_family_id", "etat": "state", **{name: name for name in MULTIPLE}}
WORDS = ("title_words^6", "body_words^2", "context^0.7")
STEMS = ("title_stems^4", "body_stems^1", "context^0.7")
READ = ["kind", "object_id", "part", "thread", "title", "body"]  # in the order of Hit
TOKENS = {"type": "text", "analyzer": "whitespace"}
TOKEN_FIELDS = ("title_words", "body_words", "title_stems", "body_stems", "context")
KEYWORD, LONG = {"type": "keyword"}, {"type": "long"}
MAPPINGS = {
    "dynamic": False,
    # They are looked up and never read back.
    "_source": {"excludes": list(TOKEN_FIELDS)},
    "properties": {
        **dict.fromkeys(("key", "kind", "thread", "acl", "state", "digest", *MULTIPLE), KEYWORD),
        **dict.fromkeys(("object_id", "space_id", "owner_id", "family_id", "top_family_id", "written", "opened"), LONG),
        "part": {"type": "short"},
        "weight": {"type": "float"},
        "title_words": {**TOKENS, "index_prefixes": {"min_chars": 2, "max_chars": 8}},
        **dict.fromkeys(("body_words", "title_stems", "body_stems", "context"), TOKENS),
    },
}


def expression(node: Node, *, titles_only: bool = False) -> Anything:
    if isinstance(node, Word):
        exact = Q("prefix", title_words=node.exact) if node.prefix else _tokens(node.exact, WORDS, titles_only)
        parts = [exact] if node.exact else []
        parts += [_tokens(stem, STEMS, titles_only) for stem in node.stems]
        return Q("bool", should=parts, minimum_should_match=1)
    if isinstance(node, Phrase):
        fields = STEMS if node.tokens[0].startswith("_") else WORDS
        return _tokens(" ".join(node.tokens), fields, titles_only, type="phrase")
    parts = [expression(each, titles_only=titles_only) for each in node.nodes]
    return Q("bool", must=parts) if isinstance(node, All) else Q("bool", should=parts, minimum_should_match=1)


def likeness(words: tuple[Word, ...]) -> Anything:
    """Any of them, the rarest weighing most. They are chosen before: Elasticsearch would choose by what all its texts
    hold, and tell by its choice what only a private space has.
    """
    options = {"min_term_freq": 1, "min_doc_freq": 1, "minimum_should_match": 1, "max_query_terms": MOST_ALIKE}
    stems = " ".join(stem for word in words for stem in word.stems)
    alike = []
    for name, _hat, boost in (field.partition("^") for field in STEMS):
        like = {"fields": [name], "like": stems, "analyzer": "whitespace", "boost": float(boost)}
        alike.append(Q("more_like_this", **like, **options))
    return Q("bool", should=alike, minimum_should_match=1)


def _tokens(text: str, fields: tuple[str, ...], titles_only: bool, **options: str) -> Anything:
    kept = [field for field in fields if field.startswith("title")] if titles_only else list(fields)
    return Q("multi_match", query=text, fields=kept, analyzer="whitespace", **{"type": "most_fields", **options})


def scored(query: Anything) -> Anything:
    """Recent texts a little before, then what readers found good."""
    now = microseconds(timezone.now())
    recency = {"exp": {"written": {"origin": now, "scale": YEAR, "decay": 0.5}}, "weight": 0.2}
    fresh = Q("function_score", query=query, functions=[{"weight": 1.0}, recency], score_mode="sum")
    return Q("function_score", query=fresh, functions=[{"field_value_factor": {"field": "weight"}}])


def allowed(ask: Ask) -> list:
    """Rights, place, dates: what narrows every count; what waits in the outbox may say too much."""
    reader = ask.reader
    nowhere = Q("bool", must_not=[Q("exists", field="space_id")])
    filters = [
        Q("terms", acl=list(reader.names)),
        Q("bool", should=[nowhere, Q("terms", space_id=list(reader.spaces))], minimum_should_match=1),
    ]
    for space_id, floor in reader.floors.items():
        before = [Q("term", space_id=space_id), Q("range", opened={"lt": floor})]
        others = Q("bool", filter=before, must_not=[Q("term", owner_id=reader.member_id)])
        filters.append(Q("bool", must_not=[others]))
    if ask.kinds:
        filters.append(Q("terms", kind=list(ask.kinds)))
    filters += [having(ask, name, values) for name, values in ask.typed]
    if ask.spaces is not None:
        filters.append(Q("terms", space_id=list(ask.spaces)))
    if ask.before is not None:
        filters.append(Q("range", written={"lt": ask.before}))
    if ask.after is not None:
        filters.append(Q("range", written={"gte": ask.after}))
    # The newest: those before are told first.
    rows = OutboxEntry.objects.order_by("-pk").values_list("kind", "object_id")[:PENDING]
    waiting = sorted({f"{kind}:{pk}" for kind, pk in rows})
    hidden = [Q("terms", key=waiting)] if waiting else []
    hidden += [having(ask, name, values) for name, values in ask.left_out.items()]
    return [*filters, Q("bool", must_not=hidden)] if hidden else filters


def kept(ask: Ask, without: str = "") -> Anything:
    """The filters of facets, but one."""
    filters = [having(ask, name, values) for name, values in ask.chosen.items() if values and name != without]
    return Q("bool", filter=filters) if filters else Q("match_all")


def having(ask: Ask, name: str, values: tuple) -> Anything:
    """One of these values of a facet; of a family, those of the families below it too."""
    if name == "periode":
        return Q("range", written={"gte": ask.periods[values[0]]})
    if name == "famille":
        either = [Q("terms", family_id=list(values)), Q("terms", top_family_id=list(values))]
        return Q("bool", should=either, minimum_should_match=1)
    return Q("terms", **{COLUMNS[name]: list(values)})


def source_of(doc: Document) -> dict:
    tokens = doc.tokens
    facets: dict[str, list[str]] = {}
    for name, value in doc.facet_rows():
        facets.setdefault(name, []).append(value)
    return {
        "key": f"{doc.kind}:{doc.pk}",
        "kind": doc.kind,
        "object_id": doc.pk,
        "part": doc.part,
        "thread": doc.thread_key,
        "acl": list(doc.acl),
        "space_id": doc.space_id,
        "owner_id": doc.owner_id,
        "family_id": doc.family_id,
        "top_family_id": doc.top_family_id,
        "state": doc.state or None,
        "written": doc.written_at,
        "opened": doc.opened_at,
        "weight": doc.weight,
        "digest": doc.digest,
        "title": doc.title,
        "body": doc.body[:20_000],
        "title_words": " ".join(tokens.title.words),
        "body_words": " ".join(tokens.body.words),
        "title_stems": " ".join(tokens.title.stems),
        "body_stems": " ".join(tokens.body.stems),
        "context": " ".join(tokens.context),
        **facets,
    }


def identity(kind: str, pk: int, part: int) -> str:
    return f"{kind}:{pk}:{part}"


class ElasticsearchEngine:
    name = "elasticsearch"
    is_transactional = False

    def __init__(self, address: str):
        parts = urlsplit(address)
        self.prefix = parts.path.strip("/") or "entraide"
        self.server = f"{parts.scheme}://{parts.netloc}"
        # As it is shown: without the name and the password that it may hold.
        self.address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        self.client = Elasticsearch(self.server, request_timeout=TIMEOUT, max_retries=0, retry_on_timeout=False)
        self.reading, self.writing = f"{self.prefix}-read", f"{self.prefix}-write"
        self.targets: list[str] | None = None
        self.version = 0

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            yield
        except NotFoundError as error:
            if not isinstance(error.body, dict):
                raise Unavailable(
                    _("%(address)s n’est pas un serveur Elasticsearch.") % {"address": self.address}
                ) from error
            raise Unavailable(
                _("Le moteur de recherche n’a pas d’index : lancez « manage.py search rebuild ».")
            ) from error
        except (ApiError, TransportError) as error:
            raise Unavailable(
                _("Le moteur de recherche %(address)s ne répond pas : %(error)s")
                % {"address": self.address, "error": str(error)[:200]}
            ) from error

    def _search(self, ask: Ask, query: Anything = None) -> Search:
        """`query`: in place of what the words ask."""
        if query is None:
            query = expression(ask.node, titles_only=ask.titles_only) if ask.node else Q("match_all")
        filters = [*allowed(ask), *map(expression, ask.authors)]
        whole = Q("bool", must=[query], filter=filters, must_not=list(map(expression, ask.excluded)))
        search = Search(using=self.client, index=self.reading).source(READ)
        return search.query(scored(whole)) if ask.node else search.query(whole).sort("-written")

    def search(self, ask: Ask) -> Found:
        search = self._search(ask).post_filter(kept(ask)).extra(track_total_hits=True, collapse={"field": "thread"})
        for name in ask.counted:
            others = A("filter", filter=kept(ask, without=name))
            if name == "periode":
                ranges = [{"key": label, "from": since} for label, since in ask.periods.items()]
                others.bucket("values", "range", field="written", ranges=ranges)
            else:
                others.bucket("values", "terms", field=COLUMNS[name], size=100)
            search.aggs.bucket(name, others)
        with self._asking():
            response = search[ask.offset : ask.offset + ask.size + 1].execute()
        hits = self._hits(response)
        facets = {
            name: {
                str(bucket.key): bucket.doc_count
                for bucket in response.aggregations[name]["values"].buckets
                if bucket.doc_count
            }
            for name in ask.counted
        }
        more = len(hits) > ask.size and ask.offset + ask.size < MAX_DEPTH
        return Found(hits=hits[: ask.size], total=response.hits.total.value, more=more, facets=facets)

    def _hits(self, response: Anything) -> list[Hit]:
        # As it came: of a collapsed thread, the objects made of it say a list.
        found = [(hit["_source"], hit["_score"] or 0.0) for hit in response.to_dict()["hits"]["hits"]]
        return [Hit(*(source[name] for name in READ), score) for source, score in found]

    def resembling(self, ask: Ask) -> list[Hit]:
        return self._first(ask, self._search(ask, likeness(ask.groups)))

    def complete(self, ask: Ask) -> list[Hit]:
        asked = replace(ask, titles_only=True)
        return self._first(asked, self._search(asked))

    def _first(self, ask: Ask, search: Search) -> list[Hit]:
        search = search.extra(collapse={"field": "thread"})
        with self._asking():
            return self._hits(search[: ask.size].execute())

    def matching(self, ask: Ask, cap: int) -> list[tuple[str, int, str]]:
        search = self._search(ask).post_filter(kept(ask)).source(["kind", "object_id", "thread"])
        with self._asking():
            return [(hit.kind, hit.object_id, hit.thread) for hit in search[:cap].execute()]

    def counts(self, asks: list[Ask], cap: int) -> list[int]:
        """In one request, however many: each word that is not found asks for several."""
        if not asks:
            return []
        several = MultiSearch(using=self.client, index=self.reading)
        for ask in asks:
            several = several.add(self._search(ask).extra(track_total_hits=cap)[:0])
        with self._asking():
            return [min(response.hits.total.value, cap) for response in several.execute()]

    def write(self, found: list[Document], *, anew: bool = False, version: int | None = None) -> list[Document]:
        """`version`: taken before the documents were read; without it, they were read under lock."""
        if not found:
            return found
        latest = version or self.version or OutboxEntry.objects.next_version()
        operations = (
            {
                "_op_type": "index",
                "_id": identity(*doc.key),
                "version": latest,
                "version_type": "external_gte",
                "_source": source_of(doc),
            }
            for doc in found
        )
        self._bulk(operations)
        return found

    def remove(self, kind: str, pks: list[int], *, version: int | None = None) -> None:
        latest = version or OutboxEntry.objects.next_version()
        parts = documents.get(kind).parts
        self._bulk(
            [
                {
                    "_op_type": "delete",
                    "_id": identity(kind, pk, part),
                    "version": latest,
                    "version_type": "external_gte",
                }
                for pk in pks
                for part in range(parts)
            ]
        )

    def _bulk(self, operations: Iterable[dict]) -> None:
        """Refused as older, or deleted before: what was wanted is there already."""
        with self._asking():
            client = self.client.options(request_timeout=LONG_TIMEOUT)
            indices = self.targets or self.indices(self.writing)
            if len(indices) > 1:
                operations = list(operations)
            for index in indices:
                rows = ({**each, "_index": index} for each in operations)
                # The next texts are put in words while the server takes the first.
                bulk = helpers.parallel_bulk(
                    client, rows, thread_count=2, queue_size=2, chunk_size=BULK, raise_on_error=False
                )
                for done, result in bulk:
                    status = next(iter(result.values()))["status"]
                    if not done and status not in (404, 409):
                        raise Unavailable(str(result)[:300])

    def indices(self, alias: str) -> list[str]:
        return sorted(self.client.indices.get_alias(name=alias))

    @contextmanager
    def rebuilding(self) -> Iterator["ElasticsearchEngine"]:
        """A new index, filled while the other answers and while both receive what changes; then one gesture swaps."""
        client = self.client.options(request_timeout=LONG_TIMEOUT)
        with self._asking():
            before = self._existing()
            new = f"{self.prefix}-v{int(time.time() * 1000)}"
            settings = {"number_of_replicas": 0, "refresh_interval": "5s", "number_of_shards": 1}
            client.indices.create(index=new, mappings=MAPPINGS, settings=settings)
            client.indices.put_alias(index=new, name=self.writing)
        filling = ElasticsearchEngine(f"{self.server}/{self.prefix}")
        filling.targets = [new]
        # Read from now on: whatever is numbered later is newer.
        filling.version = OutboxEntry.objects.next_version()
        try:
            yield filling
        except BaseException:
            client.options(ignore_status=404).indices.delete(index=new)
            raise
        with self._asking():
            client.indices.put_settings(index=new, settings={"refresh_interval": "1s"})
            client.indices.refresh(index=new)
            swap = [{"add": {"index": new, "alias": self.reading}}]
            swap += [{"remove_index": {"index": old}} for old in before]
            client.indices.update_aliases(actions=swap)

    def _existing(self) -> list[str]:
        """Ours only: another site of the same server may have a name that begins so."""
        client = self.client.options(request_timeout=LONG_TIMEOUT)
        own = re.compile(rf"{re.escape(self.prefix)}-v\d+")
        try:
            return sorted(filter(own.fullmatch, client.indices.get(index=f"{self.prefix}-v*")))
        except NotFoundError:
            return []

    def settle(self) -> None:
        with self._asking():
            self.client.options(request_timeout=LONG_TIMEOUT).indices.refresh(index=self.reading)

    def keys(self, kind: str) -> dict[tuple[int, int], str]:
        """Swept in order, page after page; an index being filled has none yet."""
        if self.targets:
            return {}
        found: dict[tuple[int, int], str] = {}
        search = Search(using=self.client, index=self.reading).filter("term", kind=kind)
        search = search.sort("object_id", "part").source(["object_id", "part", "digest"])[:SWEEP]
        with self._asking():
            rows = search.execute()
            while rows.hits:
                found |= {(row.object_id, row.part): row.digest for row in rows}
                rows = search.extra(search_after=list(rows.hits[-1].meta.sort)).execute()
        return found

    def status(self) -> Status:
        search = Search(using=self.client, index=self.reading)[:0]
        search.aggs.bucket("kinds", "terms", field="kind", size=100)
        with self._asking():
            self.client.cluster.health()
            if not self.client.indices.exists_alias(name=self.reading):
                return Status(self.name, {}, self.address)
            buckets = search.execute().aggregations.kinds.buckets
        return Status(self.name, {bucket.key: bucket.doc_count for bucket in buckets}, self.address)

    def wipe(self) -> None:
        """Every index of this name: for tests and for leaving."""
        with self._asking():
            for index in self._existing():
                self.client.options(request_timeout=LONG_TIMEOUT).indices.delete(index=index)
