"""The number of a French establishment: fourteen digits, checked by Luhn's key (INSEE)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LENGTH = 14
LA_POSTE = "356000000"


def normalised(value: str) -> str:
    return "".join(value.split()).replace(".", "").replace("-", "")


def has_luhn_key(digits: str) -> bool:
    doubled = (int(digit) * (2 if position % 2 else 1) for position, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def has_valid_key(siret: str) -> bool:
    """La Poste ran out of Luhn numbers: the digits of its other establishments add up to a multiple of five."""
    if has_luhn_key(siret):
        return True
    return siret.startswith(LA_POSTE) and sum(map(int, siret)) % 5 == 0


def clean_siret(value: str) -> str:
    """The fourteen digits, or nothing when nothing was given; raises ValidationError with the way to mend it."""
    siret = normalised(value)
    if not siret:
        return ""
    if not (siret.isascii() and siret.isdigit()):
        raise ValidationError(_("Un SIRET ne compte que des chiffres. Corrigez-le ou videz le champ."))
    if len(siret) != LENGTH:
        counted = ngettext("Ce numéro compte %(count)d chiffre", "Ce numéro compte %(count)d chiffres", len(siret))
        sentence = counted + _(" au lieu de 14. Corrigez-le ou videz le champ.")
        raise ValidationError(sentence % {"count": len(siret)})
    if not has_valid_key(siret):
        raise ValidationError(
            _("La clé de contrôle de ce SIRET est fausse : un chiffre a dû changer. Corrigez-le ou videz le champ.")
        )
    return siret
