"""What the contract must contain: environment in every one, social conditions above the European thresholds."""

from datetime import date

from django.utils.translation import gettext as _

from ..lawbook import LawBook
from ..purchase import Finding, Purchase, PurchaseNature, Status
from ..words import day_words, euros
from .procedure import european_key, may_be_central
from .support import found, on_time

SHORT_WORKS_MONTHS = 6


def principle(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    why = _(
        "La commande publique participe aux objectifs de développement durable : un principe, sans pièce à produire."
    )
    title = _("Les objectifs de développement durable")
    return [on_time("principle", title, why, purchase.launch, law.article("L3-1"))]


def environmental_condition(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    title = _("Une condition d’exécution environnementale")
    ground, climate = law.article("L2112-2"), law.article("35", "loi-climat-et-resilience")
    dress = {"pillar": "env", "wants": "condition", "threshold_words": _("Aucun, dès le premier euro")}
    if purchase.is_concession:
        why = _(
            "L’article lu vise les marchés. Les concessions ont un article semblable, que nous n’avons pas relu : "
            "prévoyez une condition environnementale et vérifiez-le."
        )
        return [found("env_condition", title, why, Status.TO_CHECK, ground, climate, verified_on=None, **dress)]
    why = _("Au moins une clause du contrat doit prendre en compte l’environnement pendant l’exécution.")
    later = _(
        "Obligatoire au plus tard pour les consultations lancées à partir du %(day)s (limite légale : 22 août 2026) ; "
        "la vôtre part avant. Vous pouvez en prévoir une dès maintenant."
    )
    return [on_time("env_condition", title, why, purchase.launch, ground, climate, later=later, **dress)]


def environmental_criterion(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    title = _("Un critère d’attribution environnemental")
    why = _(
        "Le prix seul ne suffit plus : un critère au moins porte sur les caractéristiques environnementales de "
        "l’offre, ou le critère unique est un coût global qui les intègre. Définissez-le, liez-le à une exigence du "
        "contrat et dites les preuves attendues."
    )
    later = _(
        "Obligatoire au plus tard pour les consultations lancées à partir du %(day)s ; la vôtre part avant. Vous "
        "pouvez en prévoir un dès maintenant."
    )
    ground = law.article("R3124-4" if purchase.is_concession else "R2152-7")
    dress = {"pillar": "env", "wants": "criterion", "threshold_words": _("Aucun")}
    return [on_time("env_criterion", title, why, purchase.launch, ground, later=later, **dress)]


def specifications(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    if purchase.is_concession:
        return []
    title = _("Des spécifications techniques qui prennent en compte le développement durable")
    why = _("Le besoin décrit dans le cahier des charges tient compte d’objectifs de développement durable.")
    return [on_time("specifications", title, why, purchase.launch, law.article("L2111-2"), pillar="env")]


def concession_report(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    if not purchase.is_concession:
        return []
    title = _("Un rapport annuel qui décrit les mesures environnementales et d’insertion")
    why = _("Le rapport annuel du concessionnaire dit ce qui a été fait : prévoyez-en le contenu au contrat.")
    return [on_time("concession_report", title, why, purchase.launch, law.article("R3131-3"), pillar="env")]


def social_condition(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    """From the European threshold of its nature and buyer; exceptions are not concluded for the buyer."""
    title = _("Une condition d’exécution sociale ou relative à l’emploi")
    ground, key = law.article("L2112-2-1"), european_key(purchase)
    threshold = law.threshold(key, purchase.launch)
    dress = {"pillar": "social", "wants": "condition", "threshold": threshold}
    if threshold is None:
        return [unknown_threshold(purchase, law, title)]
    words = {"threshold": euros(threshold.amount), "amount": euros(purchase.amount)}
    if purchase.amount < threshold.amount:
        if may_be_central(purchase, law):
            why = _(
                "Votre montant est entre le seuil de l’État et celui des autres acheteurs, %(threshold)s. Selon "
                "son statut, une université relève de l’un ou de l’autre : vérifiez avec votre juriste."
            )
            return [found("social_condition", title, why % words, Status.TO_CHECK, ground, **dress)]
        why = _("Elle s’impose à partir de %(threshold)s ; %(amount)s restent en dessous. Vous pouvez en prévoir une.")
        return [found("social_condition", title, why % words, Status.NOT_APPLICABLE, ground, **dress)]
    if purchase.is_concession:
        why = _("Vous atteignez %(threshold)s, mais l’article qui vise les concessions n’a pas été relu : vérifiez-le.")
        return [found("social_condition", title, why % words, Status.TO_CHECK, ground, **dress | {"verified_on": None})]
    why = _(
        "%(amount)s atteignent le seuil européen de %(threshold)s. Des exceptions existent, à motiver par écrit ; "
        "leur rédaction exacte est à vérifier."
    )
    finding = on_time("social_condition", title, why % words, purchase.launch, ground, **dress)
    return [
        short_works(purchase, law, title, dress) if finding.status == Status.APPLIES and is_short(purchase) else finding
    ]


def is_short(purchase: Purchase) -> bool:
    months = purchase.duration_months
    return purchase.nature == PurchaseNature.WORKS and months is not None and months < SHORT_WORKS_MONTHS


def short_works(purchase: Purchase, law: LawBook, title: str, dress: dict) -> Finding:
    why = _(
        "Votre montant atteint le seuil européen, mais des travaux de moins de six mois peuvent en être dispensés, à "
        "condition de le motiver par écrit. Le texte exact de cette exception n’a pas été relu."
    )
    return found(
        "social_condition", title, why, Status.TO_CHECK, law.article("L2112-2-1"), **dress | {"verified_on": None}
    )


def unknown_threshold(purchase: Purchase, law: LawBook, title: str) -> Finding:
    ground, known = law.article("L2112-2-1"), law.latest(european_key(purchase), purchase.launch)
    dress = {"pillar": "social", "wants": "condition", "threshold": known}
    if not ground.has_begun_on(purchase.launch):
        return on_time("social_condition", title, "", purchase.launch, ground, **dress)
    if known is None or known.applies_until is None:
        why = _("Aucun seuil européen n’est connu de nous à la date de votre lancement : vérifiez-le.")
    else:
        why = _(
            "Le dernier seuil connu, %(threshold)s, vaut jusqu’au %(day)s ; celui de la date de votre lancement n’est "
            "pas publié."
        ) % {"threshold": euros(known.amount), "day": day_words(known.applies_until)}
    return found("social_condition", title, why, Status.TO_CHECK, ground, **dress)
