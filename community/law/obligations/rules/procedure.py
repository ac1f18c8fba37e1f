"""Publicity, European procedure, essential data, purchasing scheme: what follows from the amount and the buyer."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from ...models import Audience
from ..lawbook import LawBook
from ..purchase import Finding, Purchase, PurchaseNature, Status
from ..words import day_words, euros
from .support import found, on_time

SCHEME_LOCAL_SINCE = date(2023, 1, 1)
SCHEME_ALL_SINCE = date(2023, 10, 24)
TURNOVER_RATIO = Decimal("1.5")
FAR = timedelta(days=365)


def european_key(purchase: Purchase) -> str:
    if purchase.nature == PurchaseNature.WORKS:
        return "ue-travaux"
    if purchase.is_concession:
        return "ue-concessions"
    if purchase.buyer == Audience.STATE:
        return "ue-fournitures-services-etat"
    if purchase.buyer == Audience.ENTITY:
        return "ue-fournitures-services-entites"
    return "ue-fournitures-services-autres"


def may_be_central(purchase: Purchase, law: LawBook) -> bool:
    """A university may count as the State's, whose threshold is lower: between the two we do not conclude."""
    if purchase.buyer != Audience.UNIVERSITY or not purchase.is_goods_or_services:
        return False
    state = law.threshold("ue-fournitures-services-etat", purchase.launch)
    return state is not None and purchase.amount >= state.amount


def publicity_key(purchase: Purchase) -> str:
    return "dispense-travaux" if purchase.nature == PurchaseNature.WORKS else "dispense-fournitures-services"


def publicity_status(purchase: Purchase, law: LawBook) -> Status:
    """From the amount of the dispense. At the very amount, for works, our sources do not agree."""
    threshold = law.threshold(publicity_key(purchase), purchase.launch)
    if purchase.is_concession or threshold is None:
        return Status.TO_CHECK
    if purchase.nature == PurchaseNature.WORKS and purchase.amount == threshold.amount:
        return Status.TO_CHECK
    return Status.APPLIES if purchase.amount >= threshold.amount else Status.NOT_APPLICABLE


