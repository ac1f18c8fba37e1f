"""What people write of the law is found in their texts, where it stands."""

import pytest
from django_tasks_db.models import DBTaskResult
from hypothesis import given, settings
from hypothesis import strategies as st

from community.core import contents
from community.core.models import Reference
from community.core.references import record_references
from community.law import actions, citations
from community.law.models import LegalProvision, LegalText
from community.law.vocabulary import fold
from tests.factories import AnswerFactory
from tests.support.cost import LINEAR, growth
from tests.support.hostile import TEXTS, pathological

pytestmark = pytest.mark.django_db


def cited(text: str) -> set[str]:
    """The slugs of texts and « slug:key » of articles."""
    found = set()
    for citation in citations.find(text):
        if citation.kind == "legal_text":
            found.add(LegalText.objects.get(pk=citation.pk).slug)
        else:
            provision = LegalProvision.objects.select_related("text").get(pk=citation.pk)
            found.add(f"{provision.text.slug}:{provision.key}")
    return found


CODE = "code-de-la-commande-publique"
LABELS = {f"{CODE}:R2111-{number}" for number in range(12, 18)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L. 2112-2", {f"{CODE}:L2112-2"}),
        ("L2112-2", {f"{CODE}:L2112-2"}),
        ("l.2112-2", {f"{CODE}:L2112-2"}),
        ("L.\u00a02112\u20112", {f"{CODE}:L2112-2"}),
        ("R.2152-7", {f"{CODE}:R2152-7"}),
        ("(art. R.2152-7)", {f"{CODE}:R2152-7"}),
        ("L. 2112-2-1", {f"{CODE}:L2112-2-1"}),
        ("article L. 3-1 du code de la commande publique", {f"{CODE}:L3-1"}),
        ("articles R. 2111-12 à R. 2111-17", LABELS),
        ("R. 2111-12 à -17", LABELS),
        ("articles R. 2111-9 à R. 2111-13", {f"{CODE}:R2111-12", f"{CODE}:R2111-13"}),
        ("L.2152-7/-8", {f"{CODE}:L2152-7", f"{CODE}:L2152-8"}),
        ("articles L. 2112-2 et L. 2111-2", {f"{CODE}:L2112-2", f"{CODE}:L2111-2"}),
        ("L. 224-7 du code de l’environnement", {"code-de-l-environnement:L224-7"}),
        ("code de l’environnement, art. L. 224-7", {"code-de-l-environnement:L224-7"}),
        ("art. L. 224-7 c. env.", {"code-de-l-environnement:L224-7"}),
        ("article 35 de la loi Climat", {"loi-climat-et-resilience:35"}),
        ("l’article 35 de la loi Climat et résilience", {"loi-climat-et-resilience:35"}),
        ("article 35 de la loi n° 2021-1104 du 22 août 2021", {"loi-climat-et-resilience:35"}),
        ("loi Climat (article 35)", {"loi-climat-et-resilience:35"}),
        ("loi n° 2021-1104", {"loi-climat-et-resilience"}),
        ("la loi Climat", {"loi-climat-et-resilience"}),
        ("article 12 de la loi Climat", {"loi-climat-et-resilience"}),
        ("décret 2021-254", {"decret-2021-254"}),
        ("DÉCRET N° 2021-254", {"decret-2021-254"}),
        ("décret n°2024-134 du 21 février 2024", {"decret-2024-134"}),
        ("décrets n° 2021-254 et n° 2024-134", {"decret-2021-254", "decret-2024-134"}),
        ("décrets 2025-1386 & 2025-1383", {"decret-2025-1386", "decret-2025-1383"}),
        ("AGEC art. 58", {"loi-agec:58"}),
        ("loi AGEC, article 58", {"loi-agec:58"}),
        ("article 58 de la loi AGEC", {"loi-agec:58"}),
        ("loi EGalim", {"loi-egalim"}),
        ("EGALIM", {"loi-egalim"}),
        ("RE2020", {"re2020"}),
        ("RE 2020", {"re2020"}),
        ("règlement délégué 2025/2152", {"reglement-2025-2152"}),
        ("règlement délégué (UE) 2025/2152", {"reglement-2025-2152"}),
        (
            "règlements délégués 2025/2150, 2151 et 2152",
            {"reglement-2025-2150", "reglement-2025-2151", "reglement-2025-2152"},
        ),
        ("arrêté du 29 février 2024", {"arrete-2024-02-29"}),
        ("TA Grenoble, 14 novembre 2025, n° 2510707", {"ta-grenoble-2510707"}),
    ],
)
def test_what_is_cited_is_found(law, text, expected):
    assert cited(f"Voir {text}. La suite.") == expected


