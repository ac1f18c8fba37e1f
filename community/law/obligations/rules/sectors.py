"""What a family of purchases asks: food, reused goods, buildings, renewable energy, and texts not read again."""

from datetime import date

from django.utils.translation import gettext as _

from ...models import Audience
from ..lawbook import LawBook
from ..purchase import BuildingUse, Catering, Finding, Purchase, PurchaseNature, Status
from ..words import day_words
from .support import found, on_time

OVERSEAS_FIRST, OVERSEAS_FULL = date(2026, 1, 1), date(2030, 1, 1)
EGALIM_SINCE, MEAT_SINCE = date(2022, 1, 1), date(2024, 1, 1)
PLASTIC_SINCE = date(2025, 1, 1)
REUSE_FIRST, REUSE_DECREE = date(2021, 1, 1), date(2024, 7, 1)
RENEWABLE_SINCE = date(2024, 7, 1)
RENEWABLE_SOURCE = "Marche-public.info, article 35"
SHARED_CHECK = date(2026, 11, 12)
BUILDING_SINCE = {
    BuildingUse.HOUSING: date(2022, 1, 1),
    BuildingUse.OFFICES: date(2022, 7, 1),
    BuildingUse.SCHOOL: date(2022, 7, 1),
    BuildingUse.EXTENSION: date(2023, 1, 1),
}
CARBON_STEPS = (2025, 2028, 2031)
# Goods that the order of 29 February 2024 may list; only textiles were read in a source.
LISTED_GOODS = {"TEX"}
LIKELY_GOODS = {"MOB", "NUM", "FOU", "MOBI"}


def is_food(purchase: Purchase) -> bool:
    """Food or meals; kitchen equipment and receptions are not what a canteen serves."""
    return purchase.top_family == "ALI" and purchase.family not in ("ALI-EQU", "ALI-TRA")


def serves_canteen(purchase: Purchase) -> bool:
    if purchase.catering == Catering.NONE:
        return False
    return is_food(purchase) or purchase.catering in (Catering.DIRECT, Catering.SERVICE)


