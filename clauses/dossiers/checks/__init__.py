"""What a dossier is told of itself: one function a check, a French sentence that says why and where the law says it.

Functions of what was read already (`case.Case`): no query here, and nothing is ever
refused. They help; a jurist decides.
"""

from .case import Case, Finding, Tone
from .declared import Declared, declared_as
from .run import run_checks

__all__ = ["Case", "Declared", "Finding", "Tone", "declared_as", "run_checks"]