def publicity(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    title, ground = _("Une publicité et une mise en concurrence"), law.article("R2122-8")
    threshold = None if purchase.is_concession else law.threshold(publicity_key(purchase), purchase.launch)
    status = publicity_status(purchase, law)
    if purchase.is_concession:
        why = _("Les concessions ont leurs propres règles de publicité, que nous n’avons pas relues.")
        return [found("publicity", title, why, Status.TO_CHECK, verified_on=None)]
    if threshold is None:
        why = _("Le montant de la dispense à la date de votre lancement n’est pas dans notre base : vérifiez-le.")
        return [found("publicity", title, why, status, ground)]
    words = {"threshold": euros(threshold.amount)}
    why = {
        Status.APPLIES: _("Vous dépassez la dispense, ouverte en dessous de %(threshold)s."),
        Status.NOT_APPLICABLE: _("En dessous de %(threshold)s, ni publicité ni mise en concurrence ne sont exigées."),
        Status.TO_CHECK: _("À %(threshold)s tout juste, nos sources ne s’accordent pas sur la dispense : vérifiez."),
    }[status]
    since = threshold.applies_from
    return [found("publicity", title, why % words, status, ground, threshold=threshold, since=since)]


def free_documents(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    """Where there is publicity, from an amount of its own."""
    threshold = law.threshold("documents-gratuits", purchase.launch)
    if purchase.is_concession or threshold is None:
        return []
    title, ground = _("Un dossier de consultation gratuit, en ligne"), law.article("R2132-2")
    dress = {"threshold": threshold, "since": threshold.applies_from}
    words = {"threshold": euros(threshold.amount)}
    status = publicity_status(purchase, law)
    if purchase.amount < threshold.amount or status == Status.NOT_APPLICABLE:
        why = _("Attendu à partir de %(threshold)s, lorsque le marché fait l’objet d’une publicité.")
        return [found("free_documents", title, why % words, Status.NOT_APPLICABLE, ground, **dress)]
    why = _("À partir de %(threshold)s, tous les documents sont en ligne, gratuits et complets.")
    return [found("free_documents", title, why % words, status, ground, **dress)]


def european_procedure(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    title, key = _("Une procédure européenne formalisée"), european_key(purchase)
    threshold = law.threshold(key, purchase.launch)
    regulations = tuple(law.text(f"reglement-2025-{number}") for number in (2150, 2151, 2152))
    if threshold is None:
        known = law.latest(key, purchase.launch)
        why = _("Le seuil européen de la date de votre lancement n’est pas connu de nous.")
        if known is not None:
            why = _("Les seuils européens changent tous les deux ans : celui de votre lancement n’est pas publié.")
        return [found("european_procedure", title, why, Status.TO_CHECK, threshold=known, verified_on=None)]
    grounds = regulations if regulations[0].has_begun_on(purchase.launch) else ()
    dress = {"threshold": threshold, "since": threshold.applies_from}
    words = {"threshold": euros(threshold.amount)}
    if purchase.amount >= threshold.amount:
        why = _("Vous atteignez le seuil européen de %(threshold)s.") % words
        return [found("european_procedure", title, why, Status.APPLIES, *grounds, **dress)]
    if may_be_central(purchase, law):
        why = _("Une université peut relever du seuil de l’État, plus bas que %(threshold)s : vérifiez.") % words
        return [found("european_procedure", title, why, Status.TO_CHECK, *grounds, **dress)]
    why = _("Vous restez sous le seuil européen de %(threshold)s.") % words
    return [found("european_procedure", title, why, Status.NOT_APPLICABLE, *grounds, **dress)]


def essential_data(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    title, ground = _("Les données essentielles, considérations comprises"), law.text("arretes-2022-12-22")
    threshold = law.threshold("donnees-essentielles", purchase.launch)
    if threshold is None:
        return [on_time("essential_data", title, "", purchase.launch, ground)]
    words = {"threshold": euros(threshold.amount)}
    dress = {"threshold": threshold, "since": threshold.applies_from}
    if purchase.amount < threshold.amount:
        why = _("À publier à partir de %(threshold)s.")
        return [found("essential_data", title, why % words, Status.NOT_APPLICABLE, ground, **dress)]
    why = _(
        "À publier sur data.gouv.fr dans les deux mois, à partir de %(threshold)s, avec les considérations "
        "environnementales et sociales du contrat."
    )
    return [on_time("essential_data", title, why % words, purchase.launch, ground, **dress)]


def turnover_cap(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    if purchase.is_concession:
        return []
    title = _("Un chiffre d’affaires exigé de 1,5 fois le montant au plus")
    why = _("Le chiffre d’affaires minimal demandé aux candidats ne dépasse pas %(cap)s (1,5 fois le montant).") % {
        "cap": euros(purchase.amount * TURNOVER_RATIO)
    }
    later = _("Le plafond est de deux fois le montant jusqu’au %(day)s, date à laquelle il passe à 1,5 fois.")
    ground = law.text("decret-2025-1383")
    return [on_time("turnover_cap", title, why, purchase.launch, ground, later=later, pillar="eco")]


def purchasing_scheme(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    """Turns on the spending of a year, which is not asked: its condition is shown."""
    title, ground = _("Un schéma de promotion des achats responsables (SPASER)"), law.article("L2111-3")
    threshold = law.threshold("spaser", purchase.launch)
    is_local = purchase.buyer == Audience.LOCAL
    since = SCHEME_LOCAL_SINCE if is_local else SCHEME_ALL_SINCE
    if threshold is None or (not is_local and purchase.launch < SCHEME_ALL_SINCE):
        why = _("Le schéma vise tous les acheteurs depuis le %(day)s.") % {"day": day_words(SCHEME_ALL_SINCE)}
        return [found("spaser", title, why, Status.NOT_YET, ground, threshold=threshold, since=since)]
    why = _(
        "Si votre organisation dépense plus de %(threshold)s dans l’année civile, elle doit adopter et publier un "
        "schéma. Il ne change rien aux pièces de ce marché, mais fixe ses objectifs."
    ) % {"threshold": euros(threshold.amount)}
    since = (
        max(since, threshold.applies_from) if threshold.applies_from >= SCHEME_LOCAL_SINCE else threshold.applies_from
    )
    return [found("spaser", title, why, Status.CONDITIONAL, ground, threshold=threshold, since=since)]


def optional_exclusions(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    ground = law.text("loi-industrie-verte")
    if not ground.has_begun_on(purchase.launch):
        return []
    title = _("Des motifs d’exclusion que vous pouvez retenir")
    why = _(
        "Facultatif : une entreprise tenue d’établir un bilan de ses émissions et qui ne l’a pas fait peut être "
        "écartée, si vous le prévoyez."
    )
    return [found("optional_exclusions", title, why, Status.CONDITIONAL, ground, pillar="env")]


def far_launch(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    """More than a year ahead, the law may move."""
    if purchase.launch - today <= FAR:
        return []
    title = _("Le droit d’ici à votre lancement")
    why = _(
        "Aucun texte lu à ce jour ne reporte ni n’assouplit ces obligations, mais plus d’un an vous sépare du "
        "lancement : refaites cette vérification un mois avant."
    )
    return [found("far_launch", title, why, Status.TO_CHECK, law.article("35", "loi-climat-et-resilience"))]
