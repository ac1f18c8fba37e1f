"""The confidentiality guard: what, in a text about to be published, looks like a secret of a procurement.

It points, people decide: nothing is blocked or sent anywhere. A false alarm teaches to ignore it, so each rule
prefers silence. Thresholds and estimates are public matters and are left alone; offers are not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext_lazy as _

Kind = Literal["company", "price", "procedure_number", "person", "email", "phone", "siret"]

MAX_FINDINGS = 50
MAX_LENGTH = 50_000
# How far before an amount its nature is said: « un seuil de », « une pénalité plafonnée à ».
NATURE_REACH = 60

MESSAGES = {
    "company": _("Ceci ressemble à un nom d’entreprise. Écrivez plutôt « le titulaire » ou « un candidat »."),
    "price": _(
        "Ceci ressemble au prix d’une offre, couvert par le secret des affaires. Donnez plutôt un ordre de grandeur."
    ),
    "procedure_number": _("Ceci ressemble à un numéro de procédure, qui permet de reconnaître votre marché."),
    "person": _("Ceci ressemble au nom d’une personne. Écrivez plutôt sa fonction."),
    "email": _("Ceci ressemble à une adresse électronique. Retirez-la, ou proposez de répondre en message privé."),
    "phone": _("Ceci ressemble à un numéro de téléphone. Retirez-le, ou proposez de répondre en message privé."),
    "siret": _("Ceci ressemble au numéro SIRET ou SIREN d’un établissement. Retirez-le s’il désigne un candidat."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of the text, `start` included and `end` excluded, and what to do about it."""

    kind: Kind
    start: int
    end: int
    excerpt: str
    message: str


_SPACE = r"[ \u00a0\u202f]"
_CAPITAL = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒ"
_NAME = rf"[{_CAPITAL}][\w’'&-]{{1,30}}"
_NAMES = rf"{_NAME}(?:{_SPACE}(?:&{_SPACE})?{_NAME}){{0,3}}"

# Links and mentions were chosen one by one: a number inside an address is not a telephone.
_IGNORED = re.compile(r"https?://[^\s<>]{1,2000}|@\[[^\[\]\n]{0,200}\]\(membre:[\w-]{1,64}\)")

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(
    rf"(?<![\d+])(?:\+(?:33|262|590|594|596|687|689){_SPACE}?(?:\(0\){_SPACE}?)?|0)[1-9](?:(?:{_SPACE}|[.-])?\d{{2}}){{4}}(?!\d|,\d|{_SPACE}?€)"
)
_SIRET = re.compile(rf"(?<!\d)\d{{3}}{_SPACE}?\d{{3}}{_SPACE}?\d{{3}}{_SPACE}?\d{{5}}(?!\d)")
_SIREN = re.compile(rf"\bSIREN\b[^\d\n]{{0,12}}(\d{{3}}{_SPACE}?\d{{3}}{_SPACE}?\d{{3}})(?!\d)", re.IGNORECASE)

_REFERENCE_CODE = re.compile(
    r"(?<![\w/-])(?:20\d\d[-_/][A-Z]{1,6}\d{0,3}[-_/]\d{1,5}|[A-Z]{2,6}[-_/]?20\d\d[-_/]\d{2,5})(?![\w/-])"
)
_NOT_A_PROCEDURE = ("UE", "CE", "EU", "ISO", "EN", "NF", "JO", "CPV", "ECO", "LOI", "ESPR")
_PROCEDURE = re.compile(
    rf"\b(?:march[ée]|consultation|proc[ée]dure|accord-cadre|appel{_SPACE}d[’']offres|MAPA|DCE|BOAMP)"
    rf"(?:{_SPACE}(?:public|restreinte?|ouverte?|adaptée))?{_SPACE}"
    rf"(?:n(?:°|º|o\b|uméro\b){_SPACE}?([\w/.-]{{4,30}})|((?=[A-Z\d/_-]{{0,30}}\d)(?=\d{{0,30}}[A-Z])[A-Z\d/_-]{{5,30}})\b)",
    re.IGNORECASE,
)

