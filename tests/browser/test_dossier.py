"""One purchase, without JavaScript: a clause, its values, a review without account, a file; then the link is over."""

import email
import re
import time
from email import policy
from uuid import uuid4

from playwright.sync_api import Page, expect


def mail_to(site, address: str, pattern: str) -> str:
    """The first group of `pattern` in the latest mail to the address that holds it."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for path in sorted(site.mail_dir.glob("*.eml"), reverse=True):
            message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
            text = message.get_body(("plain",)).get_content() if message["To"] == address else ""
            if found := re.search(pattern, text, re.MULTILINE):
                return found[1]
        time.sleep(0.2)
    raise AssertionError(f"no such mail for {address}")


def add_clause(page: Page, seeded: dict, title: str) -> None:
    page.goto(seeded["clauses"]["condition"]["url"])
    page.get_by_role("link", name="Ajouter à un dossier").first.click()
    page.get_by_role("radio", name="Nouveau dossier").check()
    page.get_by_label(re.compile("Nom du nouveau dossier")).fill(title)
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def open_review(page: Page, site, address: str) -> None:
    page.goto(mail_to(site, address, r"(/relire/[0-9a-f]{64}/)"))
    page.get_by_role("button", name="Recevoir mon code").click()
    page.get_by_label("Code reçu par courriel").fill(mail_to(site, address, r"^\s*(\d{6})\s*$"))
    page.get_by_role("button", name="Ouvrir").click()


def test_a_purchase_is_prepared_reviewed_and_taken_away_without_javascript(site, seeded, open_page):
    mark = uuid4().hex[:8]
    title, address = f"Cantine {mark}", f"juriste-{mark}@essai.example"
    team, reviewer = open_page("asker", java_script_enabled=False), open_page(java_script_enabled=False)
    add_clause(team, seeded, title)
    team.locator(".variable-form input[name^=value_]").first.fill("quinze jours")
    team.get_by_role("button", name="Enregistrer").click()
    expect(team.locator('mark[data-state="filled"]').first).to_have_text("quinze jours")
    team.get_by_role("link", name="Inviter une relecture").click()
    team.get_by_label("Adresse électronique").fill(address)
    team.get_by_label("Prénom et nom").fill("Agnès Pommeret")
    team.get_by_role("button", name="Envoyer le lien").click()
    open_review(reviewer, site, address)
    expect(reviewer.get_by_role("heading", level=1)).to_have_text(title)
    reviewer.get_by_role("radio", name="Accepter").first.check(force=True)
    reviewer.get_by_role("button", name="Enregistrer mon avis").first.click()
    expect(reviewer.get_by_text("Acceptée")).to_be_visible()
    team.reload()
    expect(team.get_by_text("Acceptée par Agnès Pommeret")).to_be_visible()
    team.get_by_role("link", name="Exporter en Word").click()
    with team.expect_download() as taken:
        team.get_by_role("button", name="Télécharger").click()
    assert taken.value.suggested_filename.endswith(".docx")
    team.goto("/dossiers/")
    team.get_by_role("link", name=title).click()
    withdraw = team.get_by_role("button", name=re.compile("Retirer le lien"))
    withdraw.click()
    expect(withdraw).to_have_count(0)
    reviewer.reload()
    expect(reviewer.get_by_role("heading", level=1)).to_have_text("Ce lien n’ouvre plus rien")
