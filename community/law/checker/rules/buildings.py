"""New buildings (RE2020 by use and date, its carbon steps), renewable energy installations."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..case import Case, sentences
from ..findings import Finding, Status
from ..purchase import NewBuild, PurchaseNature
from ..sources import Fact

LINES = {
    NewBuild.HOUSING: "re2020-logements",
    NewBuild.OFFICES: "re2020-bureaux-enseignement",
    NewBuild.SCHOOL: "re2020-bureaux-enseignement",
    NewBuild.EXTENSION: "re2020-extensions",
}
CARBON_STEPS = ("re2020-carbone-2025", "re2020-carbone-2028", "re2020-carbone-2031")
INSTALLATIONS = "ENE-PV"
# They may include an installation of production or storage: the contract tells.
MAY_INCLUDE_INSTALLATIONS = ("ENE", "BAT", "MOBI-IRV")


def is_building(case: Case) -> bool:
    """May the purchase bear on a new building? Design and works, and families of buildings."""
    purchase = case.purchase
    if purchase.nature == PurchaseNature.SUPPLIES:
        return purchase.is_in("BAT-MOD")
    if purchase.new_build is not None:
        return True
    return purchase.is_in("BAT-NEU", "BAT-MOD", "PI-MOE") or purchase.family in ("BAT", "PI")


def new_build(case: Case) -> tuple[Status, str, tuple[str, ...]]:
    purchase = case.purchase
    answer = purchase.new_build
    if answer == NewBuild.NONE:
        return Status.NOT_APPLICABLE, _("Elle concerne les constructions neuves. Votre achat n’en comporte pas."), ()
    if answer is None and purchase.family is None and purchase.nature != PurchaseNature.SUPPLIES:
        why = _(
            "Indiquez la famille, ou si l’achat comporte une construction neuve : la règle vise les bâtiments neufs."
        )
        return Status.TO_CHECK, why, ("family", "new_build")
    if not is_building(case):
        return Status.NOT_APPLICABLE, _("Elle concerne les constructions neuves, pas votre famille d’achats."), ()
    if answer is None:
        return Status.TO_CHECK, _("Dites si l’achat comporte une construction neuve, et son usage."), ("new_build",)
    if answer == NewBuild.OTHER:
        return (
            Status.TO_CHECK,
            _("Les textes relus visent logements, bureaux et écoles ; vérifiez l’usage du bâtiment."),
            (),
        )
    return Status.APPLIES, "", ()


def environmental_rules(case: Case) -> Iterator[Finding]:
    status, note, missing = new_build(case)
    line = case.law.lines.get(LINES.get(case.purchase.new_build or "", "re2020-logements"))
    if status == Status.APPLIES:
        status, note, missing = case.timing(line)
    if status == Status.APPLIES:
        note = _("La date du permis de construire peut compter plus que celle de la consultation : à rapprocher.")
    near = case.purchase.is_works or case.purchase.is_in("BAT") or case.purchase.new_build is not None
    yield case.finding(
        "re2020",
        _("La réglementation environnementale des bâtiments"),
        sentences(_("La RE2020 fixe l’énergie et le carbone des bâtiments neufs."), note),
        status,
        line=line,
        texts=["re2020"],
        missing=missing,
        is_near=near,
    )
    if status != Status.NOT_APPLICABLE:
        yield carbon_step(case, status, note, missing)


def carbon_step(case: Case, status: Status, note: str, missing: tuple[str, ...]) -> Finding:
    lines = [line for slug in CARBON_STEPS if (line := case.law.lines.get(slug))]
    begun = [line for line in lines if case.launch and line.since and line.since <= case.launch]
    line = begun[-1] if begun else (lines[0] if lines else None)
    if status == Status.APPLIES:
        status, note, missing = case.timing(line)
    if status == Status.APPLIES and case.purchase.new_build == NewBuild.EXTENSION:
        status, note = Status.TO_CHECK, _("Nous n’avons pas relu ce qu’il en est des extensions et du temporaire.")
    why = _("Les émissions du bâtiment, sur tout son cycle de vie, restent sous un plafond qui baisse par paliers.")
    after = following(lines, line)
    if status == Status.APPLIES and after and after.since:
        note = sentences(note, _("Palier suivant : %(year)s.") % {"year": after.since.year})
    return case.finding(
        "re2020_carbon",
        _("Le palier carbone de %(year)s") % {"year": line.since.year}
        if line and line.since
        else _("Le palier carbone"),
        sentences(why, note),
        status,
        line=line,
        texts=["re2020"],
        missing=missing,
        is_near=False,
    )


def following(lines: list[Fact], line: Fact | None) -> Fact | None:
    return next((each for each in lines if line and line.since and each.since and each.since > line.since), None)


def renewable_energy(case: Case) -> Iterator[Finding]:
    line = case.law.lines.get("energies-renouvelables")
    status, note, missing = case.timing(line)
    why = _(
        "Le contrat d’une installation de production ou de stockage d’énergie renouvelable prévoit des conditions "
        "environnementales."
    )
    near = case.purchase.is_in(INSTALLATIONS, "ENE")
    if case.purchase.family is None:
        if status != Status.NOT_YET:
            status, missing = Status.TO_CHECK, (*missing, "family")
            note = _("Indiquez la famille : la règle vise les énergies renouvelables.")
    elif not case.purchase.is_in(INSTALLATIONS):
        if not case.purchase.is_in(*MAY_INCLUDE_INSTALLATIONS):
            status, note, missing = Status.NOT_APPLICABLE, _("Votre famille d’achats n’est pas concernée."), ()
        elif status == Status.APPLIES:
            status, note = Status.CONDITIONAL, _("Si votre marché comporte une telle installation.")
    yield case.finding(
        "renewable_energy",
        _("Des conditions pour les énergies renouvelables"),
        sentences(why, note),
        status,
        line=line,
        articles=["loi-climat-et-resilience:35"],
        families=("ENE",),
        missing=missing,
        is_near=near,
    )
