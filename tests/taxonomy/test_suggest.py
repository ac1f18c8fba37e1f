"""Families proposed from a code or an object."""

import json

import pytest
from django.urls import reverse

from community.taxonomy.evidence import significant_digits, words_of
from community.taxonomy.models import PurchaseFamily
from community.taxonomy.suggest import suggest_families
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def proposed(**query) -> list[str]:
    return [suggestion.family.code for suggestion in suggest_families(**query)]


@pytest.mark.parametrize(
    ("cpv", "digits"),
    [
        ("45210000-2", "4521"),
        ("45000000", "45"),
        ("30000000", "30"),
        ("9132", "9132"),
        ("", ""),
        ("douze", ""),
        ("٤٥", ""),
    ],
)
def test_the_significant_digits_of_a_code(cpv, digits):
    assert significant_digits(cpv) == digits


def test_lost_characters_and_plurals_do_not_hide_a_word():
    assert words_of("Am�nagement des r�seaux") == words_of("aménagements du réseau")


@pytest.mark.usefixtures("reference")
class TestWithReference:
    @pytest.mark.parametrize(
        ("cpv", "code"),
        [("45233140-2", "TP-VOI"), ("15131000", "ALI-VIA"), ("03142500-3", "ALI-LAI"), ("09310000-5", "ENE-ELE")],
    )
    def test_the_longest_prefix_decides(self, cpv, code):
        assert proposed(cpv=cpv)[0] == code

    @pytest.mark.parametrize("cpv", ["45000000-7", "45200000-9"])
    def test_a_code_too_wide_offers_both_buildings_and_works(self, cpv):
        assert set(proposed(cpv=cpv)) == {"BAT", "TP"}

    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("Réfection des enrobés de la rue des Tilleuls", "TP"),
            ("Réhabilitation de l’école Jules-Ferry, lot menuiseries", "BAT"),
        ],
    )
    def test_words_choose_inside_a_wide_code(self, text, first):
        assert proposed(cpv="45000000", text=text)[0] == first
        assert proposed(text=text)[0] == first

    def test_words_propose_and_say_why(self):
        best = suggest_families(text="Fourniture de fruits et légumes pour la cuisine centrale")[0]
        assert best.family.code == "ALI"
        assert "legume" in best.why
        assert 0 < best.score <= 1

    def test_a_code_of_no_family_speaks_by_its_label(self):
        assert proposed(cpv="50312000")[0] == "NUM"

    def test_nothing_known_proposes_nothing(self):
        assert proposed(text="xyzzy plugh") == proposed(text="") == proposed(cpv="12") == []

    def test_one_query_reads_the_families(self, django_assert_num_queries):
        suggest_families(text="voirie")
        with django_assert_num_queries(1):
            suggest_families(cpv="45000000", text="Réfection de la voirie")

    def test_the_view_answers_json_or_a_fragment(self, client):
        client.force_login(MemberFactory())
        url = reverse("family_suggest")
        rows = json.loads(client.get(url, {"objet": "tonte des pelouses"}).content)["suggestions"]
        assert rows[0]["label"].startswith("Espaces verts")
        page = client.get(url, {"cpv": "45000000"}, headers={"HX-Request": "true"}).content.decode()
        assert page.count('type="radio"') == 2

    def test_the_view_is_for_members_and_not_too_often(self, client):
        url = reverse("family_suggest")
        assert client.get(url).status_code in (302, 403)
        client.force_login(MemberFactory(newcomer=True))
        statuses = [client.get(url, {"cpv": "45"}).status_code for _ in range(31)]
        assert statuses[0] == 200
        assert statuses[-1] == 429

    def test_every_family_has_a_colour_of_the_kit(self, settings):
        css = (settings.BASE_DIR / "static/css/components/label.css").read_text()
        for swatch in PurchaseFamily.objects.values_list("swatch", flat=True).distinct():
            assert f'[data-family="{swatch}"]' in css
