"""Files cost much more than pages: one person makes so many of them a minute, each counted apart."""

from dataclasses import replace
from importlib import import_module

import pytest
from django.urls import reverse

from tests.clauses.test_obligations_note import QUERY, WORDS
from tests.factories import ClauseFactory, MemberFactory, PurchaseFamilyFactory

pytestmark = pytest.mark.django_db
VIEWS = "clauses.library.views"


@pytest.fixture(autouse=True)
def within_one_window(time_machine):
    time_machine.move_to("2026-11-22T10:00:00+01:00", tick=False)


def cut(monkeypatch, module: str, name: str) -> None:
    """Two times in place of many."""
    module = import_module(f"{VIEWS}.{module}")
    monkeypatch.setattr(module, name, replace(getattr(module, name), times=2))


def ask_export(client):
    clause = ClauseFactory()
    return client.get(reverse("clause_export", args=[clause.pk, "md"]))


def ask_note(client):
    return client.post(reverse("obligations_note") + QUERY, WORDS | {"act": "word"})


def ask_csv(client):
    return client.get(reverse("clause_data_csv"))


def ask_json(client):
    return client.get(reverse("clause_data_json"))


@pytest.mark.parametrize(
    ("module", "name", "ask"),
    [
        ("exports", "EXPORT", ask_export),
        ("note", "NOTE", ask_note),
        ("data", "DATA", ask_csv),
        ("data", "DATA", ask_json),
    ],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_files_are_asked_for_so_often_by_one_person(client, monkeypatch, module, name, ask, signed_in):
    PurchaseFamilyFactory(code="ALI", slug="alimentation", label="Alimentation")
    cut(monkeypatch, module, name)
    if signed_in:
        client.force_login(MemberFactory())
    answers = [ask(client) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    if ask is ask_note:
        assert WORDS["proposal"] in answers[-1].content.decode()
    client.force_login(MemberFactory())
    assert ask(client).status_code == 200


def test_visitors_are_counted_by_the_address_they_call_from(client, monkeypatch):
    cut(monkeypatch, "data", "DATA")
    asked = [client.get(reverse("clause_data_csv"), REMOTE_ADDR=f"192.0.2.{n}").status_code for n in (1, 1, 1, 2)]
    assert asked == [200, 200, 429, 200]
