"""Elasticsearch, for real: nothing is lost when it is away, nothing while its index is made anew."""

import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.checks import run_checks
from django.core.management import call_command
from django.urls import reverse

from qa.actions.answer import post_answer
from qa.actions.ask import ask_question
from search import documents, engines, outbox, rebuild, service
from search.engines import Unavailable
from search.engines.elasticsearch import ElasticsearchEngine
from search.models import OutboxEntry
from search.tasks import enqueue_drain
from tests.factories import MemberFactory, QuestionFactory

SCRIPT = Path(__file__).resolve().parent.parent / "services" / "elasticsearch"
VISITOR = AnonymousUser()
pytestmark = pytest.mark.django_db
with_server = pytest.mark.skipif(
    not settings.SEARCH_URL,
    reason="Elasticsearch: SEARCH_URL=$(tests/services/elasticsearch start) pytest tests/search",
)


def nothing(_steps: int) -> None: ...


def found(text: str) -> list:
    return [row.obj for row in service.search(VISITOR, text).rows]


@pytest.fixture
def away(monkeypatch):
    """A server that nobody answers for."""
    monkeypatch.setattr(settings, "SEARCH_URL", "http://127.0.0.1:9/away")
    monkeypatch.setattr(service, "engine", engines.engine)


def test_away_the_search_says_so_and_the_site_lives(away, client):
    question = QuestionFactory(title="Une question qui reste")
    answer = client.get(reverse("search"), {"q": "reste"})
    assert answer.status_code == 503
    assert "momentanément indisponible" in answer.content.decode()
    assert client.get(reverse("search_suggest"), {"q": "reste"}).content.strip() == b""
    assert "Une question qui reste" in client.get(reverse("question_list"), {"q": "reste"}).content.decode()
    assert client.get(reverse("question_detail", args=[question.pk, question.slug])).status_code == 200


def test_away_what_is_written_waits(away):
    question = ask_question(actor=MemberFactory(), title="Une question qui attend son index", body="Texte.")
    assert OutboxEntry.objects.filter(kind="question", object_id=question.pk).exists()
    with pytest.raises(Unavailable):
        outbox.drain()
    assert OutboxEntry.objects.filter(kind="question", object_id=question.pk).exists()
    enqueue_drain()


def test_away_one_line_says_so_at_start(away, capsys):
    said = [str(message) for message in run_checks(tags=["entraide"]) if message.id == "search.W001"]
    assert len(said) == 1
    assert "127.0.0.1:9" in said[0]
    capsys.readouterr()
    call_command("search", "prepare", skip_checks=True)
    told = capsys.readouterr()
    assert told.out + told.err == ""


@with_server
def test_an_older_state_never_replaces_a_newer_one():
    store = engines.engine()
    question = ask_question(actor=MemberFactory(), title="Le premier titre inventé", body="Texte.")
    outbox.drain()
    old = documents.documents_of("question", [question.pk])
    type(question).objects.filter(pk=question.pk).update(title="Le second titre inventé")
    new = documents.documents_of("question", [question.pk])
    store.write(new, version=10**6)
    store.write(old, version=10**6 - 1)
    store.settle()
    assert store.keys("question")[question.pk, 0] == new[0].digest


@with_server
def test_a_change_numbered_first_and_committed_last_is_told():
    store = engines.engine()
    question = ask_question(actor=MemberFactory(), title="Le premier titre inventé", body="Texte.")
    first = OutboxEntry.objects.latest("pk")
    outbox.drain()
    OutboxEntry.objects.create(kind="question", object_id=question.pk)
    outbox.drain()
    type(question).objects.filter(pk=question.pk).update(title="Un titre ponceau")
    OutboxEntry.objects.create(pk=first.pk, kind="question", object_id=question.pk)
    outbox.drain()
    store.settle()
    assert found("ponceau") == [question]


