import pytest
from django.core.exceptions import PermissionDenied

from clauses.library.actions.propose import edit_clause
from clauses.library.actions.suggest import (
    Change,
    Decision,
    decide_hunks,
    publish_suggestion,
    revert_decision,
    send_suggestion,
    withdraw_suggestion,
)
from clauses.library.content import to_content
from clauses.library.hunks import is_stale, paragraphs
from clauses.library.models import Clause, HunkState, SuggestionState
from community.core.errors import Invalid, Refused
from community.notifications.models import Notification
from tests.factories import ClauseFactory, MemberFactory, MembershipFactory, SpaceFactory

pytestmark = pytest.mark.django_db
TEXT = "Premier alinéa.\n\nSous {delai} jours, le titulaire remet un relevé.\n\nDernier alinéa."


@pytest.fixture
def clause():
    return ClauseFactory(wordings=[{"text": TEXT}])


@pytest.fixture
def editor():
    return MemberFactory(staff=True)


def change(number: int, after: str, **fields) -> Change:
    return Change(wording_key="redaction", position=number, after=after, why="Plus clair.", **fields)


def suggest(clause, *changes, actor=None, base=None):
    return send_suggestion(
        clause=clause, actor=actor or MemberFactory(), changes=list(changes), base_version=base or clause.version
    )


def decide(suggestion, editor, *states: str, **fields):
    hunks = suggestion.hunks.all()
    decisions = {hunk.pk: Decision(state=state, **fields) for hunk, state in zip(hunks, states, strict=False) if state}
    return decide_hunks(suggestion=suggestion, actor=editor, decisions=decisions)


def text_of(clause) -> str:
    return Clause.objects.get(pk=clause.pk).wordings.get().text


def test_a_version_carries_what_was_taken_only_and_credits_who_proposed(clause, editor):
    suggestion = suggest(clause, change(1, "Alinéa repris."), change(3, "Alinéa écarté."))
    decide(suggestion, editor, "accepted", "rejected")
    version = publish_suggestion(suggestion=suggestion, actor=editor, seen=1)
    assert paragraphs(text_of(clause)) == ["Alinéa repris.", paragraphs(TEXT)[1], "Dernier alinéa."]
    assert (version.number, version.author, version.published_by) == (2, suggestion.author, editor)
    assert version.note == "Plus clair."
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.published_version) == (SuggestionState.DECIDED, 2)


def test_what_is_still_to_decide_waits_for_the_next_version(clause, editor):
    suggestion = suggest(clause, change(1, "Un."), change(3, "Trois."))
    decide(suggestion, editor, "accepted")
    publish_suggestion(suggestion=suggestion, actor=editor, seen=1)
    suggestion.refresh_from_db()
    assert suggestion.state == SuggestionState.OPEN
    decide(suggestion, editor, "", "accepted")
    publish_suggestion(suggestion=suggestion, actor=editor, seen=2)
    assert text_of(clause).startswith("Un.") and text_of(clause).endswith("Trois.")


def test_paragraphs_are_added_removed_and_rewritten(clause, editor):
    suggestion = suggest(
        clause,
        change(0, "Avant tout.", added=True),
        change(1, ""),
        change(3, "Le mien."),
        change(3, "Après.", added=True),
    )
    hunks = list(suggestion.hunks.all())
    assert [hunk.kind for hunk in hunks] == ["add", "remove", "change", "add"]
    decisions = {hunk.pk: Decision(state="accepted") for hunk in hunks}
    decisions[hunks[2].pk] = Decision(state="rewritten", text="Le nôtre.")
    decide_hunks(suggestion=suggestion, actor=editor, decisions=decisions)
    publish_suggestion(suggestion=suggestion, actor=editor, seen=1)
    assert paragraphs(text_of(clause)) == ["Avant tout.", paragraphs(TEXT)[1], "Le nôtre.", "Après."]


def test_a_change_whose_paragraph_changed_is_stale_and_is_not_taken(clause, editor):
    suggestion = suggest(clause, change(1, "Un."))
    content = to_content(clause)
    content["wordings"][0]["text"] = TEXT.replace("Premier alinéa.", "Alinéa réécrit.")
    edit_clause(clause=clause, actor=editor, content=content, seen=1)
    assert is_stale(suggestion.hunks.get(), to_content(Clause.objects.get(pk=clause.pk)))
    with pytest.raises(Refused, match="ne peut plus"):
        decide(suggestion, editor, "accepted")
    decide(suggestion, editor, "rejected", reply="Refaites-le sur la version 2.")
    suggestion.refresh_from_db()
    assert suggestion.state == SuggestionState.DECIDED


def test_a_paragraph_that_only_moved_is_found_by_its_words(clause, editor):
    suggestion = suggest(clause, change(3, "Trois."))
    content = to_content(clause)
    content["wordings"][0]["text"] = f"Nouveau.\n\n{TEXT}"
    edit_clause(clause=clause, actor=editor, content=content, seen=1)
    decide(suggestion, editor, "accepted")
    publish_suggestion(suggestion=suggestion, actor=editor, seen=2)
    assert paragraphs(text_of(clause))[-1] == "Trois."


def test_a_change_taken_then_overtaken_stops_the_publication(clause, editor):
    suggestion = suggest(clause, change(1, "Un."))
    decide(suggestion, editor, "accepted")
    content = to_content(clause)
    content["wordings"][0]["text"] = TEXT.replace("Premier", "Autre")
    edit_clause(clause=clause, actor=editor, content=content, seen=1)
    with pytest.raises(Refused, match="revenez sur sa décision"):
        publish_suggestion(suggestion=suggestion, actor=editor, seen=2)


