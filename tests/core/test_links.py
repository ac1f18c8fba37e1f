"""The tag `url` gives what Django's gives."""

import pytest
from django.template import Context, Template, engines
from django.template.base import TemplateSyntaxError
from django.urls import NoReverseMatch, reverse


def rendered(source: str, **values) -> str:
    return Template(source, engine=engines["django"].engine).render(Context(values))


def test_numbers_and_words_lead_where_they_led():
    assert rendered("{% url 'question_list' %}") == reverse("question_list")
    assert rendered("{% url 'clause_copy' pk %}", pk=12) == reverse("clause_copy", args=[12])
    assert rendered("{% url 'clause_copy' pk=pk %}", pk=12) == reverse("clause_copy", args=[12])
    assert rendered("{% url 'clause_export' pk form %}", pk=12, form="docx") == reverse(
        "clause_export", args=[12, "docx"]
    )
    assert rendered("{% url 'wagtailadmin_home' as there %}{{ there }}") == reverse("wagtailadmin_home")


def test_two_numbers_keep_their_places():
    expected = reverse("answer_detail", kwargs={"question_pk": 3, "pk": 45})
    assert rendered("{% url 'answer_detail' 3 45 %}") == rendered("{% url 'answer_detail' pk=45 question_pk=3 %}")
    assert rendered("{% url 'answer_detail' 3 45 %}") == expected


def test_an_address_that_is_not_there_is_refused_or_empty_as_it_was():
    assert rendered("[{% url 'nowhere' 3 as there %}{{ there }}]") == "[]"
    with pytest.raises(NoReverseMatch):
        rendered("{% url 'nowhere' 3 %}")
    with pytest.raises(NoReverseMatch):
        rendered("{% url 'clause_copy' missing %}")
    with pytest.raises(TemplateSyntaxError):
        rendered("{% url %}")
