"""The social condition of large contracts, its threshold and its exceptions (article L. 2112-2-1)."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from community.taxonomy.models import Pillar

from ..case import Case, sentences
from ..findings import Finding, Status, Want
from .european import against_threshold, note_of

SHORT_WORKS_MONTHS = 6


def social_condition(case: Case) -> Iterator[Finding]:
    line = case.law.lines.get("condition-sociale")
    status, note, missing = case.timing(line)
    if status == Status.APPLIES:
        below = _("%(amount)s restent en dessous du seuil ; vous pouvez en prévoir une quand même.")
        status, note, missing = against_threshold(case, below)
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
