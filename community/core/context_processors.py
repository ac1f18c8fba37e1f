"""What every page shows around its content: sections, account menu, footer. Lists and booleans only."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    icon: str = ""
    current: bool = False


@dataclass(frozen=True)
class Column:
    title: str
    entries: list[Entry]


def entry(label: str, name: str, path: str, icon: str = "") -> Entry | None:
    """An entry for a page of this installation; None where no room has it."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    return Entry(label=label, url=url, icon=icon, current=url != "/" and path.startswith(url))


class Site:
    """Evaluated by the templates that ask: a page without the bell costs no query for it."""

    def __init__(self, request: HttpRequest):
        self.request = request
        self.path = request.path
        self.name = "Entraide"
        self.base_url = settings.BASE_URL
        self.absolute_url = settings.BASE_URL + request.path

    def entries(self, *rows) -> list[Entry]:
        found = (entry(label, name, self.path, *icon) for label, name, *icon in rows)
        return [each for each in found if each]

    @property
    def nav(self) -> list[Entry]:
        return self.entries(
            (_("Questions"), "question_list"),
            (_("Espaces"), "space_list"),
            (_("Membres"), "member_list"),
        )

    @property
    def account_menu(self) -> list[Entry]:
        rows = [
            (_("Mon profil"), "my_profile", "users"),
            (_("Mes favoris"), "bookmark_list", "bookmark"),
            (_("Mes brouillons"), "draft_list", "file-pen"),
            (_("Préférences"), "profile_edit", "settings"),
            (_("Sécurité du compte"), "account_security", "shield-check"),
        ]
        if self.request.user.is_staff:
            rows.append((_("Rédaction"), "wagtailadmin_home", "layers"))
        return self.entries(*rows)

    @property
    def footer(self) -> list[Column]:
        return [
            Column(_("Explorer"), self.entries((_("Questions"), "question_list"), (_("Espaces"), "space_list"))),
            Column(
                _("Participer"),
                self.entries(
                    (_("Poser une question"), "question_ask"),
                    (_("Créer mon compte"), "account_signup"),
                    (_("Vous êtes fournisseur"), "suppliers"),
                ),
            ),
            Column(
                _("Informations"),
                self.entries(
                    (_("Charte de la communauté"), "charter"),
                    (_("Données personnelles"), "data_protection"),
                    (_("Accessibilité"), "accessibility"),
                ),
            ),
        ]

    @property
    def debug_mail(self) -> bool:
        return settings.LOOPBACK and not settings.SMTP_URL


def site(request: HttpRequest) -> dict:
    return {"site": Site(request)}
