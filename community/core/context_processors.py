"""What every page shows around its content: sections, account menu, footer. Lists and booleans only."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.signals import setting_changed
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _


# Menus are made once and compared as the objects that they are: `{% constant %}` keeps what is drawn of them.
@dataclass(frozen=True, eq=False)
class Entry:
    label: str
    url: str
    icon: str = ""
    current: bool = False


@dataclass(frozen=True, eq=False)
class Column:
    title: str
    entries: tuple[Entry, ...]


@lru_cache(maxsize=64)
def address_of(name: str) -> str | None:
    """The address of a page of this installation; None where no room has it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def entries(path: str, *rows: tuple[str, ...]) -> tuple[Entry, ...]:
    """`rows` are (label, view name) or (label, view name, icon); pages that are not there are left out."""
    found = ((label, address_of(name), *icon) for label, name, *icon in rows)
    return tuple(
        Entry(label, url, *icon, current=url != "/" and path.startswith(url)) for label, url, *icon in found if url
    )


@lru_cache(maxsize=8)
def footer(_language: str | None, *, signed_in: bool) -> tuple[Column, ...]:
    return (
        Column(
            _("Explorer"),
            entries(
                "",
                (_("Questions"), "question_list"),
                (_("Bibliothèque de clauses"), "clause_list"),
                (_("Retours d’expérience"), "experience_list"),
                (_("Familles d’achats"), "family_list"),
                (_("Espaces"), "space_list"),
                (_("Calendrier juridique"), "legal_calendar"),
            ),
        ),
        Column(
            _("Participer"),
            entries(
                "",
                (_("Poser une question"), "question_ask"),
                (_("Partager une expérience"), "experience_share"),
                *(() if signed_in else ((_("Créer mon compte"), "account_signup"),)),
                (_("Vous êtes fournisseur"), "suppliers"),
            ),
        ),
        Column(
            _("Informations"),
            entries(
                "",
                (_("Charte de la communauté"), "charter"),
                (_("Données personnelles"), "data_protection"),
                (_("Accessibilité"), "accessibility"),
            ),
        ),
    )


@lru_cache(maxsize=32)
def nav(_language: str | None, here: str) -> tuple[Entry, ...]:
    """`here`: the address of the section where the reader is."""
    return entries(
        here,
        (_("Questions"), "question_list"),
        (_("Clauses"), "clause_list"),
        (_("Espaces"), "space_list"),
        (_("Membres"), "member_list"),
    )


@lru_cache(maxsize=8)
def account_menu(_language: str | None, *, calibrates: bool, is_staff: bool) -> tuple[Entry, ...]:
    rows = [
        (_("Mon profil"), "my_profile", "users"),
        (_("Mes achats à venir"), "planner", "calendar"),
        (_("Mes dossiers"), "dossier_list", "folder"),
        (_("Mes favoris"), "bookmark_list", "bookmark"),
        (_("Mes brouillons"), "draft_list", "file-pen"),
        (_("Mes recherches"), "saved_search_list", "search"),
        (_("Préférences"), "profile_edit", "settings"),
        (_("Sécurité du compte"), "account_security", "shield-check"),
    ]
    if calibrates:
        rows.append((_("Calibrages d’heures"), "calibration_list", "heart-handshake"))
    if is_staff:
        rows += [
            (_("Rédaction"), "wagtailadmin_home", "layers"),
            (_("File de relecture"), "review_queue", "flag"),
            (_("À relire : le droit"), "law_review", "scale"),
            (_("Membres à vérifier"), "approval_list", "user-check"),
            (_("Organisations à confirmer"), "organisation_review", "building-2"),
            (_("Mots-clés"), "tag_curate", "tag"),
            (_("Accès exceptionnels"), "break_glass_list", "key-round"),
            (_("Tâches"), "task_list", "clock"),
        ]
    return entries("", *rows)


@setting_changed.connect
def _forget(**kwargs) -> None:
    for kept in (address_of, footer, nav, account_menu):
        kept.cache_clear()


class Site:
    """Evaluated by the templates that ask: a page without the bell costs no query for it."""

    def __init__(self, request: HttpRequest):
        self.request = request
        self.path = request.path
        self.name = "Entraide"
        self.base_url = settings.BASE_URL
        self.absolute_url = settings.BASE_URL + request.path

    @property
    def nav(self) -> tuple[Entry, ...]:
        here = next((entry.url for entry in nav(get_language(), "") if self.path.startswith(entry.url)), "")
        return nav(get_language(), here)

    @property
    def account_menu(self) -> tuple[Entry, ...]:
        user = self.request.user
        # Those who are asked to calibrate; the others find theirs from a dossier.
        calibrates = user.is_staff or user.account_kind in ("facilitator", "animator")
        return account_menu(get_language(), calibrates=calibrates, is_staff=user.is_staff)

    @property
    def footer(self) -> tuple[Column, ...]:
        # An error page may come before anybody was recognised.
        user = getattr(self.request, "user", None)
        return footer(get_language(), signed_in=user is not None and user.is_authenticated)

    @property
    def debug_mail(self) -> bool:
        return settings.LOOPBACK and not settings.SMTP_URL


def site(request: HttpRequest) -> dict:
    return {"site": Site(request)}
