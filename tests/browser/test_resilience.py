"""What must survive: no mouse, no network, no session left, no right, another device, a printer."""

import re
from uuid import uuid4

from playwright.sync_api import Page, expect

from .conftest import SESSION_COOKIE
from .support import RULES, editor_of, fill_sign_in, violations

SAVED = re.compile("Brouillon enregistré")
DRAFT_PAUSE = 12_000


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    for _step in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by {most} tabulations")


def write(page: Page, title: str, text: str) -> None:
    page.goto("/questions/poser/")
    area = editor_of(page, "body")
    with page.expect_response(re.compile("/proches/")):
        page.locator('[name="title"]').fill(title)
        area.focus()
        page.keyboard.type(text)


def test_a_question_is_asked_with_the_keyboard_alone(open_page):
    page = open_page("helper")
    title = f"Comment écrire sans souris {uuid4().hex[:8]} ?"
    page.goto("/questions/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"
    tab_to(page, 'main a[href*="/poser/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/poser/")
    area = editor_of(page, "body")
    tab_to(page, '[name="title"]')
    page.keyboard.type(title)
    tab_to(page, ".editor-tools button")
    first = page.evaluate("document.activeElement.dataset.command")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.command") != first
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('.editor-tools')"), "the toolbar is one stop"
    expect(area).to_be_focused()
    page.keyboard.press("Control+b")
    page.keyboard.type("Du gras")
    page.keyboard.press("Control+b")
    page.keyboard.type(" puis la suite.")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('.editor-area')"), "the text can be left"
    tab_to(page, ".form-actions button")
    page.keyboard.press("Enter")
    expect(page.locator("#question .prose strong").first).to_have_text("Du gras")


def test_the_list_is_read_with_j_and_k_the_slash_and_the_question_mark(open_page):
    page = open_page()
    page.goto("/questions/")
    rows = page.locator("[data-keys-target=row] h3 a")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#aide-clavier")).to_be_visible()
    assert not violations(page, RULES)
    page.keyboard.press("Escape")
    expect(page.locator("#aide-clavier")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Rechercher sur Entraide")).to_be_focused()
    page.keyboard.type("jk?")
    expect(page.get_by_role("combobox", name="Rechercher sur Entraide")).to_have_value("jk?")


def test_a_text_typed_while_the_network_is_cut_comes_back_after_a_reload(open_page):
    page = open_page("expert")
    title, text = f"Un texte qui survit à la coupure {uuid4().hex[:8]}", "Écrit dans un train."
    write(page, title, "Début.")
    page.context.set_offline(True)
    editor_of(page, "body").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {text}")
    status = page.locator("[data-draft-target=status]").first
    expect(status).to_contain_text("gardé sur cet appareil", timeout=DRAFT_PAUSE)
    page.context.set_offline(False)
    page.goto("/questions/poser/")
    expect(editor_of(page, "body")).to_contain_text(text)
    expect(page.locator('[name="title"]')).to_have_value(title)
    expect(status).to_have_text(SAVED, timeout=DRAFT_PAUSE)


def test_a_session_that_ends_while_writing_loses_nothing(open_page, seeded):
    page = open_page("newcomer")
    title, text = f"Une session trop courte {uuid4().hex[:8]}", "Ce texte ne doit pas se perdre."
    write(page, title, text)
    page.context.clear_cookies(name=SESSION_COOKIE)
    page.locator(".form-actions").get_by_role("button", name="Publier la question").click()
    expect(page.get_by_role("heading", name="Votre session a expiré")).to_be_visible()
    assert not violations(page, RULES)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Connectez-vous dans un nouvel onglet").click()
    fill_sign_in(opened.value, seeded["people"]["newcomer"]["email"], seeded["password"])
    expect(opened.value.get_by_role("link", name=re.compile("^Notifications"))).to_be_visible()
    page.get_by_role("button", name="Envoyer de nouveau").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    expect(page.locator("#question .prose").first).to_contain_text(text)
    page.goto("/questions/poser/")
    expect(page.locator('[name="title"]')).to_have_value("")


def test_a_draft_is_resumed_on_another_device(open_page):
    desk, phone = open_page("outsider"), open_page("outsider", viewport={"width": 375, "height": 812})
    title = f"Commencée au bureau {uuid4().hex[:8]}, finie dans le bus"
    write(desk, title, "Le premier jet.")
    expect(desk.locator("[data-draft-target=status]").first).to_have_text(SAVED, timeout=DRAFT_PAUSE)
    phone.goto("/brouillons/")
    phone.locator("main li", has_text=title[:28]).get_by_role("link").first.click()
    expect(phone.locator('[name="title"]')).to_have_value(title)
    expect(editor_of(phone, "body")).to_contain_text("Le premier jet.")


def test_wrong_input_is_said_on_top_with_links_and_the_text_is_kept(open_page):
    page = open_page("helper")
    write(page, "Trop court", "Un texte assez long pour être publié tel quel.")
    page.locator(".form-actions").get_by_role("button", name="Publier la question").click()
    summary = page.locator(".error-summary, [data-controller~=error-summary]").first
    expect(summary).to_be_focused()
    link = summary.get_by_role("link").first
    link.click()
    expect(page.locator('[name="title"]')).to_be_focused()
    expect(page.locator('[name="title"]')).to_have_attribute("aria-invalid", "true")
    expect(editor_of(page, "body")).to_contain_text("Un texte assez long")
    assert not violations(page, RULES)


def test_what_is_forbidden_is_the_page_of_what_is_absent(open_page, seeded):
    page = open_page("outsider")
    assert page.goto(seeded["private"]["url"]).status == 404
    forbidden = page.locator("body").inner_text()
    assert page.goto("/questions/987654321/").status == 404
    assert page.locator("body").inner_text() == forbidden
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_printed_thread_has_its_texts_and_no_chrome(open_page, seeded):
    page = open_page("asker")
    page.goto(seeded["thread"]["url"])
    page.emulate_media(media="print")
    for chrome in (".site-header", ".site-footer", ".skip-link", "#repondre", ".vote button", ".rail .button"):
        assert not page.locator(f"{chrome} >> visible=true").count(), chrome
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".answer .prose").first).to_be_visible()
    post = page.locator(".answer").first.bounding_box()
    assert page.locator(".answer .post-body").first.bounding_box()["width"] > 0.8 * post["width"]
