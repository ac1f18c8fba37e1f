"""What a buyer comes for first, by keyboard alone, then without JavaScript; and a citation put right by its author."""

import re
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from .support import RULES, editor_of, violations

MOST_TABS = 150
FOOD_CONTRACT = "?nature=supplies&montant=80000&acheteur=local&famille=ALI&duree=24&lancement=2027-01-11"


def tab_to(page: Page, target: Locator) -> None:
    """The focus goes there as somebody without a mouse brings it."""
    expect(target).to_be_visible()
    for _step in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {target}")


def type_in(page: Page, target: Locator, text: str) -> None:
    """In a list, the first letters of an option choose it."""
    tab_to(page, target)
    page.keyboard.type(text)


def press(page: Page, target: Locator) -> None:
    tab_to(page, target)
    page.keyboard.press("Enter")


def answer_by_keyboard(page: Page) -> None:
    page.goto("/clauses/obligations/")
    tab_to(page, page.locator('[name="nature"]').first)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    type_in(page, page.locator('[name="montant"]'), "80 000")
    type_in(page, page.locator('select[name="acheteur"]'), "Collec")
    type_in(page, page.locator('select[name="famille"]'), "Alim")
    type_in(page, page.locator('[name="duree"]'), "24")
    press(page, page.get_by_role("button", name=re.compile("^Vérifier")))


def half_of_pair(page: Page, rank: int) -> str:
    return page.locator(".clause-pair").first.locator("ul > li").nth(rank).locator("h4 a").get_attribute("href")


def test_by_keyboard_a_buyer_learns_what_the_law_asks_fills_a_condition_and_copies_it(open_page):
    page = open_page("asker", permissions=["clipboard-read", "clipboard-write"])
    answer_by_keyboard(page)
    expect(page.locator("#titre-reponse")).to_contain_text("s’appliquent")
    criterion = half_of_pair(page, 1)
    press(page, page.locator(".clause-pair").first.locator("h4 a").first)
    expect(page.locator(".clause-text").first).to_be_visible()
    expect(page.locator("h1 + p .status").first).to_contain_text("jour")
    value = f"vingt jours {uuid4().hex[:6]}"
    type_in(page, page.locator("[name^=v_]").first, value)
    expect(page.locator(".clause-text").first).to_contain_text(value)
    page.locator("h1").click()
    press(page, page.get_by_role("button", name="Copier le texte").first)
    expect(page.get_by_role("button", name=re.compile("Copié")).first).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert value in copied
    assert re.search(r"CL-\d{4}, version \d", copied), copied[-300:]
    page.goto(criterion)
    expect(page.get_by_role("heading", name="Noter les offres")).to_be_visible()


def test_without_javascript_the_text_is_read_filled_and_copied_with_its_source(open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"/clauses/obligations/{FOOD_CONTRACT}")
    page.locator(".clause-pair h4 a").first.click()
    page.locator("[name^=v_]").first.fill("vingt jours")
    page.get_by_role("button", name="Remplir le texte").click()
    text = page.get_by_label("Texte à copier").first.input_value()
    assert "vingt jours" in text
    assert re.search(r"\n\nSource", text), text[-300:]


def test_an_author_replaces_the_citation_of_a_repealed_text_in_one_post(open_page, seeded):
    page, mark = open_page("asker"), uuid4().hex[:8]
    page.goto(seeded["thread"]["url"])
    editor_of(page, "body").focus()
    page.keyboard.type(f"Pour {mark}, relisez le décret n° 2021-254 avant de publier.")
    page.locator("#repondre .cluster").get_by_role("button", name="Publier la réponse").click()
    answer = page.locator(".answer", has_text=mark)
    expect(answer).to_be_visible()
    page.goto(seeded["thread"]["url"] + "?tri=recentes")
    press(page, answer.get_by_role("link", name="Remplacer la citation"))
    expect(page.get_by_role("group", name=re.compile("^Remplacement proposé"))).to_contain_text("2024-134")
    assert not violations(page, RULES)
    press(page, page.get_by_role("button", name="Remplacer la citation"))
    expect(answer).to_contain_text("décret n° 2024-134")
    expect(answer.get_by_text("Cite un texte abrogé")).to_have_count(0)