_PERSON = re.compile(
    rf"\b(?:M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame|Maître|Me|Dr|Docteur){_SPACE}(?:d[eu]{_SPACE}|d[’'])?({_NAMES})"
)
_NOT_A_PERSON = {
    *("Le", "La", "Les", "Il", "Elle", "Ils", "Ce", "Cet", "Cette", "Ces", "Nous", "Vous", "On", "Un", "Une", "Des"),
    *("Monsieur", "Madame", "Maire", "Président", "Présidente", "Préfet", "Préfète", "Ministre", "Directeur"),
    *("Directrice", "Sénateur", "Sénatrice", "Député", "Députée", "Untel", "Unetelle", "En", "Pour", "Mais", "Si"),
}

_FORM = r"(?:SARL|SASU|SAS|SA|EURL|SCOP|SCIC|SNC|SELARL|Scop|Scic)"
_COMPANY_AFTER = re.compile(
    rf"\b(?:{_FORM}|[Ss]ociété|[Ee]ntreprise|[Ss]té|[Gg]roupe){_SPACE}(?:[«\"]{_SPACE}?)?({_NAMES})"
)
_COMPANY_BEFORE = re.compile(rf"\b({_NAMES}){_SPACE}(?:SARL|SASU|SAS|EURL)\b")
_NOT_A_COMPANY = {
    *_NOT_A_PERSON,
    *("HLM", "ESS", "ESAT", "EA", "EI", "IAE", "SIAE", "PME", "TPE", "ETI", "SARL", "SAS", "SASU", "EURL", "SCOP"),
    *("SCIC", "SA", "SNC", "Adaptée", "Solidaire", "Sociale", "Titulaire", "Attributaire", "Candidate", "Générale"),
    *("Mandataire", "Ordonnateur", "Et", "Ou", "De", "Du", "Aux", "Au", "Chez", "Notre", "Votre", "Leur", "Chaque"),
    *("Toute", "Petite", "Grande", "Jeune", "Par", "Avec", "Sans", "Selon", "Comme", "Forme", "Statut", "XXX", "XX"),
}

_AMOUNT = re.compile(
    rf"(?<![\d,.])(\d{{1,3}}(?:(?:{_SPACE}|\.)\d{{3}}){{1,4}}|\d{{1,12}})(,\d{{1,3}})?{_SPACE}?(k€|K€|M€|€|millions?{_SPACE}d[’']euros|euros?\b|EUR\b)"
)
_SENTENCE_END = re.compile(r"[.!?…](?=\s)|\n")
_OFFER = re.compile(
    r"\b(?:offres?|devis|soumissionn\w{0,8}|candidats?|concurrents?|attributaires?|titulaires?|prestataires?|"
    r"fournisseurs?|(?:moins|mieux)[- ]disants?|facture\w{0,3}|DPGF|BPU|a\s(?:proposé|chiffré|remis|répondu|coté))\b",
    re.IGNORECASE,
)
_PUBLIC_NATURE = re.compile(
    r"\b(?:seuils?|estim\w{1,6}|budgets?|plafon\w{1,5}|pénalités?|maxim\w{1,4}|minim\w{1,4}|inférieure?s?|supérieure?s?|"
    r"dessous|dessus|jusqu[’'](?:à|au|aux)|moins\sde|plus\sde|au-delà|primes?|avances?|amendes?|subventions?|capital|"
    r"chiffre\sd[’']affaires|cautions?|retenues?|garanties?|tranches?|au\smoins|entre|à\spartir)\b",
    re.IGNORECASE,
)
# Thresholds of the law, present and recent, and round figures of its brackets, in euros.
_THRESHOLDS = {
    *(25_000, 40_000, 60_000, 90_000, 100_000, 139_000, 140_000, 143_000, 200_000, 207_000, 209_000, 214_000),
    *(215_000, 216_000, 221_000, 300_000, 428_000, 431_000, 432_000, 443_000, 500_000, 750_000, 1_000_000),
    *(5_186_000, 5_225_000, 5_350_000, 5_382_000, 5_404_000, 5_538_000, 50_000_000, 100_000_000),
}


