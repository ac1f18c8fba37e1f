"""The columns of a rich text, tried on a question and its revision-free fields."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clauses.dossiers.models import DossierItem
from clauses.library.models import ClauseVersion
from clauses.reports.models import ExperienceReport
from community.core.management.commands.rerender import render_again
from community.core.richtext import RENDERER_VERSION
from community.core.richtext.stale import Rendering, renderings
from qa.models import Question
from tests.dossiers.support import dossier_of, member, with_article
from tests.factories import ClauseFactory, ExperienceReportFactory, QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stale():
    """A text that an earlier renderer rendered, or an import left unrendered."""
    question = QuestionFactory()
    Question._base_manager.filter(pk=question.pk).update(
        body="Un **mot**", body_html="<p>vieux</p>", renderer_version=0
    )
    return Question._base_manager.get(pk=question.pk)


def test_setting_the_text_renders_it_once():
    question = Question()
    rendered = question.set_body("Un **mot**\r\n@[A](membre:a)\u202e")
    assert question.body == "Un **mot**\n@[A](membre:a)"
    assert question.body_text == "Un mot\n@A"
    assert question.renderer_version == RENDERER_VERSION
    assert question.fresh_html == question.body_html == rendered.html


def test_a_stale_text_is_read_by_the_present_renderer_without_a_write(stale):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert stale.fresh_html == "<p>Un <strong>mot</strong></p>"
    assert len(queries) == 0


def test_the_command_writes_stale_renderings_and_only_them(stale):
    fresh = QuestionFactory()
    call_command("rerender", stdout=StringIO())
    stale.refresh_from_db()
    assert stale.body_html == "<p>Un <strong>mot</strong></p>"
    assert stale.renderer_version == RENDERER_VERSION
    before = fresh.body_html
    fresh.refresh_from_db()
    assert fresh.body_html == before


def test_the_command_writes_what_each_room_renders_elsewhere():
    item = with_article(dossier_of(member()), text="Livraison **avant** {heure}.")
    rows = [item, ClauseFactory().versions.get(), ExperienceReportFactory(texts={"need": "Un **besoin**."})]
    assert {rendering.model for rendering in renderings()} == {DossierItem, ClauseVersion, ExperienceReport}
    for row in rows:
        row.refresh_from_db()
        kept = row.html
        type(row).objects.filter(pk=row.pk).update(html="" if isinstance(kept, str) else {}, renderer_version=0)
        call_command("rerender", stdout=StringIO())
        row.refresh_from_db()
        assert row.html == kept
        assert row.renderer_version == RENDERER_VERSION


def test_a_text_that_changes_while_it_is_rendered_again_keeps_its_own(stale):
    def again(row):
        Question._base_manager.filter(pk=row.pk).update(body="Plus tard")
        return {"body_html": "<p>trop tard</p>"}

    assert render_again(Rendering(Question, ("body",), again)) == 0
    stale.refresh_from_db()
    assert stale.body_html == "<p>vieux</p>"
