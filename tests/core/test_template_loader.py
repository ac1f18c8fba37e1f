"""Sentences of templates are said once where the site speaks one language."""

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import trans_real

SOURCE = """{% load i18n %}
    <p title="{% translate "À 10 % près" %}">{% translate "Acheteur" %}</p>
    {% translate "Acheteur" as who %}{{ who }} {% translate "Des {{ accolades }}" %}"""


@pytest.fixture
def read(tmp_path, monkeypatch):
    (tmp_path / "page.html").write_text(SOURCE)
    catalog = {"Acheteur": "L’acheteur", "À 10 %% près": "À 10 %% environ"}
    monkeypatch.setattr(trans_real.translation("fr"), "_catalog", catalog)
    engine = Engine(
        dirs=[tmp_path],
        loaders=["community.core.template_loader.Loader"],
        libraries={"i18n": "django.templatetags.i18n"},
    )
    return lambda: engine.get_template("page.html")


def test_a_sentence_is_said_when_the_template_is_read(read):
    source = read().source
    assert '<p title="À 10 % environ">L’acheteur</p>' in source
    assert '{% translate "Acheteur" as who %}' in source
    assert '{% translate "Des {{ accolades }}" %}' in source


def test_the_reader_sees_what_is_said_each_time_where_there_are_several_languages(read, monkeypatch):
    with translation.override("fr"):
        once = read().render(Context())
        monkeypatch.setattr(settings, "LANGUAGES", [("fr", "Français"), ("oc", "Occitan")])
        template = read()
        assert '{% translate "Acheteur" %}' in template.source
        assert template.render(Context()) == once
