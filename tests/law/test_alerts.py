"""What the readers of a content are told of the law that it cites."""

import pytest
from django.test import Client
from django.utils import timezone

from community.core.references import record_references
from community.law import actions as law_actions
from community.law.models import LegalProvision, LegalText
from community.moderation import actions
from community.moderation.alerts import legal_alerts
from community.moderation.models import ReviewItem
from qa.addresses import question_url
from tests.factories import AnswerFactory, MemberFactory, QuestionFactory

from .support import citing, item_of, queries, signed_in

pytestmark = pytest.mark.django_db


def alerts(answer) -> list[str]:
    return [alert.title for alert in legal_alerts([("answer", answer.pk)]).of("answer", answer.pk)]


def test_readers_are_told_of_a_repealed_text(decree, jurist, repeal):
    answer = citing("le décret n° 2024-134")
    assert alerts(answer) == []
    repeal(replaced_by=LegalText.objects.get(slug="loi-agec"))
    assert alerts(answer) == ["Cite un texte abrogé"]
    page = Client().get(question_url(answer.question)).content.decode()
    assert "Cite un texte abrogé" in page
    assert "Loi AGEC" in page
    actions.decide_item(actor=jurist, item=item_of(answer), outcome="still_right")
    assert alerts(answer) == []
    assert "Cite un texte abrogé" not in Client().get(question_url(answer.question)).content.decode()


def test_a_content_saved_after_the_repeal_is_told_of_too(law):
    answer = citing("le décret 2021-254")
    assert alerts(answer) == ["Cite un texte abrogé"]
    assert not ReviewItem.objects.exists()


def test_a_coming_repeal_waits_for_its_day(decree, repeal):
    answer = citing("le décret n° 2024-134")
    repeal(on=timezone.localdate() + timezone.timedelta(days=9))
    assert alerts(answer) == ["Le droit a changé"]


def test_an_obsolete_content_says_so_and_a_changed_article_waits(law, jurist, run_tasks):
    answer = citing("L. 2112-2")
    provision = LegalProvision.objects.get(key="L2112-2")
    provision.summary = "Autrement dit."
    law_actions.edit_provision(actor=jurist, provision=provision)
    run_tasks()
    assert alerts(answer) == ["Le droit a changé"]
    actions.decide_item(actor=jurist, item=item_of(answer), outcome="obsolete")
    assert alerts(answer) == ["Contenu à vérifier"]


def test_a_text_and_its_article_are_said_once(decree, jurist, repeal):
    law_actions.create_provision(actor=jurist, provision=LegalProvision(text=decree, label="2", title="Parts"))
    answer = citing("l’article 2 du décret n° 2024-134, et le décret n° 2024-134")
    repeal()
    assert alerts(answer) == ["Cite un texte abrogé"]


def test_one_query_for_a_page_of_contents(law, django_assert_num_queries):
    question = QuestionFactory()
    answers = [citing("le décret 2021-254") for _rank in range(4)]
    keys = [("question", question.pk), *(("answer", answer.pk) for answer in answers)]
    legal_alerts(keys)
    with django_assert_num_queries(1):
        found = legal_alerts(keys)
    assert len(found.by_content) == 4
    assert found.of("question", question.pk) == []
    assert legal_alerts([]).by_content == {}


def test_several_kinds_at_once(law):
    answers = [citing("le décret 2021-254") for _rank in range(2)]
    questions = [answer.question for answer in answers]
    for question in questions:
        record_references(kind="question", pk=question.pk, paths=(), text="décret 2021-254")
    keys = [*(("question", each.pk) for each in questions), *(("answer", each.pk) for each in answers)]
    assert set(legal_alerts(keys).by_content) == set(keys)


def test_the_banner_tags(law, rf):
    from django.template import Context, Template

    answer = citing("le décret 2021-254")
    source = (
        "{% load law_review_tags %}{% legal_banner 'answer' pk %}|"
        "{% legal_alerts_of 'answer' rows as found %}"
        "{% for row in rows %}{% legal_banner_of found 'answer' row.pk %}{% endfor %}"
    )
    html = Template(source).render(Context({"pk": answer.pk, "rows": [answer]}))
    one, listed = html.split("|")
    assert "Décret n°\u00a02021-254" in one
    assert one.strip() == listed.strip()


def test_a_thread_that_cites_the_law_keeps_its_budget_of_queries(law):
    member = MemberFactory()
    question = QuestionFactory()
    for _rank in range(3):
        answer = AnswerFactory(question=question, body="Voir le décret 2021-254 et L. 2112-2.")
        record_references(kind="answer", pk=answer.pk, paths=(), text=answer.body_text)
    assert queries(signed_in(member), question_url(question)) <= 15
