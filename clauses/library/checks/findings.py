from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    REFUSAL = "refusal"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """`field` is that of the form (« wordings », « assessed »…), `excerpt` the words at fault, if there are some."""

    code: str
    level: Level
    message: Any
    field: str
    excerpt: str = ""

    @property
    def stops(self) -> bool:
        return self.level == Level.REFUSAL


def refusal(code: str, field: str, message, excerpt: str = "") -> Finding:
    return Finding(code, Level.REFUSAL, message, field, excerpt)


def warning(code: str, field: str, message, excerpt: str = "") -> Finding:
    return Finding(code, Level.WARNING, message, field, excerpt)


def refusals_among(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.stops]


def warnings_among(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if not finding.stops]
