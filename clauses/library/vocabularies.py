"""The controlled lists of the library (DOMAIN.md §2.2 to §2.4) and what each word implies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContractDocument(models.TextChoices):
    """Where the text is pasted (pièce du marché)."""

    CCTP = "cctp", _("CCTP")
    CCAP = "ccap", _("CCAP")
    RC = "rc", _("Règlement de la consultation")
    AE = "ae", _("Acte d’engagement")
    NOTICE = "notice", _("Avis de marché")
    ANNEX = "annex", _("Annexe et cadre de réponse")


SHORT_DOCUMENTS = {
    ContractDocument.CCTP: _("CCTP"),
    ContractDocument.CCAP: _("CCAP"),
    ContractDocument.RC: _("RC"),
    ContractDocument.AE: _("AE"),
    ContractDocument.NOTICE: _("Avis"),
    ContractDocument.ANNEX: _("Annexe"),
}


class ClauseKind(models.TextChoices):
    """The list of DOMAIN.md §2.2, and what buyers also exchange: prices, payments, whole templates."""

    SUBJECT = "subject", _("Objet du marché")
    SPECIFICATION = "specification", _("Spécification technique")
    PERFORMANCE = "performance", _("Exigence de performance")
    LABEL = "label", _("Exigence de label")
    ENVIRONMENTAL_CONDITION = "condition_env", _("Condition d’exécution environnementale")
    SOCIAL_CONDITION = "condition_social", _("Condition d’exécution sociale")
    INSERTION = "insertion", _("Clause sociale d’insertion")
    TRAINING = "training", _("Clause sociale de formation")
    CRITERION = "criterion", _("Critère d’attribution")
    SUBCRITERION = "subcriterion", _("Sous-critère")
    VARIANT = "variant", _("Variante")
    OPTION = "option", _("Prestation supplémentaire éventuelle")
    RESERVATION = "reservation", _("Marché réservé")
    REVIEW = "review", _("Clause de réexamen ou de progrès")
    PENALTY = "penalty", _("Pénalité ou incitation")
    PROOF = "proof", _("Moyen de preuve, contrôle et suivi")
    RESPONSE_FRAME = "response_frame", _("Cadre de réponse")
    EXCLUSION = "exclusion", _("Motif d’exclusion à l’appréciation")
    PRICE_REVISION = "price_revision", _("Révision des prix")
    ADVANCE = "advance", _("Avance")
    PAYMENT = "payment", _("Règlement et délais de paiement")
    SIMPLIFIED_RULES = "simplified_rules", _("Règlement de consultation simplifié")
    PROGRESS_PLAN = "progress_plan", _("Plan de progrès")
    SOURCING_FORM = "sourcing_form", _("Questionnaire de sourcing")


# What an award criterion must say (TA Grenoble, 14 November 2025, n° 2510707: DOMAIN.md §0.3).
CRITERIA = frozenset({ClauseKind.CRITERION, ClauseKind.SUBCRITERION})
CONDITIONS = frozenset(
    {
        ClauseKind.ENVIRONMENTAL_CONDITION,
        ClauseKind.SOCIAL_CONDITION,
        ClauseKind.INSERTION,
        ClauseKind.TRAINING,
        ClauseKind.SPECIFICATION,
        ClauseKind.PERFORMANCE,
        ClauseKind.LABEL,
    }
)
# Whole documents: no variable is expected, no pair either.
TEMPLATES = frozenset({ClauseKind.SIMPLIFIED_RULES, ClauseKind.PROGRESS_PLAN, ClauseKind.SOURCING_FORM})


class Ambition(models.IntegerChoices):
    SOCLE = 1, _("Socle")
    ENGAGE = 2, _("Engagé")
    AMBITIEUX = 3, _("Ambitieux")
    PIONNIER = 4, _("Pionnier")


AMBITION_HELP = {
    Ambition.SOCLE: _("Répond à l’obligation"),
    Ambition.ENGAGE: _("Une offre courante y répond"),
    Ambition.AMBITIEUX: _("L’offre existe, à vérifier"),
    Ambition.PIONNIER: _("Innovation, clause de progrès"),
}


class Consolidation(models.IntegerChoices):
    """How far a clause has been read again, and by whom; each level is somebody's act, with its date."""

    CONTRIBUTION = 1, _("Contribution")
    PEER = 2, _("Relue par un pair")
    NETWORK = 3, _("Validée par un réseau")
    JURIST = 4, _("Validée par une juriste ou un juriste")


class ClauseState(models.TextChoices):
    """Draft and in review: its author's and reviewers' alone. Obsolete: readable, with a banner; no longer advised."""

    DRAFT = "draft", _("Brouillon")
    IN_REVIEW = "in_review", _("En relecture")
    PUBLISHED = "published", _("Publiée")
    OBSOLETE = "obsolete", _("Obsolète")
    ARCHIVED = "archived", _("Archivée")


# What readers may see.
READABLE_STATES = (ClauseState.PUBLISHED, ClauseState.OBSOLETE)


class LegalState(models.TextChoices):
    """Kept on the clause by `actions.life.refresh_legal_state`, when a cited text or the calendar moves."""

    CURRENT = "current", _("À jour")
    TO_REVIEW = "to_review", _("À revoir")
    OBSOLETE = "obsolete", _("Obsolète")


class Licence(models.TextChoices):
    CC_BY = "cc-by-4.0", _("CC BY 4.0")
    ETALAB = "etalab-2.0", _("Licence Ouverte 2.0")


class ProvenanceMode(models.TextChoices):
    ORIGINAL = "original", _("Rédaction originale")
    INSPIRED = "inspired", _("Inspirée de")
    TAKEN = "taken", _("Reprise avec accord ou sous licence")


class Relation(models.TextChoices):
    """`source` … `target`; shown both ways, each with its own words."""

    PAIR = "pair", _("Fait la paire avec")
    REQUIREMENT = "requirement", _("Vient noter l’exigence")
    COMPLETES = "completes", _("Complète")
    REPLACES = "replaces", _("Remplace")
    INCOMPATIBLE = "incompatible", _("Incompatible avec")
    TIER = "tier", _("Palier suivant de")


# The same links in the words of the other side.
BACKWARDS = {
    Relation.PAIR: _("Fait la paire avec"),
    Relation.REQUIREMENT: _("Notée par"),
    Relation.COMPLETES: _("Complétée par"),
    Relation.REPLACES: _("Remplacée par"),
    Relation.INCOMPATIBLE: _("Incompatible avec"),
    Relation.TIER: _("A pour palier suivant"),
}


class SupplyMaturity(models.IntegerChoices):
    LOW = 1, _("Faible")
    MEDIUM = 2, _("Moyenne")
    HIGH = 3, _("Forte")


class PriceImpact(models.TextChoices):
    LOWER = "lower", _("Plutôt à la baisse")
    NEUTRAL = "neutral", _("Neutre")
    HIGHER = "higher", _("Plutôt à la hausse")
    MUCH_HIGHER = "much_higher", _("Nettement à la hausse")


# Caps of every text of a clause, in characters, and of every list, in rows.
MAX_TITLE = 160
MAX_SUMMARY = 280
MAX_WORDING = 20_000
MAX_CONTEXT = 4_000
MAX_LINE = 300
MAX_WORDINGS = 8
MAX_VARIABLES = 40
MAX_BASES = 20
MAX_LINKS = 30
MAX_STEPS = 10
MAX_PROVENANCES = 8
