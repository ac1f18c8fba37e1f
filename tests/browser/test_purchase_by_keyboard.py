"""One purchase from the planner to what is told of it, hands on the keyboard: Tab, arrows, Enter, Escape."""

import re
from uuid import uuid4

from playwright.sync_api import ElementHandle, Locator, Page, expect

from .support import assert_accessible
from .test_dossier import mail_to

FAR = 200
ITSELF = "element => element === document.activeElement"
ITS_GROUP = """element => document.activeElement.name === element.name
    && document.activeElement.form === element.form"""
# « Aller au contenu », the first stop of every page.
SKIP_LINK = "() => document.activeElement.matches('.skip-link')"


def reach(page: Page, target: Locator, wanted: str = ITSELF) -> ElementHandle:
    """By Tab alone, from wherever the focus is; past the header, by its link."""
    target.wait_for(state="attached")
    element = target.element_handle()
    for turn in range(FAR):
        if element.evaluate(wanted):
            return element
        page.keyboard.press("Tab")
        if turn == 0 and page.evaluate(SKIP_LINK):
            page.keyboard.press("Enter")
    raise AssertionError(f"{target}: not reached by Tab")


def enter(page: Page, role: str, name, *, place: Page | Locator | None = None) -> None:
    reach(page, (place or page).get_by_role(role, name=name).first)
    page.keyboard.press("Enter")


def submit(page: Page, name, *, place: Page | Locator | None = None) -> None:
    """By its button, then until the answer is there: an address asked meanwhile would cut the form off."""
    reach(page, (place or page).get_by_role("button", name=name).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, target: Locator, words: str) -> None:
    reach(page, target)
    page.keyboard.type(words)


def choose(page: Page, target: Locator) -> None:
    """A radio button: Tab reaches its group, Space takes the one that is there, arrows go to the others."""
    element = reach(page, target, ITS_GROUP)
    page.keyboard.press("Space")
    for _turn in range(FAR):
        if element.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{target}: not chosen")


def plan(page: Page, title: str) -> None:
    page.goto("/mes-achats/")
    enter(page, "link", "Ajouter un achat")
    write(page, page.get_by_role("textbox", name="Objet"), title)
    write(page, page.get_by_label(re.compile("^Début du nouveau marché")), "01092028")
    submit(page, "Ajouter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    submit(page, re.compile("Ouvrir un dossier"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def describe(page: Page) -> None:
    enter(page, "link", "Décrire")
    write(page, page.get_by_label(re.compile("^Lots")), "Repas livrés")
    page.keyboard.press("Enter")
    page.keyboard.type("Goûters")
    submit(page, "Enregistrer")
    enter(page, "link", "Ouvrir la fiche")
    write(page, page.get_by_label(re.compile("^Questions à poser")), "Quelle part de bio livrez-vous ?")
    submit(page, "Enregistrer la fiche")


def add_from_the_clause(page: Page, url: str, title: str) -> None:
    """In a window over the clause: Escape leaves it and gives the focus back."""
    page.goto(url)
    enter(page, "link", "Ajouter à un dossier")
    window = page.get_by_role("dialog", name="Ajouter à un dossier")
    expect(window).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Ajouter à un dossier").first).to_be_focused()
    page.keyboard.press("Enter")
    choose(page, window.get_by_role("radio", name=re.compile(title)))
    assert_accessible(page, "window over the clause")
    submit(page, "Ajouter", place=window)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def invite(page: Page, address: str) -> None:
    enter(page, "link", "Inviter une relecture")
    window = page.get_by_role("dialog", name="Inviter une relecture")
    write(page, window.get_by_label("Adresse électronique"), address)
    write(page, window.get_by_label("Prénom et nom"), "Agnès Pommeret")
    choose(page, window.get_by_role("radio", name="Juriste"))
    assert_accessible(page, "window over the dossier")
    submit(page, "Envoyer le lien", place=window)
    expect(page.get_by_text(re.compile("Le lien est parti"))).to_be_visible()


def ask_for_a_change(page: Page, site, address: str) -> None:
    page.goto(mail_to(site, address, r"(/relire/[0-9a-f]{64}/)"))
    submit(page, "Recevoir mon code")
    write(page, page.get_by_label("Code reçu par courriel"), mail_to(site, address, r"^\s*(\d{6})\s*$"))
    page.keyboard.press("Enter")
    article = page.get_by_role("form", name=re.compile("^Votre avis")).first
    choose(page, article.get_by_role("radio", name="Faire modifier"))
    reach(page, article.get_by_text("Ajouter un mot"))
    page.keyboard.press("Enter")
    write(page, article.get_by_label(re.compile("^Un mot pour l’équipe")), "Précisez la sanction.")
    submit(page, "Enregistrer mon avis", place=article)
    expect(page.get_by_text("Précisez la sanction.")).to_be_visible()


def take_away(page: Page) -> None:
    enter(page, "link", "Exporter en Word")
    reach(page, page.get_by_role("button", name="Télécharger"))
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert taken.value.suggested_filename.endswith(".docx")


def report_its_use(page: Page, url: str) -> None:
    page.goto(url)
    enter(page, "link", re.compile("Je l’ai utilisée"))
    choose(page, page.get_by_role("radio", name="Contractualisé"))
    write(page, page.get_by_label(re.compile("^Offres reçues")), "4")
    submit(page, re.compile("^(Envoyer|Enregistrer) mon retour"))
    expect(page.get_by_role("link", name=re.compile("Je l’ai utilisée|Modifier mon retour")).first).to_be_visible()


def tell_it_without_a_name(page: Page, clause: dict, title: str) -> None:
    page.goto(f"/retours/partager/?clause={clause['pk']}")
    write(page, page.get_by_label(re.compile("^Titre du récit")), title)
    choose(page, page.get_by_role("radio", name="Contractualisé"))
    write(page, page.get_by_label(re.compile("^Le besoin")), "Savoir si la part promise est servie.")
    choose(page, page.get_by_role("radio", name=re.compile("^Anonyme")))
    enter(page, "button", "Voir ce que les autres verront")
    expect(page.get_by_text("Membre anonyme").first).to_be_visible()
    # The first of that name stands for Enter within a field; it is no stop.
    reach(page, page.get_by_role("button", name="Publier le récit").last)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_purchase_goes_from_the_planner_to_its_story_by_keyboard(site, seeded, open_page):
    mark = uuid4().hex[:8]
    title, story, address = f"Cantine {mark}", f"Ce que {mark} a donné", f"juriste-{mark}@essai.example"
    clause = seeded["clauses"]["condition"]
    team = open_page("asker")
    plan(team, title)
    dossier = team.url
    describe(team)
    add_from_the_clause(team, clause["url"], title)
    write(team, team.locator(".variable-form input[name^=value_]").first, "quinze jours")
    team.keyboard.press("Enter")
    expect(team.locator('mark[data-state="filled"]').first).to_have_text("quinze jours")
    invite(team, address)
    ask_for_a_change(open_page(), site, address)
    team.goto(dossier)
    expect(team.get_by_text("Modification demandée").first).to_be_visible()
    take_away(team)
    report_its_use(team, clause["url"])
    tell_it_without_a_name(team, clause, story)
    visitor = open_page()
    for url in (clause["url"], "/retours/"):
        visitor.goto(url)
        expect(visitor.get_by_role("link", name=story).first).to_be_visible()
    assert seeded["people"]["asker"]["name"] not in visitor.content()