def inspect(text: str) -> list[Finding]:
    """What to check before publishing, in the order of the text, without overlaps; at most `MAX_FINDINGS`."""
    text = text[:MAX_LENGTH]
    taken = [match.span() for match in _IGNORED.finditer(text)]
    findings: list[Finding] = []
    for kind, spans in _rules(text):
        for start, end in spans:
            if all(end <= first or start >= last for first, last in taken):
                taken.append((start, end))
                findings.append(Finding(kind, start, end, text[start:end], str(MESSAGES[kind])))
            if len(findings) >= MAX_FINDINGS:
                break
    return sorted(findings, key=lambda finding: finding.start)[:MAX_FINDINGS]


def _rules(text: str) -> Iterator[tuple[Kind, Iterator[tuple[int, int]]]]:
    """Each kind with where it is found; the surest first, since a stretch is told once."""
    yield "email", (match.span() for match in _EMAIL.finditer(text))
    yield "siret", _sirets(text)
    yield "procedure_number", _procedures(text)
    yield "phone", (match.span() for match in _PHONE.finditer(text))
    yield "price", _prices(text)
    yield "company", _companies(text)
    yield "person", _persons(text)


def _sirets(text: str) -> Iterator[tuple[int, int]]:
    for match in _SIRET.finditer(text):
        if _is_siret(re.sub(r"\D", "", match[0])):
            yield match.span()
    for match in _SIREN.finditer(text):
        if _luhn(re.sub(r"\D", "", match[1])):
            yield match.span(1)


def _is_siret(digits: str) -> bool:
    # La Poste's establishments outgrew the check digit: their digits add up to a multiple of five instead.
    if digits.startswith("356000000"):
        return sum(map(int, digits)) % 5 == 0
    return _luhn(digits)


def _luhn(digits: str) -> bool:
    total = sum(map(int, digits[::-2])) + sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return total % 10 == 0 and int(digits) > 0


def _procedures(text: str) -> Iterator[tuple[int, int]]:
    for match in _REFERENCE_CODE.finditer(text):
        if not any(part in _NOT_A_PROCEDURE for part in re.split(r"[-_/\d]+", match[0])):
            yield match.span()
    for match in _PROCEDURE.finditer(text):
        group = 1 if match[1] else 2
        code = match[group].rstrip(".-/")
        # « Marché n° 12 » names nothing; « consultation RESTREINTE » is no code.
        if sum(character.isdigit() for character in code) >= 3 and code.upper() == code:
            yield match.start(group), match.start(group) + len(code)


def _persons(text: str) -> Iterator[tuple[int, int]]:
    for match in _PERSON.finditer(text):
        first = re.split(r"[\s’'-]", match[1])[0]
        # « M. X » and « Mme XX » already hide somebody.
        if first not in _NOT_A_PERSON and set(first) != {"X"}:
            yield match.span()


def _companies(text: str) -> Iterator[tuple[int, int]]:
    for match in _COMPANY_AFTER.finditer(text):
        if _names_a_company(match[1].split()[0]):
            yield match.span()
    for match in _COMPANY_BEFORE.finditer(text):
        words = match[1].split()
        # « La SAS », « Une Petite SARL »: the words before the form may only begin the sentence.
        skipped = next((index for index, word in enumerate(words) if _names_a_company(word)), None)
        if skipped is not None:
            yield match.end() - len(" ".join(words[skipped:])) - (match.end() - match.end(1)), match.end()


def _names_a_company(word: str) -> bool:
    return word not in _NOT_A_COMPANY and not re.match(r"(?:[LlDdQq]|Qu)[’']", word)


def _prices(text: str) -> Iterator[tuple[int, int]]:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)] + [len(text)]
    start = 0
    for end in ends:
        amounts = list(_AMOUNT.finditer(text, start, end))
        if amounts and _OFFER.search(text, start, end):
            for match in amounts:
                before = text[max(start, match.start() - NATURE_REACH) : match.start()]
                if _euros(match) not in _THRESHOLDS and not _PUBLIC_NATURE.search(before):
                    yield match.span()
        start = end


def _euros(match: re.Match[str]) -> Decimal:
    amount = Decimal(re.sub(r"\D", "", match[1]) + (match[2] or "").replace(",", "."))
    unit = match[3].lower()
    if unit == "k€":
        return amount * 1_000
    return amount * 1_000_000 if unit.startswith("m") else amount
