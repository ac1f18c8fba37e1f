"""Two colleagues who write at the same moment, each with a connection: nothing is written over silently.

`at_once`: the first one has written and not yet committed when the second one arrives; on PostgreSQL, she is seen
waiting. `together`: both start at a barrier, and nobody knows who comes first.
"""

from threading import Barrier, Event, Thread

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from clauses.dossiers.actions.remarks import Opinion, give_opinion
from clauses.dossiers.models import Dossier, DossierItem, DossierVariable, ReviewRemark
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
    remark = give_opinion(link=link, item=own, read=1, opinion=Opinion(decision="change", text="Trop tôt."))
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


def together(*requests) -> list:
    """The answers in the order of the requests, each sent by its own thread with its own connection."""
    answers, start = {}, Barrier(len(requests))

    def send(place: int, request) -> None:
        try:
            start.wait(10)
            answers[place] = request()
        finally:
            connections.close_all()

    threads = [Thread(target=send, args=each) for each in enumerate(requests)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return [answers[place] for place in range(len(requests))]


def test_from_one_barrier_one_wins_the_other_reads_both_and_may_write_hers_knowingly():
    owner = member("Ferrand")
    dossier = dossier_of(owner)
    editor = shared(dossier, "editor", member("Oriol"))
    own, taken = with_article(dossier), with_clause(dossier)
    taken_words = {"title": taken.title, "document": taken.document, "text": taken.text}
    own_words = {"title": own.title, "document": "cctp", "text": own.text}
    # What both send, the field they fight over, where it is kept.
    cases = [
        ("item_edit", taken, taken_words, "text", lambda: DossierItem.objects.get(pk=taken.pk)),
        ("item_edit", taken, taken_words, "notes", lambda: DossierItem.objects.get(pk=taken.pk)),
        ("item_edit", own, own_words, "text", lambda: DossierItem.objects.get(pk=own.pk)),
        ("item_edit", own, own_words, "title", lambda: DossierItem.objects.get(pk=own.pk)),
        ("dossier_edit", None, {"title": dossier.title}, "need", lambda: Dossier.objects.get(pk=dossier.pk)),
    ]
    for turn, (name, item, both, field, kept) in enumerate(cases):
        url = reverse(name, args=[dossier.pk, *([item.pk] if item else [])])
        said = [f"La plume rouge {turn}", f"Le crayon bleu {turn}"]
        sent = [both | {"version": kept().version, field: words} for words in said]
        answers = together(post(owner, url, sent[0]), post(editor, url, sent[1]))
        assert sorted(answer.status_code for answer in answers) == [302, 409], (name, field)
        winner, loser = (0, 1) if answers[0].status_code == 302 else (1, 0)
        assert getattr(kept(), field) == said[winner]
        page = answers[loser].content.decode()
        assert said[winner] in page
        assert said[loser] in page
        assert post([owner, editor][loser], url, sent[loser] | {"version": kept().version})().status_code == 302
        assert getattr(kept(), field) == said[loser]


def test_from_one_barrier_two_values_of_one_variable_are_never_mixed():
    owner = member("Ferrand")
    dossier = dossier_of(owner)
    editor = shared(dossier, "editor")
    with_article(dossier, text="Avant {heure}, sous {delai} jours.")
    url, was = reverse("dossier_variables", args=[dossier.pk]), {"heure": "", "delai": ""}
    for turn in range(4):
        sent = [
            {
                f"{part}_{place}": words
                for place, (key, old) in enumerate(was.items())
                for part, words in (("key", key), ("label", key), ("was", old), ("value", f"{who} {key} {turn}"))
            }
            for who in ("rouge", "bleu")
        ]
        answers = together(post(owner, url, sent[0]), post(editor, url, sent[1]))
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        winner, loser = (("rouge", "bleu"), ("bleu", "rouge"))[answers[0].status_code == 409]
        was = {row.key: row.value for row in DossierVariable.objects.filter(dossier=dossier)}
        assert was == {key: f"{winner} {key} {turn}" for key in ("heure", "delai")}
        page = next(answer.content.decode() for answer in answers if answer.status_code == 409)
        assert all(f"{who} {key} {turn}" in page for who in (winner, loser) for key in was)


def test_from_one_barrier_moves_and_what_is_added_are_all_kept():
    owner = member("Ferrand")
    dossier = dossier_of(owner)
    editor = shared(dossier, "editor")
    before = [with_article(dossier, title=f"Article {name}") for name in "ABCD"]

    def order() -> str:
        rows = DossierItem.objects.filter(removed_at=None).order_by("position", "pk")
        return "".join(title[-1] for title in rows.values_list("title", flat=True))

    def move(person, verb: str, item):
        return post(person, reverse(verb, args=[dossier.pk, item.pk]), {})

    a, _b, _c, d = before
    for _turn in range(3):
        assert order() == "ABCD"
        answers = together(move(owner, "item_down", a), move(editor, "item_up", d))
        assert [answer.status_code for answer in answers] == [302, 302]
        assert order() == "BADC"
        assert [each.status_code for each in together(move(owner, "item_up", a), move(editor, "item_down", d))] == [
            302,
            302,
        ]
    write = reverse("item_write", args=[dossier.pk])
    words = {"document": "cctp", "text": "Un texte."}
    note = reverse("note_add", args=[dossier.pk])
    answers = together(
        post(owner, write, words | {"title": "Article E"}),
        post(editor, write, words | {"title": "Article F"}),
        post(owner, note, {"text": "Une note"}),
        post(editor, note, {"text": "Une autre"}),
    )
    assert [answer.status_code for answer in answers] == [302] * 4
    assert order() in ("ABCDEF", "ABCDFE")
    places = DossierItem.objects.values_list("position", flat=True)
    assert len(set(places)) == len(places) == 6
    assert set(dossier.notes.values_list("text", flat=True)) == {"Une note", "Une autre"}
