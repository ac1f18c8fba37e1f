"""/cms/ edits the open community's clauses, writes their versions, and knows nothing of a space's."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, ModelLogEntry, ReferenceIndex, Revision, Workflow, WorkflowTask

from clauses.library.models import Clause, OpenClause, Wording
from clauses.library.vocabularies import ClauseState
from community.notifications.models import Notification
from tests.factories import (
    ClauseFactory,
    MemberFactory,
    MembershipFactory,
    SpaceFactory,
    SuggestionFactory,
    clause_objective,
)

pytestmark = pytest.mark.django_db
SECRET = "jetonsecret"
UNLABELLED = Wording(text="Le bois porte le label Forêt durable.")


@pytest.fixture(autouse=True)
def with_a_second_factor(monkeypatch):
    monkeypatch.setattr("community.members.middleware.lacks_second_factor", lambda member: False)


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def superuser():
    return signed_in(MemberFactory(is_superuser=True, is_staff=True))


@pytest.fixture
def editor():
    member = MemberFactory()
    member.groups.set(Group.objects.filter(name="Editors"))
    return member


def url(name: str, *args) -> str:
    return reverse(OpenClause.snippet_viewset.get_url_name(name), args=args)


def management(prefix: str, total: int, initial: int = 0) -> dict:
    return {
        f"{prefix}-TOTAL_FORMS": total,
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 99,
    }


def posted(clause=None, **changes) -> dict:
    wording = clause.wordings.get() if clause else None
    variable = clause.variables.get() if clause else None
    data = {
        "title": "Suivi des contenants réemployables",
        "summary": "Pour savoir ce qui revient.",
        "kind": "condition_env",
        "document": "cctp",
        "pillar": "env",
        "ambition": "1",
        "licence": "cc-by-4.0",
        "for_supplies": "on",
        "objectives": [clause_objective().pk],
        "why": "Sans suivi, rien ne revient.",
        "cpv_codes": "",
        "tag_words": "réemploi, cantine",
        "wordings-0-text": "Sous {delai} jours, le titulaire compte les contenants.",
        "wordings-0-ORDER": "1",
        "wordings-0-id": wording.pk if wording else "",
        "variables-0-key": "delai",
        "variables-0-label": "délai",
        "variables-0-ORDER": "1",
        "variables-0-id": variable.pk if variable else "",
        **management("wordings", 1, 1 if clause else 0),
        **management("variables", 1, 1 if clause else 0),
    }
    for prefix in ("also_in", "scale", "links", "bases", "provenances"):
        data |= management(prefix, 0)
    return data | changes


def test_a_draft_is_nobodys_to_read_until_it_is_published(editor):
    client = signed_in(editor)
    answer = client.post(url("add"), posted())
    assert answer.status_code == 302, answer.context["form"].errors
    clause = OpenClause.objects.get()
    assert (clause.author, clause.state, clause.version, clause.live) == (editor, ClauseState.DRAFT, 0, False)
    assert clause.pk not in Clause.objects.visible_to(MemberFactory()).values_list("pk", flat=True)
    answer = client.post(url("edit", clause.pk), posted(clause, **{"action-publish": "1"}))
    assert answer.status_code == 302, answer.context["form"].errors
    clause.refresh_from_db()
    version = clause.versions.get()
    assert (clause.state, clause.version, clause.live, clause.slug) == (
        ClauseState.PUBLISHED,
        1,
        True,
        "suivi-des-contenants-reemployables",
    )
    assert version.content["tags"] == ["réemploi", "cantine"]
    assert version.published_by == editor


def test_a_published_text_stays_while_its_draft_is_written(editor):
    clause = ClauseFactory()
    client = signed_in(editor)
    client.post(url("edit", clause.pk), posted(clause))
    clause.refresh_from_db()
    assert clause.wordings.get().text.endswith("remet un relevé par produit.")
    assert clause.has_unpublished_changes
    client.post(url("edit", clause.pk), posted(clause, **{"action-publish": "1"}))
    clause = Clause.objects.get(pk=clause.pk)
    assert (clause.version, clause.wordings.get().text) == (
        2,
        "Sous {delai} jours, le titulaire compte les contenants.",
    )
    assert clause.author != editor


def test_the_checklist_stops_a_publication_and_keeps_the_text(editor):
    clause = ClauseFactory()
    bad = {"wordings-0-text": "Sous {delai}, le bois porte le label Forêt durable.", "action-publish": "1"}
    answer = signed_in(editor).post(url("edit", clause.pk), posted(clause, **bad))
    assert answer.status_code == 200
    assert "ou équivalent" in answer.content.decode()
    assert "Forêt durable" in answer.content.decode()
    clause.refresh_from_db()
    assert clause.version == 1


def test_what_is_unpublished_is_archived_and_comes_back(editor):
    clause = ClauseFactory()
    client = signed_in(editor)
    client.post(url("unpublish", clause.pk))
    clause.refresh_from_db()
    assert (clause.state, clause.live) == (ClauseState.ARCHIVED, False)
    client.post(url("edit", clause.pk), posted(clause, **{"action-publish": "1"}))
    clause.refresh_from_db()
    assert (clause.state, clause.version) == (ClauseState.PUBLISHED, 2)


def test_nobody_erases_a_clause(superuser):
    clause = ClauseFactory()
    bulk = reverse("wagtail_bulk_action", args=["library", "openclause", "delete"])
    for address in (url("delete", clause.pk), f"{bulk}?id={clause.pk}"):
        superuser.post(address)
    assert Clause.objects.filter(pk=clause.pk).exists()


def test_a_revision_brings_no_life_back(editor):
    clause = ClauseFactory()
    open_clause = OpenClause.objects.get(pk=clause.pk)
    revision = open_clause.save_revision(user=editor)
    Clause.objects.filter(pk=clause.pk).update(use_count=7, consolidation=4)
    revision.as_object()
    restored = Revision.objects.get(pk=revision.pk).as_object()
    assert (restored.use_count, restored.consolidation, restored.author_id) == (7, 4, clause.author_id)


def test_the_preview_shows_the_text_with_its_variables(superuser):
    clause = ClauseFactory()
    address = url("preview_on_edit", clause.pk)
    superuser.post(address, posted(clause))
    page = superuser.get(address)
    assert page.status_code == 200
    assert '<mark class="variable" data-variable="delai">[délai]</mark>' in page.content.decode()


def test_a_member_who_is_no_editor_has_no_door(db):
    clause = ClauseFactory()
    for address in (url("list"), url("edit", clause.pk), url("add")):
        assert signed_in(MemberFactory()).get(address).status_code in (302, 403)


@pytest.fixture
def secrets():
    space = SpaceFactory(private=True, name=f"Espace {SECRET}")
    owner = MembershipFactory(space=space, role="owner").member
    clauses = [
        ClauseFactory(
            space=space,
            state=state,
            author=owner,
            title=f"Clause {SECRET} {state}",
            wordings=[{"text": f"{SECRET} {{delai}}."}],
        )
        for state in ("draft", "in_review", "published", "archived")
    ]
    SuggestionFactory(clause=clauses[2], author=owner, after=f"{SECRET} ouvrés.")
    return clauses


def test_a_spaces_clauses_are_in_no_page_of_the_tool(superuser, secrets):
    ClauseFactory(title="Clause ouverte à toutes")
    shown = superuser.get(url("list")).content.decode()
    assert "Clause ouverte à toutes" in shown
    chooser = OpenClause.snippet_viewset.chooser_viewset
    addresses = [
        url("list"),
        f"{url('list')}?q={SECRET}",
        url("list_results"),
        reverse(chooser.get_url_name("choose")),
        f"{reverse(chooser.get_url_name('choose_results'))}?q={SECRET}",
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailadmin_reports:workflow_tasks"),
        reverse("wagtailadmin_reports:locked_pages"),
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailadmin_reports:page_types_usage"),
    ]
    for address in addresses:
        answer = superuser.get(address)
        assert answer.status_code == 200, address
        said = (
            answer.content.decode()
            .replace(f"q={SECRET}", "")
            .replace(f'value="{SECRET}"', "")
            .replace(f"“{SECRET}”", "")
        )
        assert f"Clause {SECRET}" not in said, address
        assert f"Espace {SECRET}" not in said, address


@pytest.mark.parametrize("name", ["edit", "history", "usage", "unpublish", "preview_on_edit", "workflow_history"])
def test_the_address_of_a_spaces_clause_is_that_of_nothing(superuser, secrets, name):
    addresses = [url(name, pk) for pk in (*(clause.pk for clause in secrets), 987_654_321)]
    assert {superuser.get(address).status_code for address in addresses} == {404}


def test_choosing_a_spaces_clause_is_choosing_nothing(superuser, secrets):
    chooser = OpenClause.snippet_viewset.chooser_viewset
    answers = [
        superuser.get(reverse(chooser.get_url_name("chosen"), args=[pk])).status_code
        for pk in (secrets[2].pk, 987_654_321)
    ]
    assert answers == [404, 404]
    clause = ClauseFactory()
    link = {"links-0-relation": "pair", "links-0-target": secrets[2].pk, "links-0-ORDER": 1, **management("links", 1)}
    answer = superuser.post(url("edit", clause.pk), posted(clause, **link))
    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()
    absent = superuser.post(url("edit", clause.pk), posted(clause, **{**link, "links-0-target": 987_654_321}))
    assert answer.context["form"].formsets["links"].errors == absent.context["form"].formsets["links"].errors


def test_nothing_of_a_space_is_written_in_the_tools_own_tables(secrets, editor):
    from clauses.library.actions.propose import edit_clause
    from clauses.library.content import to_content

    clause = secrets[2]
    content = to_content(clause) | {"why": "Parce que."}
    edit_clause(clause=clause, actor=clause.author, content=content, seen=1)
    assert not Revision.objects.exists()
    assert not ModelLogEntry.objects.exists()
    assert SECRET not in json.dumps(list(ReferenceIndex.objects.values_list("object_id", "to_object_id", "model_path")))
    ReferenceIndex.create_or_update_for_object(clause)
    assert not ReferenceIndex.model_is_indexable(Clause)
    assert not ReferenceIndex.model_is_indexable(OpenClause)


def due(clause, editor, **changes) -> Revision:
    """A draft of /cms/ whose day has come."""
    row = OpenClause.objects.get(pk=clause.pk)
    for name, value in changes.items():
        setattr(row, name, value)
    row.go_live_at = timezone.now() - timedelta(hours=1)
    revision = row.save_revision(user=editor)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=row.go_live_at)
    return revision


@pytest.mark.parametrize("draft", [True, False])
def test_a_refusal_of_the_checklist_stops_no_other_publication_and_is_told(editor, run_tasks, draft):
    refused, fine = ClauseFactory(title="Le premier", draft=draft), ClauseFactory(title="Le second")
    kept = due(refused, editor, title="Le premier, revu", wordings=[UNLABELLED])
    due(fine, editor, title="Le second, revu")
    call_command("publish_scheduled", stdout=StringIO())
    refused.refresh_from_db()
    fine.refresh_from_db()
    assert (fine.title, fine.version) == ("Le second, revu", 2)
    assert (refused.title, refused.version) == ("Le premier", 0 if draft else 1)
    kept.refresh_from_db()
    assert kept.approved_go_live_at is None
    run_tasks()
    told = Notification.objects.get(reason="clause_publication_refused")
    assert (told.member, told.target_id) == (editor, refused.pk)


def test_what_breaks_is_tried_again_and_stops_nothing(editor, monkeypatch):
    broken, fine = ClauseFactory(), ClauseFactory()
    revision = due(broken, editor, why="Autrement.")
    due(fine, editor, why="Autrement.")
    publish = Revision.publish

    def breaking(self, **options):
        if self.pk == revision.pk:
            raise OSError
        return publish(self, **options)

    monkeypatch.setattr(Revision, "publish", breaking)
    call_command("publish_scheduled", stdout=StringIO())
    fine.refresh_from_db()
    revision.refresh_from_db()
    assert fine.version == 2
    assert revision.approved_go_live_at is not None


def test_a_clause_whose_day_is_over_is_archived():
    clause = ClauseFactory()
    Clause.objects.filter(pk=clause.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    call_command("publish_scheduled", stdout=StringIO())
    clause.refresh_from_db()
    assert (clause.state, clause.live, clause.expired) == (ClauseState.ARCHIVED, False, True)


def workflow_of(clause, editor):
    workflow = Workflow.objects.create(name="Relecture")
    task = GroupApprovalTask.objects.create(name="Relire")
    task.groups.set(editor.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    row = OpenClause.objects.get(pk=clause.pk)
    row.wordings = [UNLABELLED]
    row.save_revision(user=editor)
    return workflow.start(row, editor)


def test_a_workflow_ends_on_nothing_that_the_checklist_refuses(editor, superuser):
    clause = ClauseFactory()
    state = workflow_of(clause, editor)
    address = url("workflow_action", clause.pk, "approve", state.current_task_state.pk)
    answer = superuser.post(address)
    assert answer.status_code == 422
    assert "ou équivalent" in answer.content.decode()
    state.refresh_from_db()
    clause.refresh_from_db()
    assert (state.status, clause.version) == ("in_progress", 1)
    assert "Forêt durable" not in clause.wordings.get().text
    approval = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    typed = posted(clause, **{"wordings-0-text": UNLABELLED.text, **approval})
    answer = superuser.post(url("edit", clause.pk), typed)
    assert answer.status_code == 200
    assert "ou équivalent" in answer.context["form"].errors.as_text()
