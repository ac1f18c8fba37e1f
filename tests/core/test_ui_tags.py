"""The interface kit's tags: French dates and numbers, icons that exist, fields tied to their hint and error."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.utils import timezone

from community.core import ui

ROOT = Path(settings.BASE_DIR)
SPRITE = (ROOT / "static/icons/sprite.svg").read_text()
SYMBOLS = set(re.findall(r'<symbol id="([a-z0-9-]+)"', SPRITE))
NOVEMBER = datetime(2026, 11, 18, 8, 12, tzinfo=UTC)


def rendered(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def words(html):
    return re.sub(r"<[^>]+>", "", html).strip()


class ExampleForm(forms.Form):
    title = forms.CharField(label="Votre question", help_text="Une phrase.", max_length=160)
    note = forms.CharField(label="Note", required=False)
    kind = forms.ChoiceField(label="Genre", widget=forms.RadioSelect, choices=[("q", "Question"), ("a", "Annonce")])
    charter = forms.BooleanField(label="J’accepte la charte")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choice_hints = {"q": "Vous attendez une réponse."}
        self.fields["kind"].disabled_choices = {"a"}


def field_html(name, form=None, **options):
    form = form or ExampleForm()
    return render_to_string("components/field.html", {"field": form[name], **options})


@pytest.fixture(autouse=True)
def in_paris_in_november_2026():
    with time_machine.travel(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), tick=False), timezone.override("Europe/Paris"):
        yield


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% moment at %}", "le 18 novembre à 9\u202fh\u202f12"),
        ('{% moment at style="short" %}', "18 novembre, 9\u202fh\u202f12"),
        ('{% moment at style="clock" %}', "9\u202fh\u202f12"),
        ("{% day at %}", "mercredi 18 novembre"),
        ('{% day at style="plain" %}', "18 novembre"),
    ],
)
def test_a_moment_is_said_in_french_and_in_local_time(source, expected):
    assert words(rendered(source, at=NOVEMBER)) == expected


def test_a_moment_keeps_its_offset_for_machines():
    assert 'datetime="2026-11-18T09:12:00+01:00"' in rendered("{% moment at %}", at=NOVEMBER)


def test_a_moment_follows_the_current_time_zone():
    with timezone.override("Indian/Reunion"):
        assert words(rendered("{% moment at %}", at=NOVEMBER)) == "le 18 novembre à 12\u202fh\u202f12"


def test_the_year_is_said_only_when_it_is_another_one():
    assert words(rendered("{% day at %}", at=date(2025, 3, 4))) == "mardi 4 mars 2025"
    assert "2026" not in words(rendered("{% day at %}", at=date(2026, 3, 4)))


def test_the_first_of_the_month_is_an_ordinal():
    assert "1<sup>er</sup> janvier 2030" in rendered("{% day at %}", at=date(2030, 1, 1))


@pytest.mark.parametrize("tag", ["moment", "day"])
def test_an_absent_date_says_nothing(tag):
    assert rendered("{% " + tag + " at %}", at=None) == ""


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (None, "0\u00a0réponse"),
        (0, "0\u00a0réponse"),
        (1, "1\u00a0réponse"),
        (2, "2\u00a0réponses"),
        (1612, "1\u202f612\u00a0réponses"),
    ],
)
def test_zero_and_one_are_singular(count, expected):
    assert rendered('{% count_label n "réponse" "réponses" %}', n=count) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Nadia Ferrand", "NF"), ("Jean-Marc du Puy", "JP"), ("Élise", "É"), ("  ", "?"), (None, "?"), ("<b>", "B")],
)
def test_initials_are_the_first_and_last_words(name, expected):
    assert rendered("{{ name|person_initials }}", name=name) == expected


def test_a_colour_is_stable_and_one_of_six():
    hues = [rendered("{{ n|hue }}", n=number) for number in range(1, 20)]
    assert set(hues) == {"1", "2", "3", "4", "5", "6"}
    assert hues == [rendered("{{ n|hue }}", n=number) for number in range(1, 20)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quoi ?", "Quoi\u202f?"),
        ("Voici : « ceci » !", "Voici\u00a0: «\u202fceci\u202f»\u202f!"),
        ("10 % de 3 €", "10\u202f% de 3\u202f€"),
        ("à 14:30, http://x", "à 14:30, http://x"),
    ],
)
def test_typography_changes_spaces_only(text, expected):
    assert rendered("{{ text|typo }}", text=text) == expected


def test_typography_still_escapes_html():
    assert rendered("{{ text|typo }}", text="<script> ?") == "&lt;script&gt;\u202f?"


def test_an_icon_is_decorative_and_comes_from_the_sprite():
    html = rendered('{% icon "bell" %}')
    assert 'aria-hidden="true"' in html
    assert "icons/sprite" in html
    assert html.endswith('#bell"/></svg>')


def test_an_icon_name_cannot_write_html():
    assert "<script>" not in rendered("{% icon name %}", name='"><script>')


def test_every_icon_named_in_a_template_is_in_the_sprite():
    named = set()
    for template in (ROOT / "templates").rglob("*.html"):
        named |= set(re.findall(r'{% icon "([^"]+)"', template.read_text()))
        named |= set(re.findall(r'icon_name="([^"]+)"', template.read_text()))
    assert named
    assert named - SYMBOLS == set()


@pytest.mark.parametrize(
    "name", sorted(str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates/components").glob("*.html"))
)
def test_every_component_says_its_parameters(name):
    get_template(name)
    assert re.match(r"\s*{(#|% comment %})", (ROOT / "templates" / name).read_text())


def test_a_field_is_tied_to_its_label_and_hint():
    html = field_html("title")
    assert '<label for="id_title">' in html
    assert 'id="id_title-aide"' in html
    assert re.search(r'<input[^>]*class="input"[^>]*aria-describedby="id_title-aide"', html)
    assert "aria-invalid" not in html


def test_a_refused_field_is_tied_to_its_error():
    html = field_html("title", ExampleForm({}))
    assert 'aria-describedby="id_title-aide id_title-erreur"' in html
    assert 'aria-invalid="true"' in html
    assert '<p class="field-error" id="id_title-erreur">' in html


def test_only_an_optional_field_says_so():
    assert "(facultatif)" in field_html("note")
    assert "(facultatif)" not in field_html("title")
    assert "(facultatif)" not in field_html("note", optional=False)


def test_what_was_typed_is_kept_and_escaped():
    html = field_html("title", ExampleForm({"title": '"><script>alert(1)</script>'}))
    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_a_checkbox_is_inside_its_label():
    assert re.search(r'<label class="choice"><input type="checkbox"[^>]*>', field_html("charter"))
    assert 'class="input"' not in field_html("charter")


def test_explained_choices_show_their_hint_and_what_is_closed():
    html = field_html("kind", cards=True)
    assert "Vous attendez une réponse." in html
    assert re.search(r'value="a"[^>]*disabled', html)
    assert not re.search(r'value="q"[^>]*disabled', html)


def test_the_summary_of_errors_leads_to_the_fields():
    html = render_to_string("components/form_errors.html", {"form": ExampleForm({})})
    assert 'role="alert"' in html
    assert '<a href="#id_title">' in html
    assert '<a href="#id_charter">' in html


def test_no_summary_without_errors():
    assert render_to_string("components/form_errors.html", {"form": ExampleForm()}).strip() == ""


def test_the_server_error_page_needs_no_context():
    html = get_template("500.html").template.render(Context({}))
    assert html.count("<h1>") == 1
    assert "dist/app" not in html


def test_no_template_holds_inline_code():
    inline = re.compile(
        r"""\son[a-z]+=["']|\sstyle=["']|<script(?![^>]*\s(?:src=|type="application/json"))|javascript:""",
        re.IGNORECASE,
    )
    pages = [path for path in (ROOT / "templates").rglob("*.html") if "emails" not in path.parts]
    offenders = [str(path) for path in pages if inline.search(re.sub(r"{%.*?%}", "", path.read_text()))]
    assert offenders == []


def test_the_first_of_a_month_is_written_so():
    assert ui.day_words(date(2026, 11, 1)) == "1er novembre 2026"
    assert ui.day_words(date(2026, 11, 11), year=False) == "11 novembre"
    # Midnight in Paris is the evening before, in Greenwich.
    assert ui.day_words(datetime(2026, 10, 31, 23, 30, tzinfo=UTC)) == "1er novembre 2026"