def test_a_decision_is_taken_once_and_reverted_until_it_is_out(clause, editor):
    suggestion = suggest(clause, change(1, "Un."))
    decide(suggestion, editor, "accepted")
    with pytest.raises(Refused, match="déjà décidé"):
        decide(suggestion, MemberFactory(staff=True), "rejected")
    revert_decision(hunk=suggestion.hunks.get(), actor=editor)
    assert suggestion.hunks.get().state == HunkState.PENDING
    with pytest.raises(Refused, match="pas encore décidé"):
        revert_decision(hunk=suggestion.hunks.get(), actor=editor)
    decide(suggestion, editor, "accepted")
    publish_suggestion(suggestion=suggestion, actor=editor, seen=1)
    with pytest.raises(Refused, match="paru"):
        revert_decision(hunk=suggestion.hunks.get(), actor=editor)


def test_a_refusal_of_everything_closes_and_reopens(clause, editor):
    suggestion = suggest(clause, change(1, "Un."))
    decide(suggestion, editor, "rejected")
    suggestion.refresh_from_db()
    assert suggestion.state == SuggestionState.DECIDED
    with pytest.raises(Refused, match="au moins un"):
        publish_suggestion(suggestion=suggestion, actor=editor, seen=1)
    revert_decision(hunk=suggestion.hunks.get(), actor=editor)
    suggestion.refresh_from_db()
    assert suggestion.state == SuggestionState.OPEN


def test_two_publications_at_once_make_one_version(clause, editor):
    suggestion = suggest(clause, change(1, "Un."))
    decide(suggestion, editor, "accepted")
    with pytest.raises(Refused, match="version 1"):
        publish_suggestion(suggestion=suggestion, actor=editor, seen=7)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ([], "rien changé"),
        ([change(1, "Premier alinéa.")], "rien changé"),
        ([change(9, "Neuf.")], "n’existe pas"),
        ([change(0, "Zéro.")], "n’existe pas"),
        ([change(1, "x" * 6_001)], "au plus"),
        ([change(1, " ".join(f"{{v{n}}}" for n in range(11)))], "dix variables"),
        ([change(1, f"{n}.") for n in range(41)], "au plus 40"),
    ],
)
def test_what_is_no_change_is_refused(clause, changes, message):
    with pytest.raises(Invalid, match=message):
        suggest(clause, *changes)


def test_changes_written_on_an_older_version_come_through_unless_their_paragraph_changed(clause, editor):
    content = to_content(clause)
    content["wordings"][0]["text"] = TEXT.replace("Premier", "Autre")
    edit_clause(clause=clause, actor=editor, content=content, seen=1)
    clause.refresh_from_db()
    assert suggest(clause, change(3, "Trois."), base=1).base_version == 2
    with pytest.raises(Refused, match="version 2"):
        suggest(clause, change(1, "Un."), base=1)


def test_a_variable_that_a_change_brings_is_named_and_one_it_takes_away_goes(clause, editor):
    suggestion = suggest(clause, change(2, "Sous {nombre_de_mois} mois, le titulaire remet un relevé."))
    decide(suggestion, editor, "accepted")
    publish_suggestion(suggestion=suggestion, actor=editor, seen=1)
    variables = Clause.objects.get(pk=clause.pk).variables.values_list("key", "label")
    assert list(variables) == [("nombre_de_mois", "nombre de mois")]


def test_the_checklist_holds_for_suggestions_too(clause, editor):
    suggestion = suggest(clause, change(1, "Le bois porte le label Forêt durable."))
    decide(suggestion, editor, "accepted")
    with pytest.raises(Invalid, match="ou équivalent"):
        publish_suggestion(suggestion=suggestion, actor=editor, seen=1)
    assert text_of(clause) == TEXT


def test_only_those_who_edit_decide_and_only_its_author_withdraws(clause, editor):
    suggestion = suggest(clause, change(1, "Un."))
    for act in (
        lambda: decide(suggestion, suggestion.author, "accepted"),
        lambda: publish_suggestion(suggestion=suggestion, actor=MemberFactory(), seen=1),
        lambda: revert_decision(hunk=suggestion.hunks.get(), actor=MemberFactory()),
        lambda: withdraw_suggestion(suggestion=suggestion, actor=editor),
    ):
        with pytest.raises(PermissionDenied):
            act()
    withdraw_suggestion(suggestion=suggestion, actor=suggestion.author)
    with pytest.raises(Refused, match="retirée"):
        decide(suggestion, editor, "accepted")
    with pytest.raises(Refused, match="décidée"):
        withdraw_suggestion(suggestion=suggestion, actor=suggestion.author)


def test_the_same_form_sends_one_suggestion(clause):
    from uuid import uuid4

    member, token = MemberFactory(), uuid4()
    both = [
        send_suggestion(clause=clause, actor=member, changes=[change(1, "Un.")], base_version=1, client_token=token)
        for _ in range(2)
    ]
    assert both[0] == both[1]


def test_deciders_then_the_author_are_told(run_tasks):
    space = SpaceFactory(private=True)
    reviewer = MembershipFactory(space=space, role="reviewer").member
    member = MembershipFactory(space=space, role="member").member
    clause = ClauseFactory(space=space, wordings=[{"text": TEXT}])
    suggestion = suggest(clause, change(1, "Un."), actor=member)
    run_tasks()
    assert list(Notification.objects.values_list("member", "reason")) == [(reviewer.pk, "suggestion_sent")]
    decide(suggestion, reviewer, "rejected")
    run_tasks()
    told = Notification.objects.filter(reason="suggestion_decided").values_list("member", flat=True)
    assert list(told) == [member.pk]
