from django.urls import reverse
from django.utils.translation import gettext as _


def preference_tabs(current: str) -> list[dict]:
    rows = (
        ("profile_edit", _("Profil")),
        ("account_security", _("Sécurité")),
        ("account_email", _("Adresse électronique")),
    )
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label in rows]
