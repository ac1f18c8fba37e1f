"""Clauses, versions and suggestions: the list, the predicate and the fan-out shape of their sight agree."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone

from clauses.library import permissions
from clauses.library.models import Clause, OpenClause
from clauses.library.querysets import reviewers_of_clause
from clauses.library.vocabularies import Consolidation
from community.core import contents
from community.members.models import Expertise, Member
from tests.factories import (
    ClauseFactory,
    MemberFactory,
    MembershipFactory,
    PurchaseFamilyFactory,
    SpaceFactory,
    SuggestionFactory,
)

pytestmark = pytest.mark.django_db
STATES = ("draft", "in_review", "published", "obsolete", "archived")


@pytest.fixture
def world():
    family = PurchaseFamilyFactory(parent=PurchaseFamilyFactory())
    private, archived = SpaceFactory(private=True), SpaceFactory(private=True)
    protected = SpaceFactory(private=True, history_from_joining=True)
    spaces = [None, SpaceFactory(), SpaceFactory(members_only=True), private, protected, archived]
    author, editor = MemberFactory(), MemberFactory()
    editor.groups.set(Group.objects.filter(name="Editors"))
    actors = [AnonymousUser(), author, editor, MemberFactory(), MemberFactory(newcomer=True), MemberFactory(staff=True)]
    for kind, which in (("jurist", None), ("expert", None), ("expert", family), ("expert", family.parent)):
        expert = MemberFactory()
        Expertise.objects.create(member=expert, kind=kind, family=which)
        actors.append(expert)
    for role in ("guest", "member", "reviewer", "moderator", "owner"):
        member = MemberFactory()
        for space in spaces[1:]:
            MembershipFactory(space=space, member=member, role=role)
        actors.append(member)
    MembershipFactory(space=private, member=author)
    for space in spaces:
        for state in STATES:
            for fate in ({}, {"hidden_at": timezone.now()}):
                clause = ClauseFactory(space=space, state=state, author=author, family=family, **fate)
                SuggestionFactory(clause=clause)
                SuggestionFactory(clause=clause, state="withdrawn", author=author)
    archived.archived_at = timezone.now()
    archived.save()
    late = MembershipFactory(space=protected, role="reviewer").member
    return [*actors, late]


@pytest.mark.parametrize("name", ["clause", "clause_version", "clause_suggestion"])
def test_list_predicate_and_readers_agree_and_both_answers_occur(world, name):
    kind, answers = contents.get(name), set()
    lists = [set(kind.visible_to(actor).values_list("pk", flat=True)) for actor in world]
    for obj in kind.model.objects.select_related(*kind.card_related):
        readers = set(kind.readers(obj, Member.objects.all()).values_list("pk", flat=True))
        for actor, listed in zip(world, lists, strict=True):
            assert (obj.pk in listed) == kind.can_view(actor, obj), (actor, obj)
            if actor.is_authenticated:
                assert (obj.pk in listed) == (actor.pk in readers), (actor, obj)
            answers.add(obj.pk in listed)
    assert answers == {True, False}


def test_those_who_may_change_a_text_see_it_and_are_told_of_it(world):
    found = 0
    for clause in Clause.objects.select_related("space", "family"):
        told = set(reviewers_of_clause(clause, Member.objects.all()).values_list("pk", flat=True))
        for actor in world:
            if permissions.can_edit_clause(actor, clause):
                found += 1
                assert permissions.can_view_clause(actor, clause)
                assert actor.pk in told
    assert found


def test_the_editing_tool_knows_open_clauses_only(world):
    assert set(OpenClause.objects.values_list("space", flat=True)) == {None}


@pytest.mark.parametrize("state", STATES)
def test_an_author_corrects_until_publication(state):
    clause = ClauseFactory(state=state)
    assert permissions.can_correct_proposal(clause.author, clause) is (state in ("draft", "in_review"))
    assert not permissions.can_correct_proposal(MemberFactory(), clause)
    assert not permissions.can_correct_proposal(AnonymousUser(), clause)


@pytest.mark.parametrize(
    ("role", "may"), [(None, False), ("guest", False), ("member", True), ("reviewer", True), ("owner", True)]
)
def test_who_proposes_in_a_private_space(role, may):
    space = SpaceFactory(private=True)
    member = MembershipFactory(space=space, role=role).member if role else MemberFactory()
    assert permissions.can_propose_clause(member, space) is may
    assert permissions.can_propose_clause(member)


def test_a_visitor_does_nothing():
    visitor, clause = AnonymousUser(), ClauseFactory()
    suggestion = SuggestionFactory(clause=clause)
    assert not permissions.can_propose_clause(visitor)
    assert not permissions.can_edit_clause(visitor, clause)
    assert not permissions.can_suggest(visitor, clause)
    assert not permissions.can_view_suggestion(visitor, suggestion)
    assert not permissions.can_decide(visitor, suggestion)
    assert not permissions.can_withdraw(visitor, suggestion)
    assert not any(permissions.can_consolidate(visitor, clause, level) for level in Consolidation)


@pytest.mark.parametrize("state", STATES)
def test_a_published_text_alone_takes_suggestions(state):
    clause = ClauseFactory(state=state)
    assert permissions.can_suggest(clause.author, clause) is (state == "published")


def test_an_archived_space_takes_no_suggestion_and_no_edit():
    space = SpaceFactory(archived_at=timezone.now())
    owner = MembershipFactory(space=space, role="owner").member
    clause = ClauseFactory(space=space)
    assert not permissions.can_suggest(owner, clause)
    assert not permissions.can_edit_clause(owner, clause)
    assert permissions.can_view_clause(owner, ClauseFactory(space=space, in_review=True))


def network_animator():
    return MembershipFactory(space=SpaceFactory(kind="network"), role="moderator").member


def expert(kind: str):
    return Expertise.objects.create(member=MemberFactory(), kind=kind).member


@pytest.mark.parametrize(
    ("who", "levels"),
    [
        (lambda: MemberFactory(), set()),
        (lambda: MemberFactory(staff=True), {Consolidation.PEER, Consolidation.NETWORK}),
        (lambda: expert("expert"), {Consolidation.PEER}),
        (lambda: expert("jurist"), {Consolidation.PEER, Consolidation.JURIST}),
        (network_animator, {Consolidation.NETWORK}),
    ],
    ids=["member", "staff", "expert", "jurist", "network"],
)
def test_levels_are_given_by_those_who_hold_them_and_never_by_the_author(who, levels):
    actor = who()
    clause, own = ClauseFactory(), ClauseFactory(author=actor)
    assert {level for level in Consolidation if permissions.can_consolidate(actor, clause, level)} == levels
    assert not any(permissions.can_consolidate(actor, own, level) for level in Consolidation)
    assert not any(
        permissions.can_consolidate(actor, ClauseFactory(space=SpaceFactory(private=True)), level)
        for level in Consolidation
    )


def test_suggestions_are_withdrawn_by_their_author_and_decided_by_editors():
    suggestion = SuggestionFactory()
    assert permissions.can_withdraw(suggestion.author, suggestion)
    assert not permissions.can_decide(suggestion.author, suggestion)
    assert permissions.can_decide(MemberFactory(staff=True), suggestion)


def test_moderating_is_the_places_business():
    clause = ClauseFactory(in_space=True)
    assert not permissions.can_moderate(MemberFactory(staff=True), clause)
    assert permissions.can_moderate(MembershipFactory(space=clause.space, role="moderator").member, clause)
