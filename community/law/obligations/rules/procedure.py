"""Publicity, documents online, figures to publish, what may be asked of candidates."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from community.core.ui import day_words
from community.taxonomy.models import Pillar

from ..case import Case, Standing, sentences, stand_among
from ..findings import Finding, Status, ThresholdNote
from ..purchase import PurchaseNature
from ..sources import Fact
from ..words import euros, millions
from . import european

DISPENSES = {
    PurchaseNature.SUPPLIES: ("dispense-fournitures-services",),
    PurchaseNature.SERVICES: ("dispense-fournitures-services",),
    PurchaseNature.WORKS: ("dispense-travaux",),
    None: ("dispense-fournitures-services", "dispense-travaux"),
}
LINES = {"dispense-fournitures-services": "fournitures-services-60-000", "dispense-travaux": "travaux-100-000"}


def possible(case: Case, *keys: str) -> list[Fact]:
    """The periods that may be those of this launch: of its day or, without one, all of them."""
    if case.launch is None:
        return [period for key in keys for period in case.law.periods(key)]
    return [fact for key in keys if (fact := case.law.threshold(key, case.launch))]


def note_of(facts: list[Fact]) -> ThresholdNote:
    if not facts:
        return ThresholdNote()
    last = facts[-1]
    return ThresholdNote(amount=last.amount, until=last.until)


def publicity(case: Case) -> Iterator[Finding]:
    """R. 2122-8: supplies and services leave the dispense at its very amount; works have it up to theirs, included."""
    if case.purchase.is_concession:
        yield case.finding(
            "publicity",
            _("La dispense de publicité selon le montant"),
            _("Elle vise les marchés ; une concession suit ses propres règles."),
            Status.NOT_APPLICABLE,
            articles=["R2122-8"],
            is_near=False,
            pillar=Pillar.ECONOMY,
        )
        return
    keys = DISPENSES[case.purchase.nature]
    facts = possible(case, *keys)
    status, why, missing = judge_publicity(case, facts)
    line = case.law.lines.get(LINES[keys[0]])
    yield case.finding(
        "publicity",
        _("Une publicité et une mise en concurrence"),
        why,
        status,
        line=line,
        articles=["R2122-8"],
        texts=["decret-2025-1386"],
        threshold=note_of(facts),
        since=facts[-1].since if facts else None,
        until=facts[-1].until if facts else None,
        pillar=Pillar.ECONOMY,
        missing=missing,
    )


def judge_publicity(case: Case, facts) -> tuple[Status, str, tuple[str, ...]]:
    """Status, reason, and the answers without which nothing can be said."""
    if not facts:
        return Status.TO_CHECK, _("Nous ne connaissons pas le montant de la dispense à cette date."), ()
    standing = stand_among(case.purchase.amount, facts)
    if standing not in (Standing.REACHED, Standing.BELOW):
        why = _("La dispense dépend du montant, de la nature et de la date : complétez vos réponses pour conclure.")
        return Status.TO_CHECK, why, case.missing("amount", "nature", "launch_date")
    if all(fact.to_check for fact in facts):
        why = _("Le montant de la dispense à cette date n’a pas été relu : à vérifier avant de s’en servir.")
        return Status.TO_CHECK, why, ()
    if standing == Standing.REACHED:
        return Status.APPLIES, _("Votre montant n’entre pas dans la dispense de publicité."), ()
    why = _("%(amount)s : un marché de ce montant peut se passer de publicité et de mise en concurrence.")
    return Status.NOT_APPLICABLE, why % {"amount": euros(case.purchase.amount)}, ()


def online_documents(case: Case) -> Iterator[Finding]:
    """R. 2132-2: from this amount, when a notice is published, which works that have their dispense may do without."""
    facts = possible(case, "documents-gratuits")
    standing = stand_among(case.purchase.amount, facts)
    why = _("Dès l’avis publié, le dossier de consultation est gratuit, complet et en ligne.")
    missing: tuple[str, ...] = ()
    if case.purchase.is_concession:
        status, why = Status.NOT_APPLICABLE, _("L’article vise les marchés ; une concession suit ses propres règles.")
    elif not facts:
        status, why = Status.TO_CHECK, _("Nous ne connaissons pas le montant à cette date.")
    elif standing == Standing.BELOW:
        status, why = Status.NOT_APPLICABLE, _("Votre montant reste en dessous.")
    elif standing == Standing.REACHED and may_skip_notice(case):
        status = Status.CONDITIONAL
        why = _(
            "Si vous publiez un avis, que ce montant ne vous impose pas : le dossier est alors gratuit et en ligne."
        )
    elif standing == Standing.REACHED and case.purchase.nature is not None:
        status = Status.APPLIES
    else:
        status, missing = Status.TO_CHECK, case.missing("amount", "nature", "launch_date")
        why = sentences(why, _("Complétez vos réponses pour conclure."))
    yield case.finding(
        "online_documents",
        _("Un dossier de consultation gratuit et en ligne"),
        why,
        status,
        line=case.law.lines.get("fournitures-services-60-000"),
        articles=["R2132-2"],
        threshold=note_of(facts),
        since=facts[-1].since if facts else None,
        until=facts[-1].until if facts else None,
        pillar=Pillar.ECONOMY,
        missing=missing,
    )


def may_skip_notice(case: Case) -> bool:
    if not case.purchase.is_works:
        return False
    return stand_among(case.purchase.amount, possible(case, "dispense-travaux")) == Standing.BELOW


def european_procedure(case: Case) -> Iterator[Finding]:
    below = _("%(amount)s restent en dessous du seuil européen.")
    status, note, missing = Status.TO_CHECK, "", case.missing("launch_date")
    if case.launch is None:
        note = _("Indiquez la date de lancement : les seuils européens changent tous les deux ans.")
    else:
        status, note, missing = european.against_threshold(case, below)
    if status == Status.APPLIES:
        note = _("Vous atteignez le seuil européen : la consultation suit une procédure formalisée.")
        if case.purchase.is_concession:
            note = _("Vous atteignez le seuil européen : l’avis de concession paraît aussi au niveau européen.")
    yield case.finding(
        "european_procedure",
        _("Une procédure européenne formalisée"),
        note,
        status,
        line=case.law.lines.get("seuils-europeens-2026"),
        texts=[f"reglement-2025-{number}" for number in (2150, 2151, 2152)],
        threshold=european.note_of(case),
        since=None,
        until=None,
        pillar=Pillar.ECONOMY,
        missing=missing,
        is_near=False,
    )


def optional_exclusions(case: Case) -> Iterator[Finding]:
    line = case.law.lines.get("spaser-tous-acheteurs")
    status, note, missing = case.timing(line)
    why = _(
        "Facultatif : une entreprise tenue d’établir un bilan de ses émissions et qui ne l’a pas fait peut être "
        "écartée, si vous le prévoyez."
    )
    yield case.finding(
        "optional_exclusions",
        _("Un motif d’exclusion que vous pouvez retenir"),
        sentences(why, note),
        Status.CONDITIONAL if status == Status.APPLIES else status,
        line=line,
        texts=["loi-industrie-verte"],
        missing=missing,
        is_near=False,
    )


def essential_data(case: Case) -> Iterator[Finding]:
    line = case.law.lines.get("donnees-essentielles")
    status, note, missing = case.timing(line)
    facts = case.law.periods("donnees-essentielles")
    if status == Status.APPLIES:
        facts = possible(case, "donnees-essentielles")
        standing = stand_among(case.purchase.amount, facts)
        if standing == Standing.UNKNOWN:
            status, note, missing = (
                Status.TO_CHECK,
                _("Indiquez le montant estimé pour conclure."),
                case.missing("amount"),
            )
        elif standing == Standing.BELOW:
            status, note = Status.NOT_APPLICABLE, _("Votre montant reste en dessous.")
    yield case.finding(
        "essential_data",
        _("Les données essentielles, considérations comprises"),
        sentences(_("À publier sur data.gouv.fr dans les deux mois."), note),
        status,
        line=line,
        texts=["arretes-2022-12-22"],
        threshold=note_of(facts),
        pillar=Pillar.ECONOMY,
        missing=missing,
    )


def turnover(case: Case) -> Iterator[Finding]:
    line = case.law.lines.get("chiffre-d-affaires")
    status, note, missing = case.timing(line)
    why = _(
        "Si vous demandez un chiffre d’affaires aux candidats, il ne dépasse pas 1,5 fois le montant du marché. Si "
        "l’attributaire fait défaut, le marché peut aller à l’offre suivante."
    )
    yield case.finding(
        "turnover",
        _("Le chiffre d’affaires demandé aux candidats"),
        sentences(why, note),
        Status.CONDITIONAL if status == Status.APPLIES else status,
        line=line,
        texts=["decret-2025-1383"],
        pillar=Pillar.ECONOMY,
        missing=missing,
        is_near=False,
    )


# Extended on 24 October 2023 to all buyers: before, the scheme bound local authorities only.
FIRST_BOUND = "local"


def spaser(case: Case) -> Iterator[Finding]:
    """Yearly spending is never asked: the condition is shown. The law says « supérieur à »: strictly above."""
    launch = case.launch or case.today
    line = case.law.lines.get("spaser-tous-acheteurs")
    earlier = case.law.lines.get("spaser-50-millions")
    if line and line.since and launch < line.since:
        line = earlier
    period = case.law.threshold("spaser", launch)
    buyer = case.purchase.buyer
    only_local = line is not None and line is earlier
    why = _(
        "Si vos dépenses de l’année civile dépassent ce montant, votre organisation adopte et publie un schéma de "
        "promotion des achats responsables ; il ne change rien aux pièces de ce marché."
    )
    status = Status.CONDITIONAL
    if only_local and buyer not in (None, FIRST_BOUND):
        status = Status.NOT_APPLICABLE
        why = _("Jusqu’au %(day)s, le schéma ne visait que les collectivités.") % {
            "day": day_words(eve_of_all_buyers(case))
        }
    yield case.finding(
        "spaser",
        _("Le schéma de promotion des achats responsables (SPASER)"),
        why,
        status,
        line=line,
        articles=["L2111-3"],
        texts=[] if only_local else ["loi-industrie-verte"],
        threshold=spaser_threshold(period),
        pillar=Pillar.SOCIAL,
    )


def eve_of_all_buyers(case: Case) -> date:
    return case.law.lines["spaser-tous-acheteurs"].since - timedelta(days=1)


def spaser_threshold(period: Fact | None) -> ThresholdNote:
    if period is None or period.amount is None:
        return ThresholdNote()
    return ThresholdNote(
        text=_("Plus de %(amount)s de dépenses par an") % {"amount": millions(period.amount)}, amount=period.amount
    )
