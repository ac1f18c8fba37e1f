"""The words of reports: what became of a contract, what a story tells, and how much of its author it shows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_NOTE = 600
MAX_BIDS = 500
MAX_TITLE = 160
MAX_SUMMARY = 280
MAX_TEXT = 6_000
MAX_AMOUNT = 10**12
MAX_GAP = 9_990
MAX_FILES = 5
MAX_CLAUSES = 8
MAX_THEMES = 3
FIRST_YEAR, LAST_YEAR = 1990, 2100


class Outcome(models.TextChoices):
    """What became of the contract (DOMAIN.md §2.3)."""

    UNKNOWN = "unknown", _("Pas encore connu")
    AWARDED = "awarded", _("Contractualisé")
    NO_AWARD = "no_award", _("Infructueux")
    ABANDONED = "abandoned", _("Abandonné")
    DISPUTED = "disputed", _("Contesté")


class Difficulty(models.TextChoices):
    """What was hardest, in one word."""

    NONE = "none", _("Aucune")
    SUPPLY = "supply", _("Trop peu d’offres")
    PRICE = "price", _("Le prix")
    WORDING = "wording", _("La rédaction, mal comprise")
    PROOF = "proof", _("Les preuves, à réunir ou à lire")
    CONTROL = "control", _("Le contrôle en exécution")
    LEGAL = "legal", _("Une contestation")
    INSIDE = "inside", _("L’accord en interne")


class Subject(models.TextChoices):
    PURCHASE = "purchase", _("Un achat")
    SPASER = "spaser", _("Un SPASER")
    SOCIAL_LABEL = "label", _("Un label social")
    SOURCING = "sourcing", _("Un sourcing")
    ORGANISATION = "organisation", _("L’organisation du service")


SHORT_SUBJECTS = {
    Subject.PURCHASE: _("Achat"),
    Subject.SPASER: _("SPASER"),
    Subject.SOCIAL_LABEL: _("Label social"),
    Subject.SOURCING: _("Sourcing"),
    Subject.ORGANISATION: _("Organisation"),
}


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Brouillon")
    PUBLISHED = "published", _("Publié")
    WITHDRAWN = "withdrawn", _("Retiré")


class Naming(models.TextChoices):
    """How the author of a story signs it; the organisation is another choice."""

    NAME = "name", _("Avec mon nom")
    KIND = "kind", _("Avec mon type d’organisation seulement")
    ANONYMOUS = "anonymous", _("Anonyme pour la communauté")


class Buyer(models.TextChoices):
    """Who bought, as narrowly as a story that hides its organisation may say it."""

    TOWN = "town", _("Commune ou intercommunalité")
    COUNTY = "county", _("Département ou région")
    HEALTH = "health", _("Santé et médico-social")
    HOUSING = "housing", _("Bailleur social")
    STATE = "state", _("État et ses établissements")
    UNIVERSITY = "university", _("Université ou recherche")
    GROUP = "group", _("Groupement ou centrale d’achat")
    OTHER = "other", _("Autre acheteur")


class Size(models.TextChoices):
    """Inhabitants served; brackets wide enough to name nobody."""

    UNDER_10K = "under_10k", _("moins de 10 000 habitants")
    UNDER_50K = "under_50k", _("10 000 à 50 000 habitants")
    UNDER_100K = "under_100k", _("50 000 à 100 000 habitants")
    UNDER_500K = "under_500k", _("100 000 à 500 000 habitants")
    OVER_500K = "over_500k", _("plus de 500 000 habitants")


class TextKept(models.TextChoices):
    AS_IS = "as_is", _("Repris tel quel")
    ADAPTED = "adapted", _("Adapté")
    REWRITTEN = "rewritten", _("Réécrit")


class Advice(models.TextChoices):
    YES = "yes", _("Oui")
    ADAPT = "adapt", _("Oui, en l’adaptant")
    NO = "no", _("Non")


# What became of a contract, once it is known.
TOLD_OUTCOMES = [(outcome.value, outcome.label) for outcome in Outcome if outcome != Outcome.UNKNOWN]
# The parts of the story, in reading order.
TEXTS = ("context", "need", "lever", "wording", "worked", "difficulties", "execution", "redo")
TEXT_LABELS = {
    "context": _("Le contexte"),
    "need": _("Le besoin"),
    "lever": _("Le levier : ce que nous avons fait"),
    "wording": _("La rédaction retenue"),
    "worked": _("Ce qui a marché"),
    "difficulties": _("Les difficultés"),
    "execution": _("L’exécution : contrôles, pénalités"),
    "redo": _("Si c’était à refaire"),
}
# Those that stand side by side, after the others.
BALANCE = ("worked", "difficulties", "redo")
