"""The social condition of large contracts, its threshold and its exceptions (article L. 2112-2-1)."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from community.taxonomy.models import Pillar

from ..case import Case, Standing, sentences, stand_among
from ..findings import Finding, Status, ThresholdNote, Want
from ..purchase import Audience, PurchaseNature
from ..sources import Fact
from ..words import day_words, euros

STATE, OTHERS, ENTITIES = (f"ue-fournitures-services-{who}" for who in ("etat", "autres", "entites"))
# A university is an establishment of the State for some lists of buyers and not for others: both are possible.
SUPPLIES_AND_SERVICES = {
    Audience.STATE: (STATE,),
    Audience.UNIVERSITY: (STATE, OTHERS),
    Audience.ENTITY: (ENTITIES,),
    Audience.LOCAL: (OTHERS,),
    Audience.HEALTH: (OTHERS,),
    Audience.HOUSING: (OTHERS,),
    None: (STATE, OTHERS, ENTITIES),
}
SHORT_WORKS_MONTHS = 6


def european_keys(case: Case) -> tuple[str, ...]:
    """The European thresholds that may be the one of this purchase, given what was answered."""
    nature = case.purchase.nature
    if nature == PurchaseNature.WORKS:
        return ("ue-travaux",)
    if nature == PurchaseNature.CONCESSION:
        return ("ue-concessions",)
    keys = SUPPLIES_AND_SERVICES[case.purchase.buyer]
    return keys if nature is not None else (*keys, "ue-travaux", "ue-concessions")


def european_thresholds(case: Case) -> list[Fact]:
    """Those of the launch day; none when they are not published yet."""
    if case.launch is None:
        return []
    found = [case.law.threshold(key, case.launch) for key in european_keys(case)]
    return [fact for fact in found if fact] if all(found) else []


def note_of(case: Case) -> ThresholdNote:
    """The threshold to show: that of the launch, the highest when several are possible, or the latest known."""
    current = european_thresholds(case)
    facts = current or [fact for key in european_keys(case) if (fact := case.law.latest(key))]
    if not facts:
        return ThresholdNote()
    top = max(facts, key=lambda fact: fact.amount or 0)
    return ThresholdNote(amount=top.amount, until=top.until, is_latest_known=not current)


def against_threshold(case: Case) -> tuple[Status, str, tuple[str, ...]]:
    thresholds = european_thresholds(case)
    if not thresholds:
        latest = note_of(case)
        why = _("Le seuil européen n’est pas encore publié pour cette date.")
        if latest.until:
            why = _(
                "Le seuil européen n’est pas encore publié pour cette date : le dernier connu, %(amount)s, vaut "
                "jusqu’au %(day)s."
            ) % {"amount": latest, "day": day_words(latest.until)}
        return Status.TO_CHECK, why, ()
    lowest, highest = (euros(edge(fact.amount for fact in thresholds)) for edge in (min, max))
    standing = stand_among(case.purchase.amount, thresholds)
    if standing == Standing.UNKNOWN:
        return Status.TO_CHECK, _("Indiquez le montant estimé pour conclure."), case.missing("amount")
    if standing == Standing.BELOW:
        why = _("%(amount)s restent en dessous du seuil ; vous pouvez en prévoir une quand même.")
        return Status.NOT_APPLICABLE, why % {"amount": euros(case.purchase.amount)}, ()
    if standing == Standing.BETWEEN:
        why = _("Selon votre réponse, le seuil va de %(lowest)s à %(highest)s, et votre montant est entre les deux.")
        if case.purchase.buyer == Audience.UNIVERSITY:
            why = _("Selon le statut de votre établissement, le seuil est de %(lowest)s ou de %(highest)s.")
        return Status.TO_CHECK, why % {"lowest": lowest, "highest": highest}, case.missing("nature", "buyer")
    return Status.APPLIES, "", ()


def social_condition(case: Case) -> Iterator[Finding]:
    line = case.law.lines.get("condition-sociale")
    status, note, missing = case.timing(line)
    if status == Status.APPLIES:
        status, note, missing = against_threshold(case)
    articles = ["L2112-2-1"]
    if case.purchase.is_concession:
        articles = ["loi-climat-et-resilience:35"]
        if status == Status.APPLIES:
            status = Status.TO_CHECK
            note = _("L’article relu vise les marchés ; celui des concessions reste à relire.")
    elif case.purchase.nature is None and status == Status.APPLIES:
        status, missing = Status.TO_CHECK, ("nature",)
        note = _("Indiquez la nature : l’article relu vise les marchés, pas les concessions.")
    why = _("Une condition d’exécution relative au domaine social ou à l’emploi, à partir des seuils européens.")
    finding = case.finding(
        "social_condition",
        _("Une condition d’exécution sociale"),
        sentences(why, note),
        status,
        line=line,
        articles=articles,
        threshold=note_of(case),
        pillar=Pillar.SOCIAL,
        wants=Want.SOCIAL_CONDITION,
        missing=missing,
    )
    yield finding
    settled = not {"launch_date", "amount"} & set(missing)
    if finding.status in (Status.APPLIES, Status.TO_CHECK) and settled and not case.purchase.is_concession:
        yield exceptions(case)


def exceptions(case: Case) -> Finding:
    """Known by profession, not read again: never an answer. The one that the answers point to is « à vérifier »."""
    months = case.purchase.duration_months
    is_short = case.purchase.is_works and months is not None and months < SHORT_WORKS_MONTHS
    unknown = case.missing("duration_months") if case.purchase.is_works else ()
    others = _(
        "D’autres exceptions existeraient : solution immédiatement disponible, lien insuffisant avec l’objet, "
        "concurrence restreinte ou exécution difficile. Le choix se motive par écrit ; leur rédaction est à vérifier."
    )
    why = others
    if is_short:
        why = _(
            "Votre chantier dure %(months)s mois : la condition sociale pourrait être écartée, à condition de le "
            "motiver par écrit. Nous n’avons pas relu le texte exact de cette exception."
        ) % {"months": months}
    elif unknown:
        why = _("Indiquez la durée : des travaux de moins de six mois pourraient y échapper. %(others)s") % {
            "others": others
        }
    title = (
        _("L’exception des travaux de moins de six mois") if is_short else _("Les exceptions à la condition sociale")
    )
    finding = case.finding(
        "social_exceptions",
        title,
        why,
        Status.TO_CHECK if is_short or unknown else Status.CONDITIONAL,
        articles=["L2112-2-1"],
        pillar=Pillar.SOCIAL,
        missing=unknown,
    )
    return as_unverified(finding)


def as_unverified(finding: Finding) -> Finding:
    return replace(finding, is_verified=False, verified_on=None)
