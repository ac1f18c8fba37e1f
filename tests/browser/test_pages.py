"""Every page: it answers, no fault of accessibility in either theme at 1440 and 320 px, nothing beyond the screen.

A page is loaded once, then seen in each theme and at each width. The colours are what a theme changes: the rules of
colour are asked again in the dark, the others once a width.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlparse

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from playwright.sync_api import Page

from .conftest import PATIENCE, ROOT, SESSION_COOKIE, note_console
from .support import COLOUR_RULES, RULES, shoot, sideways_scroll, violations

Address = str | Callable[[dict], str]


@dataclass(frozen=True)
class Seen:
    """`who` looks at `address`: the name of a view, an address, or what gives one from what was seeded."""

    name: str
    who: str
    address: Address
    status: int = 200

    def __str__(self) -> str:
        return self.name

    def url(self, seeded: dict) -> str:
        if callable(self.address):
            return self.address(seeded)
        return self.address if self.address.startswith("/") else reverse(self.address)


def thread(seeded: dict) -> str:
    return seeded["thread"]["url"]


def about_thread(view: str) -> Address:
    return lambda seeded: reverse(view, args=[seeded["thread"]["pk"]])


def about_answer(view: str, number: int) -> Address:
    return lambda seeded: reverse(view, args=[seeded["thread"]["answers"][number]])


def about_private(view: str) -> Address:
    return lambda seeded: reverse(view, args=[PRIVATE_SPACE])


def clause(which: str, after: str = "") -> Address:
    return lambda seeded: f"{seeded['clauses'][which]['url']}{after}"


def about_clause(view: str, *more: str | int) -> Address:
    return lambda seeded: reverse(view, args=[seeded["clauses"]["condition"]["pk"], *more])


def both_clauses(seeded: dict) -> str:
    return f"/clauses/comparer/?c={seeded['clauses']['criterion']['pk']}&c={seeded['clauses']['condition']['pk']}"


def about_dossier(view: str, after: str = "") -> Address:
    return lambda seeded: reverse(view, args=[seeded["dossier"]["pk"]]) + after


def in_projects(view: str, what: str) -> Address:
    return lambda seeded: reverse(view, args=[seeded["projects"][what]])


def in_dossier(view: str, what: str) -> Address:
    return lambda seeded: reverse(view, args=[seeded["dossier"]["pk"], seeded["dossier"][what]])


PRIVATE_SPACE = "groupe-restauration-durable"
FOOD_CONTRACT = "?nature=supplies&montant=80000&acheteur=local&famille=ALI&duree=24&lancement=2027-01-11"
PAGES = (
    Seen("accueil-visiteur", "", "home"),
    Seen("questions-visiteur", "", "question_list"),
    Seen("questions-sans-resultat", "", "/questions/?q=introuvablissime"),
    Seen("question-visiteur", "", thread),
    Seen("question-historique", "", about_answer("answer_history", 2)),
    Seen("clauses-visiteur", "", "clause_list"),
    Seen("clauses-condensees", "", "/clauses/?vue=compact&piece=cctp&ambition=socle"),
    Seen("clauses-sans-resultat", "", "/clauses/?mot-cle=introuvablissime"),
    Seen("clause-visiteur", "", clause("condition")),
    Seen("clause-critere", "", clause("criterion")),
    Seen("clauses-comparer", "", both_clauses),
    Seen("clauses-comparer-vide", "", "clause_compare"),
    Seen("clause-version", "", about_clause("clause_version", 1)),
    Seen("retours-visiteur", "", "experience_list"),
    Seen("retours-sans-resultat", "", "/retours/?mot-cle=introuvablissime"),
    Seen("retour-masque", "", "/retours/2/"),
    Seen("familles", "", "family_list"),
    Seen("famille-visiteur", "", "/familles/ALI/"),
    Seen("obligations-vide", "", "obligations"),
    Seen("obligations", "", f"/clauses/obligations/{FOOD_CONTRACT}"),
    Seen("obligations-a-verifier", "", "/clauses/obligations/?nature=works&montant=5500000&lancement=2028-03-01"),
    Seen("obligations-erreur", "", "/clauses/obligations/?montant=beaucoup", 422),
    Seen("note-elus", "", f"/clauses/obligations/note/{FOOD_CONTRACT}"),
    Seen("droit-calendrier", "", "legal_calendar"),
    Seen("droit-textes", "", "legal_text_list"),
    Seen("droit-texte-abroge", "", "/textes/decret-2021-254/"),
    Seen("droit-seuils", "", "threshold_list"),
    Seen("connexion", "", "account_login"),
    Seen("inscription", "", "account_signup"),
    Seen("mot-de-passe-oublie", "", "account_reset_password"),
    Seen("code-par-courriel", "", "account_request_login_code"),
    Seen("fournisseurs", "", "suppliers"),
    Seen("charte", "", "charter"),
    Seen("donnees-personnelles", "", "data_protection"),
    Seen("accessibilite", "", "accessibility"),
    Seen("espaces-visiteur", "", "space_list"),
    Seen("espace-visiteur", "", lambda seeded: seeded["network"]),
    Seen("courriels", "", "dev_mail_list"),
    Seen("404", "", "/nulle-part/", 404),
    Seen("accueil", "asker", "home"),
    Seen("questions", "asker", "question_list"),
    Seen("question", "asker", thread),
    Seen("question-poser", "asker", "question_ask"),
    Seen("question-modeles", "asker", "question_templates"),
    Seen("question-modifier", "asker", about_thread("question_edit")),
    Seen("commenter", "asker", about_answer("answer_comment", 2)),
    Seen("question-clore", "asker", about_thread("question_close")),
    Seen("question-embargo", "asker", lambda seeded: seeded["embargoed"]["url"]),
    Seen("clauses", "asker", "clause_list"),
    Seen("clause", "asker", clause("condition", "?v_delai=15")),
    Seen("clause-utilisation", "asker", about_clause("usage_report")),
    Seen("retour", "asker", "/retours/1/"),
    Seen("retour-raconter", "asker", "experience_share"),
    Seen("famille", "asker", "/familles/ALI/"),
    Seen("dossiers", "asker", "dossier_list"),
    Seen("dossiers-vides", "newcomer", "dossier_list"),
    Seen("dossier-creer", "asker", "/dossiers/nouveau/?objet=Repas+des+cantines&cpv=55524000"),
    Seen("dossier", "asker", about_dossier("dossier_detail")),
    Seen("dossier-article", "asker", in_dossier("item_edit", "item")),
    Seen("dossier-variables", "asker", about_dossier("dossier_variables")),
    Seen("dossier-sourcing", "asker", about_dossier("sourcing_sheet")),
    Seen("dossier-partage", "asker", about_dossier("dossier_share", "?q=benali")),
    Seen("dossier-inviter", "asker", about_dossier("review_invite")),
    Seen("dossier-avis", "asker", in_dossier("review_remark_answer", "remark")),
    Seen("dossier-relectures", "asker", about_dossier("review_history")),
    Seen("clause-ajouter", "asker", about_clause("dossier_add")),
    Seen("achats", "asker", "planner"),
    Seen("achats-vides", "newcomer", "planner"),
    Seen("achat", "asker", in_projects("purchase_detail", "purchase")),
    Seen("achat-ajouter", "asker", "purchase_create"),
    Seen("achat-modifier", "asker", in_projects("purchase_edit", "purchase")),
    Seen("achat-partager", "asker", in_projects("purchase_share", "purchase")),
    Seen("achats-importer", "asker", "purchase_import"),
    Seen("achats-import", "asker", in_projects("import_detail", "import")),
    Seen("heures-insertion", "", "/calibrages/calcul/?montant=800000&part=40&taux=12&cout=30"),
    Seen("heures-insertion-erreur", "", "/calibrages/calcul/?montant=800000&part=101&taux=5&cout=30", 422),
    Seen("calibrer", "asker", about_dossier("calibration_ask")),
    Seen("calibrages", "staff", "calibration_list"),
    Seen("calibrage", "staff", in_projects("calibration_detail", "calibration")),
    Seen("facilitation", "staff", "facilitator_list"),
    Seen("relecture-code", "", lambda seeded: reverse("review_open", args=[seeded["dossier"]["token"]])),
    Seen("relecture-expiree", "", "review_again", 404),
    Seen("question-privee", "helper", lambda seeded: seeded["private"]["url"]),
    Seen("reponse-modifier", "helper", about_answer("answer_edit", 0)),
    Seen("reponse-avis", "expert", about_answer("answer_endorse", 2)),
    Seen("reponse-a-verifier", "asker", about_answer("answer_doubt", 2)),
    Seen("signaler", "asker", lambda seeded: reverse("content_flag", args=["answer", seeded["thread"]["answers"][2]])),
    Seen("espaces", "asker", "space_list"),
    Seen("espace-creer", "asker", "space_create"),
    Seen("espace-prive", "asker", about_private("space_detail")),
    Seen("espace-quitter", "asker", about_private("space_leave")),
    Seen("notifications", "asker", "notification_list"),
    Seen("favoris", "asker", "bookmark_list"),
    Seen("brouillons", "asker", "draft_list"),
    Seen("membres", "asker", "member_list"),
    Seen("profil", "asker", lambda seeded: seeded["people"]["asker"]["profile"]),
    Seen("profil-autre", "asker", lambda seeded: seeded["people"]["helper"]["profile"]),
    Seen("profil-modifier", "asker", "profile_edit"),
    Seen("securite", "asker", "account_security"),
    Seen("mot-de-passe-changer", "asker", "account_change_password"),
    Seen("adresse-changer", "asker", "account_email"),
    Seen("double-authentification", "asker", "mfa_activate_totp"),
    Seen("cle-d-acces", "asker", "mfa_add_webauthn"),
    Seen("deconnexion", "asker", "account_logout"),
    Seen("notifications-vides", "newcomer", "notification_list"),
    Seen("favoris-vides", "newcomer", "bookmark_list"),
    Seen("accueil-nouveau", "newcomer", "home"),
    Seen("espace-administration", "owner", about_private("space_admin")),
    Seen("espace-invitations", "owner", about_private("space_invitations")),
    Seen("espace-reglages", "owner", about_private("space_settings")),
    Seen("espace-journal", "owner", about_private("space_audit")),
    Seen(
        "espace-retirer",
        "owner",
        lambda seeded: reverse(
            "space_member_remove", args=[PRIVATE_SPACE, seeded["people"]["asker"]["profile"].split("/")[2]]
        ),
    ),
    Seen("relecture", "owner", "review_queue"),
    Seen("droit-code", "staff", "/textes/code-de-la-commande-publique/"),
    Seen("droit-texte-modifier", "staff", "/textes/loi-agec/modifier/"),
    Seen("droit-texte-abroger", "staff", "/textes/loi-agec/abroger/"),
    Seen("droit-echeance-ajouter", "staff", "obligation_create"),
    Seen("droit-a-relire", "staff", "law_review"),
    Seen("question-animation", "staff", thread),
    Seen("question-deplacer", "staff", about_thread("question_move")),
    Seen("question-doublon", "staff", about_thread("question_duplicate")),
    Seen("echange-prive", "staff", about_answer("answer_exchange", 3)),
    Seen(
        "anonymat-lever",
        "staff",
        lambda seeded: reverse("anonymity_lift", args=["answer", seeded["thread"]["answers"][3]]),
    ),
    Seen("verifications", "staff", "approval_list"),
    Seen("mots-cles", "staff", "tag_curate"),
    Seen("mot-cle", "staff", lambda seeded: reverse("tag_curate_one", args=[seeded["tag"]])),
    Seen("reseau-territoires", "staff", lambda seeded: f"{seeded['network']}territoires/"),
    Seen("acces-exceptionnels", "staff", "break_glass_list"),
    Seen("taches", "staff", "task_list"),
    Seen("codes-de-secours", "staff", "mfa_view_recovery_codes"),
)
FAULT_PAGES = ("403.html", "429.html", "500.html")


@pytest.fixture(scope="module")
def viewers(browser, browser_context_args, seeded):
    """One browser a person for all the pages: what it keeps (style, fonts) is fetched once."""
    pages: dict[str, tuple[Page, list[str]]] = {}

    def viewer(who: str) -> tuple[Page, list[str]]:
        if who not in pages:
            context = browser.new_context(**browser_context_args)
            if who:
                session = seeded["people"][who]["session"]
                context.add_cookies([{"name": SESSION_COOKIE, "value": session, "domain": "localhost", "path": "/"}])
            page, faults = context.new_page(), []
            page.set_default_timeout(PATIENCE)
            page.on("pageerror", lambda error: faults.append(f"error: {error}"))
            page.on("console", lambda message: note_console(faults, message))
            pages[who] = page, faults
        return pages[who]

    yield viewer
    for page, _faults in pages.values():
        page.context.close()


@pytest.mark.parametrize("seen", PAGES, ids=str)
def test_page_is_accessible_in_both_themes_and_fits_every_screen(seen, viewers, seeded):
    page, faults = viewers(seen.who)
    faults.clear()
    page.set_viewport_size({"width": 1440, "height": 900})
    answer = page.goto(seen.url(seeded))
    assert answer.status == seen.status
    assert urlparse(page.url).path != "/compte/login/" or seen.name == "connexion"
    found = faults_of(page, seen.name, faults)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("template", FAULT_PAGES)
def test_page_of_a_fault_is_accessible_and_fits_every_screen(template, viewers):
    """These cannot be asked for: what the server would send is shown with the styles of the sources."""
    page, faults = viewers("")
    faults.clear()
    page.route(f"**/{template}", lambda route: route.fulfill(body=render_to_string(template), content_type="text/html"))
    page.route(
        "**/static/**", lambda route: route.fulfill(path=ROOT / route.request.url.split("/", 3)[3].split("?")[0])
    )
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"/{template}")
    found = faults_of(page, template.removesuffix(".html"), faults)
    page.unroute_all()
    assert not found, "\n".join(found)


def faults_of(page: Page, name: str, console: list[str]) -> list[str]:
    """Light then dark at 1440 px, dark then light at 320 px; pictures at 1440 and 375 px."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.evaluate("document.fonts.ready")
    if page.locator(".editor").count():
        page.wait_for_selector(".editor-area")
    found = list(console)
    shoot(page, f"{name}-1440")
    found += [f"1440 px, light: {fault}" for fault in violations(page, RULES)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += [f"1440 px, dark: {fault}" for fault in violations(page, COLOUR_RULES)]
    page.set_viewport_size({"width": 320, "height": 700})
    found += [f"320 px, dark: {fault}" for fault in violations(page, COLOUR_RULES)]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found += [f"320 px, light: {fault}" for fault in violations(page, RULES)]
    if overflow := sideways_scroll(page):
        found.append(f"320 px: {overflow} px beyond the screen")
    page.set_viewport_size({"width": 375, "height": 812})
    shoot(page, f"{name}-375")
    return found