@pytest.mark.parametrize(
    "text",
    [
        "L. 224-7 du code du travail",
        "articles L. 2112-2 et L. 2112-3 du CGCT",
        "article 35 du règlement de la consultation",
        "lot L 2112",
        "réf. XL2112-2",
        "L. 2112-2000",
        "L. 2112-2-1-1",
        "2021-254",
        "loi 2021-254",
        "décret 2021-2541",
        "climatisation, loin, magecart",
        "article 58",
        "",
    ],
)
def test_what_is_not_cited_is_not_found(law, text):
    assert cited(text) == set()


def test_a_citation_says_where_it_stands(law):
    text = "Conformément à l’article 35 de la loi Climat, et au décret n° 2021-254 : rien."
    places = [text[citation.start : citation.end] for citation in citations.find(text)]
    assert places == ["article 35 de la loi Climat", "décret n° 2021-254"]


def test_a_place_is_kept_after_letters_that_fold_to_several(law):
    text = "œuvre ﬁne, İstanbul, ß, Ǆ : loi AGEC"
    (citation,) = citations.find(text)
    assert text[citation.start : citation.end] == "loi AGEC"


@given(st.text(max_size=300))
@settings(max_examples=200)
def test_folding_keeps_the_length(text):
    assert len(fold(text)) == len(text)


def test_a_range_of_two_letters_is_two_articles(law):
    assert cited("articles L. 2112-2 à R. 2152-7") == {f"{CODE}:L2112-2", f"{CODE}:R2152-7"}


def test_hostile_texts_are_read_without_harm(law):
    for text in TEXTS:
        for citation in citations.find(text):
            assert 0 <= citation.start < citation.end <= len(text)


SHAPES = [
    *pathological(4).keys(),
    "article ",
    "art. 58, ",
    "L. 2112-2 et ",
    "L. 2112-2 à ",
    "l.",
    "n° ",
    "loi ",
    "loi n° 2021-1104, ",
    "loi 2021-1104 et 2021-1104 et ",
    "code de la ",
    "1-",
    "re 2020 ",
    "loi climat et ",
]


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_costs_what_the_text_is_long(law, shape):
    known = pathological(4_000), pathological(16_000)
    small, large = (
        (each[shape] if shape in each else shape * (size // len(shape)))
        for each, size in zip(known, (4_000, 16_000), strict=True)
    )
    citations.find("loi AGEC")
    assert growth(citations.find, small, large) < LINEAR


def test_one_query_tells_that_the_vocabulary_is_still_right(law, django_assert_num_queries):
    citations.find("L. 2112-2")
    with django_assert_num_queries(1):
        citations.find("L. 2112-2")


def test_a_text_saved_cites_the_law(law):
    record_references(kind="answer", pk=7, paths=(), text="Voir L. 2112-2 et la loi AGEC.")
    rows = Reference.objects.filter(source_kind="answer", source_id=7)
    assert set(rows.values_list("target_kind", flat=True)) == {"legal_text", "legal_provision"}
    assert contents.cited_in("Voir le décret 2021-254.") == {
        ("legal_text", LegalText.objects.get(slug="decret-2021-254").pk)
    }


def test_what_was_written_before_its_text_was_known_is_found(law, jurist, run_tasks):
    before = AnswerFactory(body="La loi Démo-2031 s’applique, article 4.")
    other = AnswerFactory(body="Rien de tel.")
    text = LegalText(slug="demo", nature="law", short_title="Loi Démo-2031", title="Démonstration")
    actions.create_text(actor=jurist, text=text)
    run_tasks()
    rows = Reference.objects.filter(target_kind="legal_text", target_id=text.pk)
    assert set(rows.values_list("source_kind", "source_id")) == {("answer", before.pk)}
    late = AnswerFactory(body="Voir L. 9999-1.")
    code = LegalText.objects.get(slug=CODE)
    actions.create_provision(actor=jurist, provision=LegalProvision(text=code, label="L. 9999-1", title="Nouveau"))
    run_tasks()
    found = Reference.objects.filter(target_kind="legal_provision").values_list("source_id", flat=True)
    assert set(found) == {late.pk}
    assert other.pk not in found
    text.scope = "Tous"
    actions.edit_text(actor=jurist, text=text)
    assert not DBTaskResult.objects.filter(task_path__endswith="find_citations_again", status="READY").exists()


def test_the_address_of_a_text_is_a_reference_to_it(law):
    text = LegalText.objects.get(slug="loi-agec")
    assert contents.target_of_path(text.get_absolute_url()) == ("legal_text", text.pk)
    assert contents.target_of_path("/textes/inconnu/") is None
