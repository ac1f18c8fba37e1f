"""A dozen and more invented purchases, for the accounts of the demonstration."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from clauses.planner.models import PlannedPurchase, PlannerSettings, PurchaseShare, StepDone
from clauses.planner.vocabularies import ShareRole, Status, Step
from community.core.demo import Demo
from community.taxonomy.models import PurchaseFamily
from community.taxonomy.procurement import Procedure


@dataclass(frozen=True, kw_only=True)
class Invented:
    """`starts_in` is in days from today; `done` says how many days ago a step was done, and in what words."""

    by: str
    title: str
    family: str
    amount: int | None
    nature: str
    starts_in: int
    procedure: str = Procedure.OPEN_CALL
    social: bool = False
    seen: bool = False
    status: str = Status.PLANNED
    done: tuple[tuple[str, int, str], ...] = ()
    shared: tuple[tuple[str, str], ...] = ()
    notes: str = ""


EDITOR, READER = ShareRole.EDITOR, ShareRole.READER
SOURCED = "Quatre entreprises rencontrées, dont une structure d’insertion."
PURCHASES = (
    Invented(by="nora", title="Nettoyage de douze sites", family="NET", amount=640_000, nature="services",
             starts_in=283, social=True, seen=True, done=((Step.SOURCE, 33, SOURCED),), shared=(("simon", EDITOR),),
             notes="Marché actuel en deux lots. Les gymnases demandent un passage le dimanche soir."),
    Invented(by="nora", title="Restauration scolaire, quatre ans", family="ALI", amount=1_800_000, nature="services",
             starts_in=305, social=True, seen=True, shared=(("simon", EDITOR), ("hugues", READER)),
             notes="1 900 repas par jour, deux lots : repas livrés, épicerie sèche."),
    Invented(by="nora", title="Mobilier des médiathèques", family="MOB", amount=140_000, nature="supplies",
             starts_in=406, notes="Qui peut livrer 90 chaises réemployées identiques ?"),
    Invented(by="nora", title="Vêtements de travail", family="TEX", amount=95_000, nature="supplies", starts_in=330,
             procedure=Procedure.ADAPTED, seen=True),
    Invented(by="nora", title="Tonte et fauchage tardif", family="EV", amount=310_000, nature="services",
             starts_in=464, social=True, shared=(("hugues", READER),)),
    Invented(by="nora", title="Location de véhicules électriques", family="MOBI", amount=210_000, nature="services",
             starts_in=190, done=((Step.SOURCE, 70, "Trois loueurs, délai de livraison de cinq mois."),)),
    Invented(by="nora", title="Fournitures de bureau", family="FOU", amount=60_000, nature="supplies", starts_in=45,
             procedure=Procedure.ADAPTED, status=Status.LAUNCHED,
             done=((Step.SOURCE, 150, ""), (Step.OBLIGATIONS, 110, ""), (Step.LAUNCH, 60, "Avis au BOAMP."))),
    Invented(by="nora", title="Collecte des papiers de bureau", family="DEC", amount=48_000, nature="services",
             starts_in=-40, procedure=Procedure.ADAPTED, status=Status.AWARDED),
    Invented(by="maelys", title="Location et entretien du linge", family="TEX", amount=920_000, nature="services",
             starts_in=360, social=True, seen=True, notes="Consommation d’eau par kilo de linge à demander."),
    Invented(by="maelys", title="Repas des internes", family="ALI", amount=480_000, nature="services", starts_in=300,
             seen=True),
    Invented(by="maelys", title="Dispositifs de bionettoyage", family="NET", amount=75_000, nature="supplies",
             starts_in=150, procedure=Procedure.ADAPTED),
    Invented(by="ines", title="Denrées pour la cuisine centrale", family="ALI", amount=1_250_000, nature="supplies",
             starts_in=300, seen=True),
    Invented(by="bastien", title="Ordinateurs reconditionnés", family="NUM", amount=190_000, nature="supplies",
             starts_in=240, seen=True),
    Invented(by="marcel", title="Réfection du préau", family="BAT", amount=85_000, nature="works", starts_in=260,
             procedure=Procedure.ADAPTED, notes="Voir avec le syndicat si un groupement est possible."),
)  # fmt: skip


def load_purchases(demo: Demo) -> None:
    families = {family.code: family for family in PurchaseFamily.objects.filter(parent=None)}
    today = demo.now.date()
    for invented in PURCHASES:
        if invented.by in demo.members:
            load_purchase(demo, invented, families, today)
    if "nora" in demo.members:
        PlannerSettings.objects.get_or_create(member=demo.members["nora"], defaults={"weekly_mail": True})


def load_purchase(demo: Demo, invented: Invented, families: dict, today: date) -> None:
    owner = demo.members[invented.by]
    purchase, new = PlannedPurchase.objects.get_or_create(
        owner=owner,
        client_token=uuid5(NAMESPACE_URL, f"entraide-demo/{invented.by}/{invented.title}"),
        defaults={
            "title": invented.title,
            "family": families.get(invented.family),
            "amount": Decimal(invented.amount) if invented.amount else None,
            "nature": invented.nature,
            "procedure": invented.procedure,
            "organisation": owner.organisation.name if owner.organisation else "",
            "starts_on": today + timedelta(days=invented.starts_in),
            "social_clause": invented.social,
            "visible_to_peers": invented.seen,
            "status": invented.status,
            "notes": invented.notes,
        },
    )
    if not new:
        return
    for step, days_ago, note in invented.done:
        StepDone.objects.create(
            purchase=purchase, step=step, done_on=today - timedelta(days=days_ago), note=note, by=owner
        )
    for name, role in invented.shared:
        if name in demo.members:
            PurchaseShare.objects.create(purchase=purchase, member=demo.members[name], role=role)
    demo.contents[f"purchase:{invented.title}"] = purchase
    demo.report.did("achats à venir")
