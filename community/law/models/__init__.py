from .change import ChangeKind, LegalChange
from .obligation import Audience, Obligation
from .provision import LegalProvision
from .text import LegalText, Nature
from .threshold import Threshold

__all__ = ["Audience", "ChangeKind", "LegalChange", "LegalProvision", "LegalText", "Nature", "Obligation", "Threshold"]
