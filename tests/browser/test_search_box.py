"""The box of the header: what it proposes, by keyboard, and what it remembers on this device only."""

import re

from playwright.sync_api import expect

from .support import assert_accessible

BOX = "#recherche-entete"


def proposed(page, words: str):
    """The box with its proposals open."""
    field = page.locator(BOX)
    field.click()
    field.press_sequentially(words, delay=20)
    expect(page.get_by_role("listbox", name="Suggestions").get_by_role("option").first).to_be_visible()
    return field, page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_a_proposal_is_chosen_by_keyboard(open_page):
    page = open_page("asker")
    page.goto("/")
    field, options = proposed(page, "insertion")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert_accessible(page, "box of the header, open")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    field.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "false")
    field.press("ArrowDown")
    address = options.first.get_attribute("data-url")
    field.press("Enter")
    page.wait_for_url(re.compile(re.escape(address)))


def test_escape_closes_the_proposals_and_keeps_the_words(open_page):
    page = open_page("asker")
    page.goto("/")
    field, options = proposed(page, "insertion")
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("insertion")
    field.press("ArrowDown")
    expect(options.first).to_be_visible()


def test_words_erased_before_their_proposals_came_propose_nothing(open_page):
    page = open_page("asker")
    page.goto("/")
    asked = []

    def late(route):
        asked.append(route)

    page.route("**/suggestions/**", late)
    field = page.locator(BOX)
    field.click()
    with page.expect_request("**/suggestions/**"):
        field.press_sequentially("insertion", delay=20)
    with page.expect_event("requestfailed"):
        field.fill("")
    assert len(asked) == 1
    expect(page.get_by_role("listbox", name="Suggestions").get_by_role("option")).to_have_count(0)


def test_recent_searches_stay_on_the_device_until_they_are_forgotten(open_page):
    page = open_page("asker")
    page.goto("/")
    page.locator(BOX).fill("clause insertion")
    page.locator(BOX).press("Enter")
    page.wait_for_url(re.compile("/recherche/"))
    page.goto("/")
    page.locator(BOX).click()
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options.first).to_have_text("clause insertion")
    options.filter(has_text="Les oublier").click()
    assert page.evaluate("localStorage.getItem('entraide:recherches')") == "[]"


def test_without_script_the_box_is_a_plain_form(open_page):
    page = open_page("asker", java_script_enabled=False)
    page.goto("/")
    page.locator(BOX).fill("insertion")
    page.locator(BOX).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/recherche/?q=insertion" in page.url