def egalim(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    ground = law.article("24", "loi-egalim")
    share, meat = _("Des produits durables et de qualité, dont une part de bio"), _("Des viandes et poissons durables")
    if not serves_canteen(purchase):
        if purchase.top_family != "ALI":
            return []
        why = _("Vise la restauration collective ; votre achat ne la concerne pas.")
        return [found("egalim", share, why, Status.NOT_APPLICABLE, ground)]
    if ground.is_out_on(purchase.launch):
        return [on_time("egalim", share, "", purchase.launch, ground)]
    return [egalim_share(purchase, ground, share), egalim_meat(purchase, ground, meat)]


def egalim_share(purchase: Purchase, ground, title: str) -> Finding:
    dress = {"pillar": "env", "threshold_words": _("Toute restauration collective publique"), "wants": "condition"}
    if purchase.overseas and purchase.launch < OVERSEAS_FULL:
        if purchase.launch < OVERSEAS_FIRST:
            why = _("Outre-mer, le palier d’avant 2026 n’a pas été relu : vérifiez-le.")
            return found("egalim", title, why, Status.TO_CHECK, ground, **dress)
        why = _("Outre-mer, de 2026 à 2029 : 35 % de produits durables et de qualité, dont 10 % de bio.")
        return found("egalim", title, why, Status.APPLIES, ground, **dress | {"since": OVERSEAS_FIRST})
    since = OVERSEAS_FULL if purchase.overseas else EGALIM_SINCE
    if purchase.launch < since:
        why = _("S’impose à partir du %(day)s ; la vôtre part avant.") % {"day": day_words(since)}
        return found("egalim", title, why, Status.NOT_YET, ground, **dress | {"since": since})
    why = _("Au moins 50 % de produits durables et de qualité, en valeur sur l’année, dont 20 % de bio.")
    return found("egalim", title, why, Status.APPLIES, ground, **dress | {"since": since})


def egalim_meat(purchase: Purchase, ground, title: str) -> Finding:
    dress = {"pillar": "env", "since": MEAT_SINCE, "wants": "condition"}
    if purchase.launch < MEAT_SINCE:
        why = _("S’impose à partir du %(day)s ; la vôtre part avant.") % {"day": day_words(MEAT_SINCE)}
        return found("egalim_meat", title, why, Status.NOT_YET, ground, **dress)
    if purchase.overseas:
        why = _("Au moins 60 % de viandes et poissons durables ; l’adaptation outre-mer n’a pas été relue.")
        return found("egalim_meat", title, why, Status.TO_CHECK, ground, **dress)
    whole = purchase.buyer == Audience.STATE if purchase.state_restaurant is None else purchase.state_restaurant
    why = _("Restaurants de l’État : 100 % de viandes et poissons durables.")
    if not whole:
        why = _("Au moins 60 % de viandes et poissons durables, en valeur sur l’année (100 % dans ceux de l’État).")
    return found("egalim_meat", title, why, Status.APPLIES, ground, **dress)


def plastic_containers(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    if not serves_canteen(purchase) or purchase.launch < PLASTIC_SINCE:
        return []
    why = _(
        "L’échéance de 2025 vise certaines cantines. Nous n’avons pas encore relu le texte : ne vous en tenez pas à "
        "cette ligne, surtout pour des repas livrés."
    )
    ground = law.text("contenants-plastiques-cantines")
    return [found("plastic_containers", _("Les contenants en plastique"), why, Status.TO_CHECK, ground, pillar="env")]


def reuse_and_recycling(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    """Yearly shares of goods bought by the State and local authorities, in steps: 2024, 2027, 2030."""
    title = _("Une part de biens réemployés ou recyclés")
    decree, order, article = law.text("decret-2024-134"), law.text("arrete-2024-02-29"), law.article("58", "loi-agec")
    if purchase.launch < REUSE_DECREE:
        return [before_decree(purchase, law, title)]
    grounds, dress = (decree, order, article), {"pillar": "env", "wants": "condition", "since": REUSE_DECREE}
    if decree.is_out_on(purchase.launch):
        return [on_time("reuse", title, "", purchase.launch, *grounds, **dress)]
    if purchase.buyer not in (Audience.LOCAL, Audience.STATE):
        why = _("Vise l’État, les collectivités et leurs groupements.")
        return [found("reuse", title, why, Status.NOT_APPLICABLE, *grounds, **dress)]
    likely = purchase.top_family in LISTED_GOODS | LIKELY_GOODS
    if not (purchase.nature == PurchaseNature.SUPPLIES or (purchase.nature == PurchaseNature.SERVICES and likely)):
        why = _("Vise des biens ; votre achat n’en est pas un. Les marchés mixtes comptent pour leurs biens.")
        return [found("reuse", title, why, Status.NOT_APPLICABLE, *grounds, **dress)]
    if purchase.top_family in LISTED_GOODS:
        return [found("reuse", title, textile_share(purchase.launch), Status.APPLIES, *grounds, **dress)]
    why = _(
        "Dix-sept familles de produits sont visées, par paliers en 2024, 2027 et 2030. Consultez la liste de "
        "l’arrêté : %(guess)s"
    )
    guess = _("la vôtre y figure sans doute.") if likely else _("elle peut viser une partie de l’achat.")
    why %= {"guess": guess}
    return [found("reuse", title, why, Status.TO_CHECK, *grounds, **dress)]


def before_decree(purchase: Purchase, law: LawBook, title: str) -> Finding:
    ground, article = law.text("decret-2021-254"), law.article("58", "loi-agec")
    dress = {"pillar": "env", "since": REUSE_FIRST}
    if purchase.launch < REUSE_FIRST:
        why = _("S’impose à partir du %(day)s ; la vôtre part avant.") % {"day": day_words(REUSE_FIRST)}
        return found("reuse", title, why, Status.NOT_YET, ground, article, **dress)
    why = _("Avant le 1er juillet 2024, les parts du décret n° 2021-254, depuis abrogé : à vérifier si elles comptent.")
    return found("reuse", title, why, Status.TO_CHECK, ground, article, **dress)


def textile_share(launch: date) -> str:
    if launch.year >= 2030:
        return _("Textiles, à partir de 2030 : 15 % issus du réemploi et 30 % de matières recyclées, sur l’année.")
    if launch.year >= 2027:
        return _(
            "Textiles, deuxième palier depuis 2027 : plus de 8 % de réemploi et 20 % de recyclé ; relevez les parts "
            "exactes dans l’arrêté. En 2030 : 15 % et 30 %."
        )
    return _("Textiles, jusqu’à fin 2026 : 8 % issus du réemploi et 20 % de matières recyclées, sur l’année.")


def is_building(purchase: Purchase) -> bool:
    return purchase.nature == PurchaseNature.WORKS and purchase.top_family in ("BAT", "")


def building_regulation(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    """By use and date; a new build is said, or told by the family."""
    title, ground = _("La réglementation environnementale des bâtiments (RE2020)"), law.text("re2020")
    dress = {"pillar": "env", "wants": "condition"}
    is_new = True if purchase.family == "BAT-NEU" and purchase.new_build is None else purchase.new_build
    is_extension = purchase.building_use == BuildingUse.EXTENSION
    if not is_building(purchase) or (is_new is False and not is_extension):
        why = _("Elle concerne les constructions neuves. Votre achat n’en comporte pas.")
        return [found("re2020", title, why, Status.NOT_APPLICABLE, ground, **dress)]
    if is_new is None and not is_extension:
        if purchase.top_family != "BAT":
            return []
        why = _("S’applique si l’opération comporte une construction neuve, une extension ou un bâtiment temporaire.")
        return [found("re2020", title, why, Status.CONDITIONAL, ground, **dress)]
    since = BUILDING_SINCE.get(BuildingUse(purchase.building_use)) if purchase.building_use else None
    if since is None or purchase.overseas or ground.is_out_on(purchase.launch):
        why = _("L’usage de ce bâtiment ou son territoire relèvent de règles que nous n’avons pas relues : vérifiez.")
        return [found("re2020", title, why, Status.TO_CHECK, ground, **dress)]
    if purchase.launch < since:
        why = _("S’impose pour cet usage à partir du %(day)s ; la vôtre part avant.") % {"day": day_words(since)}
        return [found("re2020", title, why, Status.NOT_YET, ground, **dress | {"since": since})]
    return [found("re2020", title, carbon_words(purchase.launch), Status.APPLIES, ground, **dress | {"since": since})]


def carbon_words(launch: date) -> str:
    why = _("Le bâtiment neuf respecte des seuils d’énergie et de carbone ; rapprochez la date de celle du permis.")
    reached = [year for year in CARBON_STEPS if year <= launch.year]
    coming = [year for year in CARBON_STEPS if year > launch.year]
    if reached:
        why += " " + _("Palier carbone en cours : %(year)d.") % {"year": reached[-1]}
    if coming:
        why += " " + _("Prochain palier carbone : %(year)d.") % {"year": coming[0]}
    return why


def renewable_energy(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    """Contracts on the production or storage of renewable energy; the line was read, its article was not."""
    is_renewable = purchase.renewable_energy
    if is_renewable is None and purchase.family == "ENE-PV":
        is_renewable = True
    if is_renewable is None and purchase.top_family != "ENE":
        return []
    title = _("Des conditions environnementales pour les installations d’énergie renouvelable")
    dress = {
        "pillar": "env",
        "wants": "condition",
        "since": RENEWABLE_SINCE,
        "source": RENEWABLE_SOURCE,
        "verified_on": SHARED_CHECK,
    }
    if is_renewable is False:
        why = _("Vise la production et le stockage d’énergie renouvelable.")
        return [found("renewable_energy", title, why, Status.NOT_APPLICABLE, **dress)]
    if purchase.launch < RENEWABLE_SINCE:
        why = _("S’impose à partir du %(day)s ; la vôtre part avant.") % {"day": day_words(RENEWABLE_SINCE)}
        return [found("renewable_energy", title, why, Status.NOT_YET, **dress)]
    if is_renewable is None:
        why = _("S’applique si le contrat porte sur une installation de production ou de stockage.")
        return [found("renewable_energy", title, why, Status.CONDITIONAL, **dress)]
    why = _("Le contrat prévoit des conditions environnementales pour l’installation.")
    return [found("renewable_energy", title, why, Status.APPLIES, **dress)]


def texts_not_read_again(purchase: Purchase, law: LawBook, today: date) -> list[Finding]:
    """Known of the trade, not read again: pointed at, never concluded."""
    known = {
        "MOBI": [
            (
                "vehicles",
                _("Une part de véhicules à faibles émissions"),
                law.article("L224-7", "code-de-l-environnement"),
            )
        ],
        "NUM": [
            ("digital", _("L’empreinte environnementale du numérique"), law.text("loi-reen")),
            ("digital_access", _("L’accessibilité des services en ligne"), law.article("47", "loi-2005-102")),
        ],
    }
    why = _("Nous n’avons pas relu ce texte : vérifiez avec votre juriste s’il vise cet achat.")
    return [
        found(key, title, why, Status.TO_CHECK, ground, pillar="social" if key == "digital_access" else "env")
        for key, title, ground in known.get(purchase.top_family, [])
    ]
