"""Reused and recycled goods (decree 2024-134 and its steps), vehicles, digital services."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from community.core.ui import day_words
from community.taxonomy.models import Pillar

from ..case import Case, sentences
from ..findings import Finding, Status
from ..purchase import Audience, PurchaseNature
from ..sources import Fact

TEXTILES = "TEX"
# Of that family, what is not a piece of cloth or not bought: shoes and helmets, washing and renting.
NOT_QUITE_TEXTILES = ("TEX-EPI", "TEX-BLA")
# Families whose supplies may be among the seventeen of the order of 29 February 2024, whose list we do not hold.
MAY_BE_LISTED = ("ALI", "MOB", "NUM", "FOU", "MOBI", "NET", "SAN", "COM", "EV", "TP", "BAT", "SEC", "DEC", "ENE")
BOUND = (Audience.LOCAL, Audience.STATE)
STEPS = ("agec-decret-2024-134", "agec-2027", "agec-2030")
TEXTILE_SHARES = {
    "agec-decret-2024-134": _lazy("Textiles : 8 % issus du réemploi et 20 % de matières recyclées."),
    "agec-2027": _lazy(
        "Textiles : entre les parts de 2024 (8 et 20 %) et celles de 2030 (15 et 30 %), à lire dans le décret."
    ),
    "agec-2030": _lazy("Textiles : 15 % issus du réemploi et 30 % de matières recyclées."),
}


def step_at(case: Case) -> Fact | None:
    """The latest step that has begun at the launch, else the first of the decree in force."""
    lines = [line for slug in STEPS if (line := case.law.lines.get(slug))]
    begun = [line for line in lines if case.launch and line.since and line.since <= case.launch]
    return begun[-1] if begun else (lines[0] if lines else None)


def next_step(case: Case) -> Fact | None:
    lines = [line for slug in STEPS[1:] if (line := case.law.lines.get(slug))]
    return next((line for line in lines if case.launch and line.since and line.since > case.launch), None)


def reused_goods(case: Case) -> Iterator[Finding]:
    line = step_at(case)
    status, note, missing = concerned(case)
    earlier = case.law.lines.get("agec-premier-decret")
    if status != Status.NOT_APPLICABLE:
        timing, said, unknown = case.timing(line)
        if timing != Status.APPLIES:
            status, note, missing = timing, said, (*unknown, *missing)
        if case.launch and earlier and earlier.covers(case.launch):
            yield under_first_decree(case, earlier)
            return
    why = _("Une part minimale des biens achetés dans l’année est issue du réemploi ou intègre des matières recyclées.")
    following = next_step(case)
    if status in (Status.APPLIES, Status.TO_CHECK) and following and following.since:
        note = sentences(note, _("Les parts augmentent en %(year)s.") % {"year": following.since.year})
    yield case.finding(
        "reused_goods",
        _("La part de biens réemployés ou recyclés"),
        sentences(why, note),
        status,
        line=line,
        articles=["loi-agec:58"],
        texts=["decret-2024-134", "arrete-2024-02-29"],
        missing=missing,
        is_near=not case.purchase.is_works and not case.purchase.is_concession,
    )


def concerned(case: Case) -> tuple[Status, str, tuple[str, ...]]:
    """Who and what the decree binds; the share is counted over a year, mixed contracts included."""
    purchase = case.purchase
    if purchase.is_concession:
        return Status.NOT_APPLICABLE, _("Le décret vise des achats de biens."), ()
    if purchase.buyer == Audience.ENTITY:
        return (
            Status.TO_CHECK,
            _("Le décret vise l’État, les collectivités et leurs groupements : en faites-vous partie ?"),
            (),
        )
    if purchase.buyer is not None and purchase.buyer not in BOUND:
        return Status.NOT_APPLICABLE, _("Le décret vise l’État, les collectivités et leurs groupements."), ()
    if unknown := case.missing("buyer", "nature", *(() if purchase.is_works else ("family",))):
        return (
            Status.TO_CHECK,
            _("Elle dépend de l’acheteur, de la nature et de la famille : complétez vos réponses."),
            unknown,
        )
    return by_family(case)


def by_family(case: Case) -> tuple[Status, str, tuple[str, ...]]:
    """Only the shares of textiles are held here, and known to be asked: for any other family the condition is said."""
    purchase = case.purchase
    is_supply = purchase.nature == PurchaseNature.SUPPLIES
    listed = _("Dix-sept familles de produits sont visées, les textiles par exemple.")
    included = _("Si le marché comprend de tels biens, ils comptent, même dans un marché mixte.")
    unread = _(
        "La liste de l’arrêté et les parts des autres familles sont à vérifier\u00a0: nous ne les tenons pas encore."
    )
    if purchase.is_in(TEXTILES) and is_supply and not purchase.is_in(*NOT_QUITE_TEXTILES):
        step = step_at(case)
        return Status.APPLIES, str(TEXTILE_SHARES.get(step.name, "")) if step else "", ()
    if is_supply and purchase.is_in(TEXTILES, *MAY_BE_LISTED):
        return Status.TO_CHECK, sentences(listed, unread), ()
    return Status.CONDITIONAL, sentences(listed, included, unread), ()


def under_first_decree(case: Case, line: Fact) -> Finding:
    return case.finding(
        "reused_goods",
        _("La part de biens réemployés ou recyclés"),
        _("Le premier décret, aujourd’hui abrogé, valait jusqu’au %(day)s : ses parts ne sont plus tenues ici.")
        % {"day": day_words(line.until) if line.until else ""},
        Status.TO_CHECK,
        line=line,
        articles=["loi-agec:58"],
        texts=["decret-2021-254"],
    )


def vehicles(case: Case) -> Iterator[Finding]:
    status, note, missing = for_families(case, "MOBI", _("la règle vise les véhicules"))
    why = _("Une part minimale de véhicules à faibles émissions, au renouvellement de la flotte.")
    if status == Status.APPLIES:
        status = Status.CONDITIONAL
        note = _("Si vous achetez, louez ou prenez en crédit-bail des véhicules ; les parts dépendent de votre flotte.")
        if unread(case, "code-de-l-environnement:L224-7"):
            status, note = (
                Status.TO_CHECK,
                _("Nous n’avons pas encore relu le texte : parts et seuils sont à vérifier."),
            )
    yield case.finding(
        "vehicles",
        _("Des véhicules à faibles émissions"),
        sentences(why, note),
        status,
        articles=["code-de-l-environnement:L224-7"],
        families=("MOBI",),
        missing=missing,
        is_near=case.purchase.is_in("MOBI"),
    )


def digital(case: Case) -> Iterator[Finding]:
    status, note, missing = for_families(case, "NUM", _("la règle vise le numérique"))
    footprint = (status, note)
    if status == Status.APPLIES and unread_text(case, "loi-reen"):
        footprint = (Status.TO_CHECK, _("Nous n’avons pas encore relu le texte : ne vous en tenez pas à cette ligne."))
    yield case.finding(
        "digital_footprint",
        _("L’empreinte environnementale du numérique"),
        sentences(
            _("La loi REEN demande aux acheteurs de réduire l’empreinte de leurs achats numériques."), footprint[1]
        ),
        Status.CONDITIONAL if footprint[0] == Status.APPLIES else footprint[0],
        texts=["loi-reen"],
        families=("NUM",),
        missing=missing,
        is_near=case.purchase.is_in("NUM"),
    )
    if status == Status.APPLIES:
        note = _("Si le marché crée ou fait évoluer un site ou un service en ligne.")
        status = Status.TO_CHECK if unread(case, "loi-2005-102:47") else Status.CONDITIONAL
    yield case.finding(
        "online_accessibility",
        _("L’accessibilité des services en ligne"),
        sentences(_("Les services en ligne des organismes publics sont accessibles aux personnes handicapées."), note),
        status,
        articles=["loi-2005-102:47"],
        pillar=Pillar.SOCIAL,
        families=("NUM",),
        missing=missing,
        is_near=case.purchase.is_in("NUM"),
    )


def for_families(case: Case, family: str, what: str) -> tuple[Status, str, tuple[str, ...]]:
    """« applies » when the family is the one, « à vérifier » when it is not given, else not."""
    if case.purchase.is_works:
        return Status.NOT_APPLICABLE, _("Votre achat porte sur des travaux : %(what)s.") % {"what": what}, ()
    if case.purchase.family is None:
        return Status.TO_CHECK, _("Indiquez la famille : %(what)s.") % {"what": what}, ("family",)
    if not case.purchase.is_in(family):
        return Status.NOT_APPLICABLE, _("Votre famille d’achats n’est pas concernée : %(what)s.") % {"what": what}, ()
    return Status.APPLIES, "", ()


def unread(case: Case, article: str) -> bool:
    fact = case.law.articles.get(article)
    return fact is None or fact.to_check


def unread_text(case: Case, slug: str) -> bool:
    fact = case.law.texts.get(slug)
    return fact is None or fact.to_check