def test_a_site_that_left_its_server_empties_its_outbox():
    if settings.SEARCH_URL:
        pytest.skip("about a site that has none")
    question = QuestionFactory(title="Un titre ponceau")
    OutboxEntry.objects.create(kind="question", object_id=question.pk)
    assert outbox.drain() == 1
    assert found("ponceau") == [question]


@with_server
def test_what_waits_in_the_outbox_is_not_found_by_what_it_said():
    member = MemberFactory()
    question = ask_question(actor=member, title="Un titre zinzolin", body="Texte.")
    assert found("zinzolin") == [question]
    store = engines.engine()
    OutboxEntry.objects.create(kind="question", object_id=question.pk)
    from search.analysis import parse
    from search.filters import Filters
    from search.principals import reader_of

    ask = service.ask_for(parse("zinzolin"), Filters(), reader_of(VISITOR))
    assert store.search(ask).total == 0


@with_server
def test_what_changes_while_the_index_is_made_anew_is_not_lost(monkeypatch):
    member = MemberFactory()
    question = ask_question(actor=member, title="Une question sur les caniveaux", body="Texte.")
    store = engines.engine()
    outbox.drain()
    walked = rebuild.walk

    def interrupted(kind):
        for batch in walked(kind):
            yield batch
            if kind.name == "question":
                post_answer(question=question, actor=MemberFactory(), body="Des caniveaux en béton recyclé.")
                outbox.drain()
                store.settle()
                assert store.status().documents["question"] == 1

    monkeypatch.setattr(rebuild, "walk", interrupted)
    rebuild.rebuild(nothing)
    assert service.search(VISITOR, "caniveaux").total == 2
    assert len(store.indices(store.reading)) == len(store.indices(store.writing)) == 1


@with_server
def test_another_site_of_the_same_server_keeps_its_index():
    question = QuestionFactory(title="Une question d’à côté")
    store = engines.engine()
    beside = ElasticsearchEngine(f"{store.server}/{store.prefix}-v2")
    try:
        with beside.rebuilding() as target:
            target.write(documents.documents_of("question", [question.pk]), anew=True)
        rebuild.rebuild(nothing)
        store.wipe()
        assert beside.status().documents == {"question": 1}
    finally:
        beside.wipe()


@with_server
def test_killed_amid_writes_and_started_again_it_has_lost_nothing(client, monkeypatch):
    port = str(urlsplit(settings.SEARCH_URL).port)
    pid = subprocess.run([SCRIPT, "pid", port], capture_output=True, text=True, check=False).stdout.strip()
    if not pid:
        pytest.skip("the server is not one of tests/services/elasticsearch")
    member = MemberFactory()
    before = ask_question(actor=member, title="Une question d’avant la panne", body="Texte.")
    assert found("panne") == [before]
    during = [ask_question(actor=member, title=f"Pendant la panne, {rank}", body="Texte.") for rank in range(9)]
    store, written = engines.engine(), ElasticsearchEngine.write

    def killed_after_some(self, found, **options):
        done = written(self, found, **options)
        os.kill(int(pid), signal.SIGKILL)
        return done

    monkeypatch.setattr(outbox, "BATCH", 4)
    monkeypatch.setattr(ElasticsearchEngine, "write", killed_after_some)
    with pytest.raises(Unavailable):
        outbox.drain()
    monkeypatch.setattr(ElasticsearchEngine, "write", written)
    assert 0 < OutboxEntry.objects.count() < len(during)
    during.append(ask_question(actor=member, title="Pendant la panne, la dernière", body="Texte."))
    assert client.get(reverse("search"), {"q": "panne"}).status_code == 503
    assert client.get(reverse("question_detail", args=[before.pk, before.slug])).status_code == 200
    subprocess.run([SCRIPT, "start", port], check=True, capture_output=True)
    for _attempt in range(30):
        try:
            outbox.drain()
            store.settle()
            break
        except Unavailable:
            time.sleep(1)
    assert set(found("panne")) == {before, *during}
