"""The first draft of a note: what the check says, in words for who signs and does not read codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from community.core import ui
from community.core.ui import day_words
from community.law.obligations.findings import Finding, Status
from community.law.obligations.purchase import Purchase
from community.law.obligations.words import euros

from ..selectors.pairs import Pair

WEEKS_TO_DECIDE = timedelta(weeks=4)


class Length(models.TextChoices):
    PAGE = "page", _lazy("Une page")
    SHORT = "resume", _lazy("Dix lignes")


# What each rule asks, as one says it aloud. Rules of procedure are the buyer's affair: an elected official decides on
# what the contract asks and how the offer is chosen.
PLAIN = {
    "env_condition": _lazy(
        "Une exigence environnementale dans le contrat, quel que soit le montant, depuis le %(day)s."
    ),
    "env_criterion": _lazy(
        "Un critère environnemental pour choisir l’offre, depuis le %(day)s : le prix seul ne suffit plus."
    ),
    "social_condition": _lazy(
        "Une exigence sociale ou pour l’emploi, car le montant atteint le seuil européen : %(threshold)s."
    ),
    "egalim_quality": _lazy("Dans les repas servis : %(title)s."),
    "egalim_meat": _lazy("Dans les repas servis : %(title)s."),
    "reused_goods": _lazy(
        "Une part de nos achats de l’année issue du réemploi ou de matières recyclées, depuis le %(day)s."
    ),
    "re2020": _lazy(
        "Un bâtiment neuf sobre en énergie et en carbone, selon la réglementation environnementale de 2020."
    ),
    "re2020_carbon": _lazy("Un plafond d’émissions de carbone sur toute la vie du bâtiment."),
    "renewable_energy": _lazy(
        "Des conditions environnementales pour les installations d’énergie renouvelable, depuis le %(day)s."
    ),
    "concession_report": _lazy(
        "Un rapport annuel du concessionnaire sur l’environnement et l’insertion, depuis le %(day)s."
    ),
}
IN_SHORT = ("env_condition", "env_criterion", "social_condition", "egalim_quality")


@dataclass(frozen=True)
class Facts:
    """What the note stands on."""

    purchase: Purchase
    family_label: str
    findings: Sequence[Finding]
    pair: Pair | None
    today: date

    @property
    def told(self) -> list[Finding]:
        """The rules that the note speaks of: sure, and about the contract itself."""
        return [each for each in self.findings if each.applies and each.key in PLAIN]

    @property
    def open_points(self) -> list[Finding]:
        return [each for each in self.findings if each.status == Status.TO_CHECK]

    @property
    def verified_on(self) -> date | None:
        """The oldest reading among the rules told: the note is as fresh as it."""
        return min((each.verified_on for each in self.told if each.verified_on), default=None)


def write_note(facts: Facts, length: str = Length.PAGE) -> dict[str, str]:
    short = length == Length.SHORT
    return {
        "title": title(facts),
        "sender": "",
        "recipient": "",
        "summary": summary(facts, short),
        "law": "\n".join(rule(each) for each in facts.told if not short or each.key in IN_SHORT),
        "proposal": proposal(facts, short),
        "change": "",
        "decision": decision(facts),
    }


def title(facts: Facts) -> str:
    name = facts.family_label or _("Notre prochain marché")
    return ui.typography(_("%(name)s : ce que la loi attend de notre prochain marché") % {"name": name})


def rule(finding: Finding) -> str:
    values = {
        "day": day_words(finding.since) if finding.since else "",
        "threshold": str(finding.threshold),
        "title": finding.title[:1].lower() + finding.title[1:],
    }
    return ui.typography(str(PLAIN[finding.key]) % values)


def summary(facts: Facts, short: bool) -> str:
    purchase, parts = facts.purchase, []
    what = _("Notre prochain marché")
    if purchase.amount is not None:
        what = _("Notre prochain marché, estimé à %(amount)s,") % {"amount": euros(purchase.amount)}
    if purchase.launch_date:
        parts.append(_("%(what)s sera lancé le %(day)s.") % {"what": what, "day": day_words(purchase.launch_date)})
    else:
        parts.append(_("%(what)s est en préparation.") % {"what": what})
    keys = {each.key for each in facts.told}
    if {"env_condition", "env_criterion"} <= keys:
        parts.append(
            _(
                "Il doit tenir compte de l’environnement de deux façons : dans ce que nous demandons à l’entreprise, "
                "et dans la manière dont nous choisissons son offre."
            )
        )
    if facts.pair is not None and not short:
        parts.append(_("Nous proposons une rédaction partagée par d’autres acheteuses et acheteurs publics."))
    return ui.typography(" ".join(parts))


def proposal(facts: Facts, short: bool) -> str:
    pair = facts.pair
    if pair is None:
        return _("Écrire l’exigence environnementale dans le contrat, et la noter par un critère précis et vérifiable.")
    lines = []
    if pair.condition is not None:
        lines.append(_("Demander, dans le contrat : %(title)s.") % {"title": pair.condition.title})
    if pair.criterion is not None:
        lines.append(_("Noter les offres avec : %(title)s.") % {"title": pair.criterion.title})
    if not short:
        lines.append(_("Ces textes viennent de la bibliothèque Entraide, où ils sont relus et tenus à jour."))
    return ui.typography(" ".join(lines))


def decision(facts: Facts) -> str:
    """One decision, with its day when the launch leaves one."""
    launch = facts.purchase.launch_date
    if launch is None:
        return _("Valider l’exigence proposée et le poids du critère environnemental")
    by = launch - WEEKS_TO_DECIDE
    if by <= facts.today:
        return _("Valider l’exigence proposée et le poids du critère environnemental, pour un lancement le %(day)s") % {
            "day": day_words(launch)
        }
    return _(
        "Valider l’exigence proposée et le poids du critère environnemental avant le %(by)s, pour un lancement le "
        "%(day)s"
    ) % {"by": day_words(by), "day": day_words(launch)}


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the sources: the rule, its texts, since when, when it was read again and where."""

    rule: str
    texts: str
    since: str
    verified_on: date | None
    read_in: str


def sources(facts: Facts) -> list[Source]:
    return [
        Source(
            rule=finding.title,
            texts=ui.typography(cited(finding)),
            since=str(finding.since.year)
            if finding.since_year_only
            else _("le %(day)s") % {"day": day_words(finding.since)},
            verified_on=finding.verified_on,
            read_in=ui.typography(finding.source),
        )
        for finding in facts.told
        if finding.since
    ]


def cited(finding: Finding) -> str:
    articles = [_("%(text)s, article %(label)s") % {"text": f.text_name, "label": f.label} for f in finding.articles]
    return " ; ".join([*articles, *(fact.label for fact in finding.texts)])
