"""Collective catering: the EGalim shares, their overseas steps, plastic containers."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community.core.ui import day_words

from ..case import Case, sentences
from ..findings import Finding, Status, ThresholdNote
from ..purchase import Audience, Catering, Place
from ..sources import Fact

CATERING = "ALI"
# Caterers for receptions, and kitchen equipment, serve no canteen by themselves.
RECEPTIONS, EQUIPMENT = "ALI-TRA", "ALI-EQU"
STATE_RESTAURANTS = (Audience.STATE, Audience.UNIVERSITY)


def served(case: Case) -> tuple[Status, str, tuple[str, ...]]:
    """Does the purchase feed a collective restaurant? As far as the family and the answer tell."""
    purchase = case.purchase
    if purchase.family is None and not purchase.is_works:
        why = _("Indiquez la famille : la règle vise la restauration collective.")
        return Status.TO_CHECK, why, ("family",)
    if not purchase.is_in(CATERING) or purchase.is_works or purchase.is_in(EQUIPMENT):
        return Status.NOT_APPLICABLE, _("Elle concerne les repas et les denrées de la restauration collective."), ()
    if purchase.catering == Catering.NONE:
        return Status.NOT_APPLICABLE, _("Vous indiquez que l’achat ne sert pas un restaurant collectif."), ()
    if purchase.is_in(RECEPTIONS) and purchase.catering is None:
        why = _("Dites si l’achat sert un restaurant collectif : une réception n’en est pas un.")
        return Status.TO_CHECK, why, ("catering",)
    return Status.APPLIES, "", ()


def how_counted(case: Case) -> str:
    if case.purchase.catering == Catering.CONTRACT:
        return _("Le titulaire doit s’y engager et le prouver : inscrivez les parts et le relevé dans le contrat.")
    if case.purchase.catering == Catering.DIRECT:
        return _("Les parts se comptent en valeur, sur les achats de l’année de chaque restaurant.")
    return _("Les parts se comptent en valeur, sur l’année ; si plusieurs sites sont regroupés, vérifiez le calcul.")


def egalim_quality(case: Case) -> Iterator[Finding]:
    status, note, missing = served(case)
    line = case.law.lines.get("egalim-50-20")
    title = _("La moitié de produits durables et de qualité, dont 20 % de bio")
    if status == Status.APPLIES and case.purchase.place in (Place.OVERSEAS, Place.OTHER):
        yield overseas(case, title)
        return
    if status == Status.APPLIES:
        status, note, missing = case.timing(line)
    if status == Status.APPLIES and case.purchase.place is None:
        status, missing = Status.TO_CHECK, ("place",)
        note = _("Indiquez le territoire : les paliers de l’outre-mer sont différents.")
    yield share(case, "egalim_quality", title, status, note, line, missing)


def overseas(case: Case, title: str) -> Finding:
    """35 and 10 % from 2026, 50 and 20 % from 2030; what came before, and other territories, were not read."""
    last = case.law.lines.get("egalim-outre-mer-2030")
    line = case.law.lines.get("egalim-outre-mer-2026")
    if case.purchase.place == Place.OTHER:
        note = _("Le droit de votre collectivité est à part : nous ne l’avons pas relu.")
        return share(case, "egalim_quality", title, Status.TO_CHECK, note, None, ())
    if case.launch and last and last.since and case.launch >= last.since:
        return share(case, "egalim_quality", title, *case.timing(last)[:2], last, ())
    status, note, missing = case.timing(line)
    if status == Status.NOT_YET:
        status, note = Status.TO_CHECK, _("Nous n’avons pas relu le palier d’avant le 1er janvier 2026.")
    if status == Status.APPLIES and last and last.since:
        note = _("Le palier suivant, 50 %% dont 20 %% de bio, commence le %(day)s.") % {"day": day_words(last.since)}
    title = _("35 % de produits durables et de qualité, dont 10 % de bio")
    return share(case, "egalim_quality", title, status, note, line, missing)


def share(
    case: Case, key: str, title: str, status: Status, note: str, line: Fact | None, missing: tuple[str, ...]
) -> Finding:
    counted = how_counted(case) if status in (Status.APPLIES, Status.TO_CHECK) and "family" not in missing else ""
    return case.finding(
        key,
        title,
        sentences(counted, note),
        status,
        line=line,
        articles=["loi-egalim:24"],
        threshold=ThresholdNote(text=_("Toute restauration collective publique")),
        families=(CATERING,),
        missing=missing,
        is_near=case.purchase.is_in(CATERING),
    )


def egalim_meat(case: Case) -> Iterator[Finding]:
    status, note, missing = served(case)
    line = case.law.lines.get("egalim-60-viandes-poissons")
    title = _("60 % de viandes et de poissons durables")
    if status == Status.APPLIES:
        status, note, missing = case.timing(line)
    if status == Status.APPLIES and case.purchase.place in (Place.OVERSEAS, Place.OTHER):
        status, note = Status.TO_CHECK, _("Nous n’avons pas relu ce qu’il en est outre-mer.")
    elif status == Status.APPLIES and case.purchase.state_restaurant:
        title = _("100 % de viandes et de poissons durables, restaurant de l’État")
    elif status == Status.APPLIES and depends_on_restaurant(case):
        status, missing = Status.TO_CHECK, case.missing("buyer", "state_restaurant")
        title = _("60 % de viandes et de poissons durables, 100 % dans les restaurants de l’État")
        note = _("Dites si c’est un restaurant de l’État : la part passe alors de 60 à 100 %.")
    yield share(case, "egalim_meat", title, status, note, line, missing)


def depends_on_restaurant(case: Case) -> bool:
    purchase = case.purchase
    return purchase.state_restaurant is None and (purchase.buyer is None or purchase.buyer in STATE_RESTAURANTS)


def plastic_containers(case: Case) -> Iterator[Finding]:
    """Known by profession only: never « applies », even once read again, as it names certain canteens."""
    status, note, missing = served(case)
    line = case.law.lines.get("contenants-plastiques")
    why = ""
    if status == Status.APPLIES:
        status, note, missing = case.timing(line)
        why = _("L’échéance de 2025 vise certaines cantines.")
    if status == Status.APPLIES:
        status = Status.CONDITIONAL if line and not line.to_check else Status.TO_CHECK
        note = _("Lisez le texte avant de vous y fier, surtout si vous achetez des repas livrés.")
    yield case.finding(
        "plastic_containers",
        _("Les contenants en plastique"),
        sentences(why, note),
        status,
        line=line,
        texts=["contenants-plastiques-cantines"],
        families=(CATERING,),
        missing=missing,
        is_near=case.purchase.is_in(CATERING),
    )
