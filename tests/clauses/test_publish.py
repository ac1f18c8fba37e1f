import pytest
from django.core.exceptions import PermissionDenied

from clauses.library.actions.publish import NotPublishable, publish_clause
from clauses.library.content import apply_content, to_content
from clauses.library.models import Clause
from clauses.library.vocabularies import ClauseState, Consolidation
from community.core.errors import Refused
from community.core.models import Reference
from tests.factories import ClauseFactory, MemberFactory, MembershipFactory, SpaceFactory

pytestmark = pytest.mark.django_db


def rewrite(clause: Clause, text: str) -> None:
    content = to_content(clause)
    content["wordings"][0]["text"] = text
    apply_content(clause, content)
    clause.save()


def test_a_version_keeps_everything_and_comes_back_whole():
    other = ClauseFactory()
    clause = ClauseFactory(criterion=True, links_to=other)
    kept = clause.versions.get().content
    empty = ClauseFactory(draft=True)
    assert apply_content(empty, kept) == []
    empty.save()
    assert to_content(Clause.objects.get(pk=empty.pk)) == kept


def test_publishing_shows_the_clause_with_its_first_version():
    editor = MemberFactory(staff=True)
    clause = ClauseFactory(in_review=True)
    version = publish_clause(clause=clause, actor=editor, note="Première version")
    clause.refresh_from_db()
    assert (clause.state, clause.version, clause.live) == (ClauseState.PUBLISHED, 1, True)
    assert (version.author, version.published_by) == (clause.author, editor)
    assert version.html["redaction"] == (
        '<p>Sous <mark class="variable" data-variable="delai">[délai]</mark> jours, '
        "le titulaire remet un relevé par produit.</p>"
    )
    assert clause.excerpt == "Sous [délai] jours, le titulaire remet un relevé par produit."


def test_another_text_starts_its_reviews_anew_and_the_same_text_is_no_version():
    editor = MemberFactory(staff=True)
    clause = ClauseFactory()
    Clause.objects.filter(pk=clause.pk).update(consolidation=Consolidation.JURIST)
    with pytest.raises(Refused, match="Rien n’a changé"):
        publish_clause(clause=clause, actor=editor)
    rewrite(clause, "Sous {delai} jours ouvrés, le titulaire remet un relevé.")
    assert publish_clause(clause=clause, actor=editor).number == 2
    clause.refresh_from_db()
    assert clause.consolidation == Consolidation.CONTRIBUTION


def test_advice_alone_keeps_the_level():
    editor = MemberFactory(staff=True)
    clause = ClauseFactory()
    Clause.objects.filter(pk=clause.pk).update(consolidation=Consolidation.JURIST)
    Clause.objects.filter(pk=clause.pk).update(why="Parce que.")
    publish_clause(clause=clause, actor=editor)
    clause.refresh_from_db()
    assert (clause.version, clause.consolidation) == (2, Consolidation.JURIST)


def test_the_checklist_stops_a_text_and_says_everything_it_refuses():
    clause = ClauseFactory(in_review=True, wordings=[{"text": "Le bois porte le label Forêt durable sous {delai}."}])
    Clause.objects.filter(pk=clause.pk).update(summary="")
    with pytest.raises(NotPublishable) as refused:
        publish_clause(clause=clause, actor=MemberFactory(staff=True))
    assert {finding.code for finding in refused.value.findings} == {"summary_missing", "label_without_equivalent"}
    clause.refresh_from_db()
    assert (clause.state, clause.version) == (ClauseState.IN_REVIEW, 0)


@pytest.mark.parametrize("role", ["guest", "member", "reviewer", "moderator", "owner"])
def test_a_space_publishes_its_own(role):
    space = SpaceFactory(private=True)
    actor = MembershipFactory(space=space, role=role).member
    clause = ClauseFactory(in_review=True, space=space)
    if role in ("guest", "member"):
        with pytest.raises(PermissionDenied):
            publish_clause(clause=clause, actor=actor)
    else:
        assert publish_clause(clause=clause, actor=actor).number == 1


def test_staff_publishes_nothing_in_a_space():
    clause = ClauseFactory(in_review=True, in_space=True)
    with pytest.raises(PermissionDenied):
        publish_clause(clause=clause, actor=MemberFactory(staff=True))


def test_what_a_version_cites_is_recorded():
    editor = MemberFactory(staff=True)
    other = ClauseFactory()
    clause = ClauseFactory(criterion=True, links_to=other, in_review=True)
    publish_clause(clause=clause, actor=editor)
    row = Reference.objects.get(source_kind="clause", source_id=clause.pk)
    assert (row.target_kind, row.target_id) == ("clause", other.pk)


def test_an_archived_clause_and_one_whose_draft_waits_in_the_editing_tool_stay():
    editor = MemberFactory(staff=True)
    archived = ClauseFactory(state=ClauseState.ARCHIVED)
    with pytest.raises(Refused, match="archivée"):
        publish_clause(clause=archived, actor=editor)
    drafted = ClauseFactory()
    rewrite(drafted, "Sous {delai} jours ouvrés, le titulaire remet un relevé.")
    drafted.save_revision(user=editor)
    with pytest.raises(Refused, match="brouillon"):
        publish_clause(clause=drafted, actor=editor)
