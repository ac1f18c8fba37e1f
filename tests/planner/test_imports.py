"""Files of purchases: what is read, what is refused and why, what is taken back."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clauses.planner import exports
from clauses.planner.actions.imports import accept_family, import_purchases, undo_import
from clauses.planner.actions.plan import MAX_PURCHASES
from clauses.planner.imports.cells import BadCell, amount_of, day_of, text_of
from clauses.planner.imports.reading import MAX_BYTES, MAX_ROWS, Unreadable, read_rows
from clauses.planner.models import PlannedPurchase, PurchaseImport
from clauses.planner.selectors.purchases import rows_of
from community.core.errors import Refused
from community.taxonomy.models import CpvCode
from tests.factories import MemberFactory, PurchaseFamilyFactory

from .support import planned

pytestmark = pytest.mark.django_db
HEADER = "Objet;Montant (€ HT);Date de renouvellement;Code CPV;Famille"


def brought_in(member, text: str | bytes) -> PurchaseImport:
    data = text if isinstance(text, bytes) else text.encode()
    return import_purchases(actor=member, rows=read_rows(data), file_name="programmation.csv")


def outcomes(batch) -> list[tuple[int, str]]:
    return [(each["line"], each["outcome"]) for each in batch.lines]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", None),
        ("80000", Decimal(80_000)),
        ("80 000", Decimal(80_000)),
        ("80\u202f000,50\u00a0€", Decimal("80000.50")),
        ("1.200.000,00", Decimal(1_200_000)),
        ("80000.5 € HT", Decimal("80000.5")),
        ("640000 euros ht", Decimal(640_000)),
    ],
)
def test_amounts_are_read_as_they_are_written_in_france(cell, expected):
    assert amount_of(cell) == expected


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ("1,2 M", "Écrivez 1200000, sans lettre."),
        ("640 k€", "Écrivez 640000, sans lettre."),
        ("environ 80000", "Écrivez-le en chiffres"),
        ("0", "supérieur à zéro"),
        ("-5", "Écrivez-le en chiffres"),
        ("100000000000", "nombre de zéros"),
        ("8e4", "Écrivez-le en chiffres"),
        ("NaN", "Écrivez-le en chiffres"),
        ("٣٠٠٠", "Écrivez-le en chiffres"),
    ],
)
def test_an_amount_that_is_not_one_says_how_to_write_it(cell, advice):
    with pytest.raises(BadCell, match=advice):
        amount_of(cell)


@pytest.mark.parametrize("cell", ["30/06/2027", "30-06-2027", "30.6.2027", "2027-06-30", "2027-06-30 00:00:00"])
def test_days_are_read_in_their_usual_forms(cell):
    assert day_of(cell) == date(2027, 6, 30)


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ("31/06/2027", "Le 31 juin n’existe pas. Écrivez 30/06/2027."),
        ("29/02/2027", "Le 29 février n’existe pas. Écrivez 28/02/2027."),
        ("12/13/2027", "le jour, le mois, l’année"),
        ("juin 2027", "Écrivez-la ainsi"),
        ("30/06/27", "Écrivez-la ainsi"),
        ("30/06/2018", "entre 2019 et 2050"),
        ("30/06/2051", "entre 2019 et 2050"),
    ],
)
def test_a_day_that_is_not_one_says_how_to_write_it(cell, advice):
    with pytest.raises(BadCell, match=advice):
        day_of(cell)


@pytest.mark.parametrize("cell", ["=SOMME(A1:A9)", "+33 1", "-1+1", "@x", "＝1", "'=1 "])
def test_a_formula_is_refused_unless_our_export_made_it_harmless(cell):
    if cell.startswith("'"):
        assert text_of(cell) == "=1"
    else:
        with pytest.raises(BadCell, match="formule refusée"):
            text_of(cell)


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("cp1252"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace(";", "\t").encode(),
        lambda text: text.replace(";", ",").encode(),
    ],
)
def test_a_file_is_read_in_any_usual_encoding_and_separator(encode):
    rows = read_rows(encode('Objet;Début du marché\n"Éclairage ; rue";01/09/2027\n'.replace(" ; rue", " été")))
    assert [(row.line, row.cells["objet"]) for row in rows] == [(2, "Éclairage été")]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "vide"),
        (b"  \n ", "vide"),
        (b"Objet;Montant\nx;1", "debut_du_marche"),
        (b"Objet;Objet;Date\nx;y;z", "m\u00eame nom"),
        (b"Objet;Date\n", "premi\u00e8re ligne"),
        (b"PK\x03\x04\x00\x00", "format CSV"),
        (b"Objet;Date\n\x81\x8d", "Encodage"),
        (b"x" * (MAX_BYTES + 1), "1 Mo"),
        (b"Objet;Date\n" + b"a;01/01/2027\n" * (MAX_ROWS + 1), "lignes"),
    ],
)
def test_what_is_not_a_table_of_purchases_is_refused_whole(data, why):
    with pytest.raises(Unreadable, match=why):
        read_rows(data)


def test_good_lines_come_in_together_and_each_other_one_says_why():
    family = PurchaseFamilyFactory(code="EV", label="Espaces verts", cpv_prefixes=["773"])
    CpvCode.objects.create(code="77310000", label="Plantation", level="classe")
    member = MemberFactory()
    planned(member, title="Mobilier des médiathèques", amount=140_000)
    batch = brought_in(
        member,
        f"{HEADER}\n"
        "Tonte et fauchage;310 000;01/03/2028;77310000;\n"
        "Plantation de haies;;01/03/2028;;Espaces verts\n"
        "Assurance flotte;38 000;31/06/2027;;\n"
        "Repas portés;1,2 M;01/01/2027;;\n"
        "=SOMME(A1:A9);12 000;01/01/2027;;\n"
        "mobilier des mediatheques;140 000;01/01/2028;;\n"
        "Plantation de haies;;02/03/2028;;\n"
        ";5;01/01/2028;;\n"
        "Livres;5;;;\n"
        "Livres;5;01/01/2028;99999999;\n"
        "Livres;5;01/01/2028;;Poissons\n"
        "Livres;5;01/01/2028;;;trop\n"
        ";;;;\n",
    )
    assert (batch.line_count, batch.added_count) == (12, 2)
    assert outcomes(batch) == [
        (2, "proposed"),
        *((line, "refused") for line in (4, 5, 6)),
        (7, "double"),
        (8, "double"),
        *((line, "refused") for line in (9, 10, 11, 12, 13)),
    ]
    first, second = PlannedPurchase.objects.filter(came_from=batch).order_by("pk")
    assert (first.title, first.amount, first.family, first.cpv.code) == ("Tonte et fauchage", 310_000, None, "77310000")
    assert (second.family, second.amount) == (family, None)
    accept_family(actor=member, batch=batch, line=2, family=family)
    first.refresh_from_db()
    batch.refresh_from_db()
    assert first.family == family
    assert outcomes(batch)[0] == (2, "added")


def test_a_list_that_is_full_takes_nothing_of_the_file():
    member = MemberFactory()
    PlannedPurchase.objects.bulk_create(
        [
            PlannedPurchase(owner=member, title=f"Achat {number}", starts_on=date(2028, 1, 1))
            for number in range(MAX_PURCHASES - 1)
        ]
    )
    with pytest.raises(Refused):
        brought_in(member, "Objet;Date\nUn;01/01/2028\nDeux;01/01/2028\n")
    assert PlannedPurchase.objects.count() == MAX_PURCHASES - 1
    assert not PurchaseImport.objects.exists()


def test_undoing_takes_back_what_nobody_touched_and_keeps_the_rest():
    member = MemberFactory()
    batch = brought_in(member, "Objet;Date\nUn;01/01/2028\nDeux;01/01/2028\nTrois;01/01/2028\n")
    touched = PlannedPurchase.objects.get(title="Deux")
    touched.shares.create(member=MemberFactory(), role="reader")
    assert undo_import(actor=member, batch=batch) == (2, 1)
    assert list(PlannedPurchase.objects.all()) == [touched]


def test_the_export_is_harmless_in_a_spreadsheet_and_comes_back_as_it_was():
    member, other = MemberFactory(), MemberFactory()
    hostile = '=HYPERLINK("http://evil.example","x")'
    planned(member, title=hostile, notes="@SUM(1)\nsuite; « fin »", amount=Decimal("80000.50"), social_clause=True)
    text = exports.csv_of(rows_of(member, PlannedPurchase.objects.all()))
    assert text.startswith("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(text[1:]), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert brought_in(other, text.encode()).added_count == 1
    same = ("title", "notes", "amount", "starts_on", "social_clause")
    assert len({PlannedPurchase.objects.values_list(*same).get(owner=owner) for owner in (member, other)}) == 1


def sent_file(client, data: bytes, token: str = "", name: str = "programmation.csv"):
    fields = {"file": SimpleUploadedFile(name, data, "text/csv"), "client_token": token}
    return client.post(reverse("purchase_import"), fields, follow=True)


def test_the_page_takes_a_file_once_and_shows_its_report(client):
    client.force_login(MemberFactory())
    token = "0b0b7f6e-6f0e-4a43-9a87-0d9a3f5f2c11"
    data = b"Objet;Date\nLinge;01/01/2028\nRepas <b>;31/06/2027\n"
    for _time in range(2):
        page = sent_file(client, data, token)
        assert page.status_code == 200
        assert "Le 31 juin n’existe pas." in page.content.decode()
        assert "Repas &lt;b&gt;" in page.content.decode()
    assert PlannedPurchase.objects.count() == PurchaseImport.objects.count() == 1
    batch = PurchaseImport.objects.get()
    refused = client.get(reverse("import_refused", args=[batch.pk])).content.decode()
    assert "Repas <b>" in refused
    assert "Linge" not in refused
    client.post(reverse("import_undo", args=[batch.pk]))
    assert not PlannedPurchase.objects.exists()


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00", b"Objet\nx", b"x" * (MAX_BYTES + 10)])
def test_a_file_that_is_not_read_is_said_and_nothing_is_kept(client, data):
    client.force_login(MemberFactory())
    page = sent_file(client, data)
    assert page.status_code == 422
    assert not PurchaseImport.objects.exists()


def test_the_model_file_is_read_by_the_import():
    assert [row.problem for row in read_rows(exports.model_file().encode())] == [""]
