"""Two colleagues who write at the same moment, each with a connection: nothing is written over silently.

The first one has written and not yet committed when the second one arrives; on PostgreSQL, she is seen waiting.
"""

from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from clauses.dossiers.actions.remarks import Opinion, give_opinion
from clauses.dossiers.models import DossierItem, DossierVariable, ReviewRemark
from tests.dossiers.support import dossier_of, link_for, member, next_version, shared, with_article, with_clause
from tests.factories import ClauseFactory

pytestmark = pytest.mark.django_db(transaction=True)


def post(person, url: str, sent: dict):
    client = Client()
    client.force_login(person)
    return lambda: client.post(url, sent)


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def at_once(first, second) -> list:
    """The answers to both; the second request is under way before the first one commits."""
    answers, arrives, tick = {}, Event(), Event()

    def other():
        try:
            arrives.set()
            answers["second"] = second()
        finally:
            connections.close_all()

    with transaction.atomic():
        answers["first"] = first()
        thread = Thread(target=other)
        thread.start()
        arrives.wait(5)
        if connection.vendor == "postgresql":
            assert any(somebody_waits() or tick.wait(0.01) for _turn in range(1000))
    thread.join(30)
    return [answers["first"], answers["second"]]


def test_of_two_who_write_at_once_the_second_is_given_back_both_texts():
    owner = member("Ferrand")
    dossier = dossier_of(owner)
    editor = shared(dossier, "editor", member("Oriol"))
    own, clause = with_article(dossier), ClauseFactory()
    taken = with_clause(dossier, clause)
    next_version(clause, "Sous {delai} jours ouvrés, réponse écrite.")
    link = link_for(dossier)
    remark = give_opinion(link=link, item=own, opinion=Opinion(decision="change", text="Trop tôt."))
    words = {"title": own.title, "document": "cctp", "version": 1}
    value = {"key_0": "delai", "label_0": "délai", "was_0": ""}
    cases = [
        ("item_edit", [own.pk], words, {"text": "Avant sept heures."}, {"text": "Avant huit heures."}),
        ("item_edit", [own.pk], words | {"version": 2, "text": "x"}, {"notes": "Notée une"}, {"notes": "Notée deux"}),
        ("dossier_edit", [], {"version": 1}, {"title": "Titre une"}, {"title": "Titre deux"}),
        ("dossier_variables", [], value, {"value_0": "vingt"}, {"value_0": "trente"}),
        ("sourcing_sheet", [], {"version": 0}, {"findings": "Trois offres"}, {"findings": "Aucune offre"}),
        ("review_remark_answer", [remark.pk], {"read": 0}, {"reply": "D’accord"}, {"reply": "Refusé"}),
        ("item_version", [taken.pk], {"version": 1, "seen": 2}, {}, {}),
    ]
    for name, args, both, one, two in cases:
        url = reverse(name, args=[dossier.pk, *args])
        first, second = at_once(post(owner, url, both | one), post(editor, url, both | two))
        assert (first.status_code, second.status_code) == (302, 409), name
        page = second.content.decode()
        assert all(said in page for said in one.values() if said != "Avant sept heures."), name
        assert all(said in page for said in two.values()), name
    own.refresh_from_db()
    assert (own.text, own.notes, own.version) == ("x", "Notée une", 3)
    taken.refresh_from_db()
    assert (taken.taken_version, taken.version) == (2, 2)
    assert DossierVariable.objects.get().value == "vingt"
    assert ReviewRemark.objects.get().reply == "D’accord"


def test_order_notes_and_what_is_added_at_once_are_all_kept_without_a_deadlock():
    owner = member("Ferrand")
    dossier = dossier_of(owner)
    editor = shared(dossier, "editor")
    a, b, c, d = (with_article(dossier, title=f"Article {name}") for name in "ABCD")
    words = {"title": "Article B", "document": "cctp", "version": 1, "text": "Autre texte."}
    to = {"up": "item_up", "down": "item_down", "edit": "item_edit", "remove": "item_remove"}

    def act(person, verb, item=None, **sent):
        if item is None:
            return post(person, reverse(verb, args=[dossier.pk]), sent)
        return post(person, reverse(to[verb], args=[dossier.pk, item.pk]), sent)

    pairs = [
        (act(owner, "down", a), act(editor, "up", d)),
        (act(owner, "edit", b, **words), act(editor, "up", b)),
        (act(owner, "up", c), act(editor, "remove", d)),
        (act(owner, "note_add", text="Une note"), act(editor, "note_add", text="Une autre")),
        (act(owner, "item_write", **words | {"title": "E"}), act(editor, "item_write", **words | {"title": "F"})),
    ]
    for first, second in pairs:
        assert [answer.status_code for answer in at_once(first, second)] == [302, 302]
    titles = DossierItem.objects.filter(removed_at=None).order_by("position", "pk").values_list("title", flat=True)
    # A B C D, A down and D up: B A D C; B cannot go higher; C up: B A C D; D goes; E and F come.
    assert list(titles) == ["Article B", "Article A", "Article C", "E", "F"]
    assert DossierItem.objects.get(pk=b.pk).text == "Autre texte."
    assert dossier.notes.count() == 2
