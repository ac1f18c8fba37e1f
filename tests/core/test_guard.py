import pytest

from community.core.guard import MAX_FINDINGS, inspect
from tests.support.cost import LINEAR, growth
from tests.support.hostile import TEXTS


def seen(text: str) -> list[tuple[str, str]]:
    return [(finding.kind, finding.excerpt) for finding in inspect(text)]


@pytest.mark.parametrize(
    ("text", "kind", "excerpt"),
    [
        ("L’offre de l’entreprise classée deuxième était à 412 000 €, avec une marge de…", "price", "412 000 €"),
        ("Le candidat a proposé 12,5 k€ HT.", "price", "12,5 k€"),
        ("Nous avons reçu un devis de 1\u202f234,56 euros.", "price", "1\u202f234,56 euros"),
        ("L’attributaire facture 3 M€ par an.", "price", "3 M€"),
        ("La SARL Dupont Frères a répondu.", "company", "SARL Dupont Frères"),
        ("Nous avons retenu Nettoyage Martin SARL.", "company", "Nettoyage Martin SARL"),
        ("La société Durand & Fils est en retard.", "company", "société Durand & Fils"),
        ("Titulaire : SAS Propreté Ouest", "company", "SAS Propreté Ouest"),
        ("C’est le marché n° 2026-TRX-012.", "procedure_number", "2026-TRX-012"),
        ("Voir 2026-TRX-012 en pièce jointe", "procedure_number", "2026-TRX-012"),
        ("La consultation 26F0123 est ouverte.", "procedure_number", "26F0123"),
        ("Annonce BOAMP n° 26-12345", "procedure_number", "26-12345"),
        ("L’accord-cadre n°\u202f2025S0042 expire.", "procedure_number", "2025S0042"),
        ("Mme Sophie Lambert m’a répondu.", "person", "Mme Sophie Lambert"),
        ("Contactez M. de Villiers", "person", "M. de Villiers"),
        ("Écrire à j.dupont@acme.fr", "email", "j.dupont@acme.fr"),
        ("Tél. 06 12 34 56 78, le matin", "phone", "06 12 34 56 78"),
        ("ou au +33 6 12 34 56 78", "phone", "+33 6 12 34 56 78"),
        ("SIRET 732 829 320 00074", "siret", "732 829 320 00074"),
        ("La Poste : 35600000049837", "siret", "35600000049837"),
        ("SIREN : 732829320", "siret", "732829320"),
    ],
)
def test_what_looks_confidential_is_pointed_at(text, kind, excerpt):
    assert seen(text) == [(kind, excerpt)]


@pytest.mark.parametrize(
    "text",
    [
        "Le seuil est de 216 000 € HT.",
        "les offres de moins de 40 000 € HT sont dispensées",
        "Au-dessus de 90 000 € HT, l’offre est publiée au BOAMP.",
        "Les offres au-delà de 5 404 000 € HT",
        "Le marché est estimé à 180 000 € HT.",
        "Un budget de 80 000 €, quelles offres attendre ?",
        "Le titulaire encourt une pénalité de 500 € par jour.",
        "Une prime de 2 500 € pour chaque candidat",
        "Le critère prix vaut 40 points sur 100.",
        "Madame, Monsieur,",
        "Monsieur le Maire a signé.",
        "M. X a répondu, Mme XX aussi.",
        "Le coût atteint 200 M. Le total suit.",
        "Le lot n° 1 du marché n° 12",
        "marché n° X",
        "l’article L2113-12 du code de la commande publique",
        "le décret n° 2021-254 du 9 mars 2021 et la loi n° 2020-105",
        "le règlement (UE) 2024/1781",
        "la norme NF-2019-12 ou ISO-2015-001",
        "Avis du Conseil d’État n° 401234",
        "La SAS attributaire et la SARL sortante",
        "les SCOP et les SCIC, une SA d’HLM",
        "une Entreprise Adaptée (EA) ou l’entreprise A et l’entreprise B",
        "le CPV 30213100-6",
        "les codes postaux 35000 et 02100",
        "en 2026, 10 000 repas pour 350 agents",
        "le numéro 12345678901234 n’est pas un SIRET",
        "https://example.fr/0612345678?mail=a@b.fr",
        "@[Mme Sophie Lambert](membre:a1b2), qu’en pensez-vous ?",
    ],
)
def test_what_is_public_is_left_alone(text):
    assert seen(text) == []


def test_findings_come_in_order_with_their_place_and_a_remedy():
    text = "Mme Anne Roy (06 12 34 56 78) de la SARL Dupont a remis une offre à 412 000 €."
    findings = inspect(text)
    assert [finding.kind for finding in findings] == ["person", "phone", "company", "price"]
    for finding in findings:
        assert text[finding.start : finding.end] == finding.excerpt
        assert finding.message.startswith("Ceci ressemble")


def test_findings_are_capped():
    assert len(inspect("a@b.fr " * 1_000)) == MAX_FINDINGS


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:30]))
def test_hostile_text_is_survived(text):
    for finding in inspect(text):
        assert text[finding.start : finding.end] == finding.excerpt


@pytest.mark.parametrize(
    "piece",
    [
        "A",
        "Aa ",
        "1 ",
        "1",
        "a@",
        "a.",
        "SARL ",
        "M. ",
        "M. Ab ",
        "12 € offre ",
        "0",
        "01 ",
        "marché n° ",
        "2026-A-1 ",
        "A’",
        "A&",
    ],
)
def test_the_cost_is_proportional_to_the_length(piece):
    assert growth(inspect, piece * (10_000 // len(piece)), piece * (40_000 // len(piece))) < LINEAR
