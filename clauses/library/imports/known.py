"""The codes that a record may name, read once for a whole file."""

from community.law.models import LegalProvision, LegalText
from community.members.models import Territory
from community.taxonomy.models import CpvCode, Objective, PurchaseFamily


class Known:
    def __init__(self) -> None:
        self.families = _codes(PurchaseFamily)
        self.objectives = _codes(Objective)
        self.cpv = _codes(CpvCode)
        self.territories = _codes(Territory)
        self.texts = set(LegalText.objects.values_list("slug", flat=True))
        self.provisions = set(LegalProvision.objects.values_list("text__slug", "key"))

    def has_basis(self, text: str, provision: str) -> bool:
        return (text, provision) in self.provisions if provision else text in self.texts


def _codes(model) -> set[str]:
    return set(model.objects.values_list("code", flat=True))
