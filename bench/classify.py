"""How often a family can be proposed for real contracts, and how well their object alone tells buildings from works."""

import csv
import re
from collections import Counter
from pathlib import Path

from community.taxonomy.evidence import longest_prefix, significant_digits
from community.taxonomy.models import CpvCode, PurchaseFamily
from community.taxonomy.suggest import families_by_code, suggest_families

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
_MOJIBAKE = re.compile(r"\ufffd|Ã[\x80-\xbf©¨§ª®´»]|â€")
WORKS = ("BAT", "TP")


def defects(row: dict[str, str], codes: set[str]) -> list[str]:
    """What is wrong with a contract, by kind; a row may have several."""
    found = []
    if _MOJIBAKE.search("".join(value or "" for value in row.values())):
        found.append("caractères perdus (mojibake)")
    date = row["date_notification"] or ""
    if not date:
        found.append("date absente")
    elif not _ISO_DATE.match(date):
        found.append("date hors format ISO")
    cpv = row["cpv"] or ""
    if not cpv:
        found.append("CPV absent")
    elif not re.fullmatch(r"\d{8}(-\d)?", cpv):
        found.append("CPV mal formé")
    elif cpv[:8] not in codes:
        found.append("CPV inconnu de la liste")
    if not (row["objet"] or "").strip():
        found.append("objet absent")
    return found


def run(path: Path) -> int:
    """Prints the rates; 0 unless words make prefixes worse."""
    codes = set(CpvCode.objects.values_list("code", flat=True))
    families = families_by_code()
    if not codes or not families:
        print("Chargez d’abord les données de référence : manage.py load_reference")
        return 2
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        rows = list(csv.DictReader(file))
    print(f"{len(rows)} contrats lus dans {path.name}")
    for kind, times in sorted(Counter(kind for row in rows for kind in defects(row, codes)).items()):
        print(f"  {kind:<32}{times:>6}")
    valid = [row for row in rows if (row["cpv"] or "")[:8] in codes]
    prefixes = {code: family.cpv_prefixes for code, family in families.items()}
    by_code = [longest_prefix(significant_digits(row["cpv"]), prefixes)[1] for row in valid]
    alone = _rate("préfixes seuls", by_code, len(valid))
    with_words = [suggest_families(cpv=row["cpv"], text=row["objet"], families=families) for row in valid]
    better = _rate("préfixes et mots", with_words, len(valid))
    agreement(valid, by_code, families)
    confusion(valid, by_code, families)
    return 0 if better >= alone else 1


def _rate(label: str, answers: list, total: int) -> float:
    rate = sum(1 for answer in answers if answer) / total
    print(f"Famille proposée, {label:<18} {rate:>7.1%}  de {total} contrats au CPV valide")
    return rate


def agreement(rows: list[dict], by_code: list[list[str]], families: dict) -> None:
    """Where the code settles the top family: how often the object alone gives the same."""
    settled = [
        (row, families[codes[0]])
        for row, codes in zip(rows, by_code, strict=True)
        if codes and len({_top(families[code]) for code in codes}) == 1
    ]
    answers = [
        (suggest_families(text=row["objet"], limit=1, families=families), _top(family)) for row, family in settled
    ]
    given = [(found[0], top) for found, top in answers if found]
    right = sum(1 for suggestion, top in given if _top(suggestion.family) == top)
    print(f"Objet seul, {len(settled)} contrats dont le CPV fixe la famille :", end=" ")
    print(f"réponse donnée {len(given) / len(settled):.1%}, juste {right / len(given):.1%} des réponses")


def confusion(rows: list[dict], by_code: list[list[str]], families: dict) -> None:
    """Contracts whose code settles buildings or civil works, the code hidden."""
    matrix: Counter = Counter()
    for row, codes in zip(rows, by_code, strict=True):
        tops = {_top(families[code]) for code in codes}
        if len(tops) == 1 and (top := tops.pop()) in WORKS:
            found = suggest_families(text=row["objet"], limit=1, families=families)
            answer = _top(found[0].family) if found else "aucune"
            matrix[top, answer if answer in (*WORKS, "aucune") else "autre"] += 1
    columns = (*WORKS, "autre", "aucune")
    print("\nCPV caché, objet seul (lignes : ce que dit le CPV ; colonnes : ce que disent les mots)")
    print(f"{'':<8}" + "".join(f"{column:>9}" for column in columns) + f"{'juste':>9}")
    for top in WORKS:
        line = [matrix[top, column] for column in columns]
        print(f"{top:<8}" + "".join(f"{count:>9}" for count in line) + f"{matrix[top, top] / (sum(line) or 1):>9.1%}")
    told = sum(matrix[top, answer] for top in WORKS for answer in WORKS)
    right = sum(matrix[top, top] for top in WORKS)
    print(f"Quand les mots disent bâtiment ou travaux publics, ils ont raison dans {right / (told or 1):.1%} des cas.")


def _top(family: PurchaseFamily) -> str:
    return (family.parent or family).code
