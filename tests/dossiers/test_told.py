"""Who is told that a clause of a dossier moved."""

import pytest

from clauses.dossiers.tasks import tell_dossiers
from clauses.library.actions.state import mark_obsolete
from clauses.library.models import Clause
from community.core.events import ClauseLegalStateChanged, ClausePublished, emit
from community.notifications.models import Notification
from tests.dossiers.support import dossier_of, member, next_version, shared, with_clause
from tests.factories import ClauseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clause():
    return ClauseFactory()


@pytest.fixture
def dossier(clause):
    dossier = dossier_of(member())
    with_clause(dossier, clause)
    shared(dossier, "reader")
    return dossier


def told(reason: str) -> set[int]:
    return set(Notification.objects.filter(reason=reason).values_list("member", flat=True))


def persons(dossier) -> set[int]:
    return {dossier.owner_id, *dossier.people.values_list("member", flat=True)}


def test_a_version_is_told_to_the_persons_of_the_dossiers_that_hold_an_earlier_one(clause, dossier, run_tasks):
    other = dossier_of(member())
    next_version(clause, "Sous {delai} jours, autre chose.")
    with_clause(other, Clause.objects.get(pk=clause.pk))
    emit(ClausePublished(clause_id=clause.pk, version=2, by_id=clause.author_id))
    run_tasks()
    assert told("dossier_clause_version") == persons(dossier)


def test_an_obsolete_clause_is_told(clause, dossier, run_tasks):
    mark_obsolete(clause=clause, actor=member(staff=True))
    run_tasks()
    assert told("dossier_clause_withdrawn") == persons(dossier)


@pytest.mark.parametrize(("state", "count"), [("to_review", 2), ("current", 0)])
def test_a_text_that_moves_is_told(clause, dossier, run_tasks, state, count):
    emit(ClauseLegalStateChanged(clause_id=clause.pk, legal_state=state))
    run_tasks()
    assert len(told("dossier_law_changed")) == count


def test_telling_twice_writes_nothing_more_and_an_absent_clause_is_nobodys(clause, dossier, run_tasks):
    for _twice in range(2):
        tell_dossiers.call(clause_id=clause.pk, reason="dossier_law_changed", by_id=None)
        run_tasks()
    assert Notification.objects.filter(reason="dossier_law_changed").count() == 2
    assert tell_dossiers.call(clause_id=987_654, reason="dossier_law_changed", by_id=None) == 0
