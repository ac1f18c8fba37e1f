"""What every contract owes to the environment since 21 August 2026 (article 35 of the law of 22 August 2021)."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from community.core.ui import day_words

from ..case import Case, sentences
from ..findings import Finding, Status, ThresholdNote, Want

A_YEAR = timedelta(days=365)


def no_threshold() -> ThresholdNote:
    return ThresholdNote(text=_("Aucun, dès le premier euro"))


def example(case: Case) -> str:
    """What the condition may bear on, for the family."""
    examples = {
        "ALI": _("contenants, livraison, produits, déchets"),
        "BAT": _("matériaux, réemploi, déchets, énergie du chantier"),
        "TP": _("matériaux, engins, déblais, déchets"),
        "NUM": _("reconditionné, durée d’usage, réparation, fin de vie"),
        "MOB": _("réemploi, matières recyclées, réparation"),
        "TEX": _("fibres recyclées, lavage, seconde vie"),
        "MOBI": _("motorisation, conduite, entretien"),
        "EV": _("eau, sols, espèces, produits"),
        "NET": _("produits, dosage, eau, déchets"),
        "ENE": _("origine de l’énergie, sobriété, suivi"),
    }
    return examples.get(case.purchase.top_family or "", _("matériaux, livraison, énergie, déchets"))


def environmental_condition(case: Case) -> Iterator[Finding]:
    line = case.law.lines.get("condition-environnementale")
    status, note, missing = case.timing(line)
    why = _("Au moins une clause du contrat prend en compte l’environnement pendant l’exécution : %(what)s.")
    why %= {"what": example(case)}
    articles = ["L2112-2", "loi-climat-et-resilience:35"]
    if status == Status.APPLIES and case.purchase.is_concession:
        status, articles = Status.TO_CHECK, ["loi-climat-et-resilience:35"]
        note = _("L’article relu vise les marchés ; celui des concessions reste à relire. Prévoyez la condition.")
    elif status == Status.APPLIES and case.purchase.nature is None:
        status, missing = Status.TO_CHECK, ("nature",)
        note = _("Indiquez la nature : l’article relu vise les marchés, pas les concessions.")
    yield case.finding(
        "env_condition",
        _("Une condition d’exécution environnementale"),
        sentences(why, note),
        status,
        line=line,
        articles=articles,
        threshold=no_threshold(),
        wants=Want.CONDITION,
        missing=missing,
    )


def environmental_criterion(case: Case) -> Iterator[Finding]:
    line = case.law.lines.get("critere-environnemental")
    status, note, missing = case.timing(line)
    why = _(
        "Le prix seul ne suffit plus : un critère au moins porte sur les caractéristiques environnementales de "
        "l’offre, ou le critère unique est un coût global qui les intègre."
    )
    by_nature = {None: ["R2152-7", "R3124-4"], "concession": ["R3124-4"]}
    if case.purchase.is_concession:
        why = _("Un critère au moins prend en compte l’environnement dans l’attribution de la concession.")
    yield case.finding(
        "env_criterion",
        _("Un critère d’attribution environnemental"),
        sentences(why, note),
        status,
        line=line,
        articles=by_nature.get(case.purchase.nature, ["R2152-7"]),
        threshold=no_threshold(),
        wants=Want.CRITERION,
        missing=missing,
    )


def concession_report(case: Case) -> Iterator[Finding]:
    line = case.law.lines.get("critere-environnemental")
    status, note, missing = case.timing(line)
    why = _("Le rapport annuel du concessionnaire décrit ce qu’il fait pour l’environnement et l’insertion.")
    if case.purchase.nature is None and status != Status.NOT_YET:
        status, missing = Status.TO_CHECK, (*missing, "nature")
        note = _("Indiquez la nature : la règle ne vise que les concessions.")
    elif case.purchase.nature is not None and not case.purchase.is_concession:
        status, note, missing = Status.NOT_APPLICABLE, _("Votre achat n’est pas une concession."), ()
    yield case.finding(
        "concession_report",
        _("Le rapport annuel du concessionnaire"),
        sentences(why, note),
        status,
        line=line,
        articles=["R3131-3"],
        threshold=no_threshold(),
        missing=missing,
        is_near=case.purchase.is_concession,
    )


def specifications(case: Case) -> Iterator[Finding]:
    line = case.law.lines.get("condition-environnementale")
    status, note, missing = case.timing(line)
    why = _("Les spécifications techniques prennent en compte des objectifs de développement durable.")
    if status == Status.NOT_YET:
        note = sentences(note, _("Le principe de l’article L. 3-1 vaut déjà, sans pièce à produire."))
    if case.purchase.is_concession:
        status, missing = Status.NOT_APPLICABLE, ()
        note = _("L’article vise les marchés, pas les concessions.")
    elif case.purchase.nature is None and status == Status.APPLIES:
        status, missing = Status.TO_CHECK, ("nature",)
        note = _("Indiquez la nature : l’article vise les marchés, pas les concessions.")
    yield case.finding(
        "specifications",
        _("Des spécifications qui tiennent compte du développement durable"),
        sentences(why, note),
        status,
        line=line,
        articles=["L2111-2", "L3-1"],
        threshold=no_threshold(),
        missing=missing,
        is_near=False,
    )


def postponement(case: Case) -> Iterator[Finding]:
    """A launch more than a year ahead: the law may have moved by then."""
    if case.launch is None or case.launch <= case.today + A_YEAR:
        return
    why = _(
        "Aucun texte lu à ce jour ne reporte ni n’assouplit ces obligations. Votre lancement est prévu le %(day)s, "
        "dans plus d’un an : refaites cette vérification un mois avant."
    )
    yield case.finding(
        "postponement",
        _("Un report de l’article 35 d’ici là"),
        why % {"day": day_words(case.launch)},
        Status.TO_CHECK,
        articles=["loi-climat-et-resilience:35"],
    )
