"""The boxes of the search: what they propose, by keyboard, and what they remember on this device only.

Below 82 rem the header has only a link to the page of results, whose own box does the same.
"""

import re

import pytest
from playwright.sync_api import expect

from .support import assert_accessible, assert_no_sideways_scroll

BOX = "#recherche-entete"
PAGE_BOX = "#q"
SCREENS = [{"width": 390, "height": 844}, {"width": 1280, "height": 800}]
on_narrow_screens = pytest.mark.parametrize("screen", SCREENS, ids=["390", "1280"])


def proposed(page, words: str, box: str = BOX):
    """The box with its proposals open."""
    field = page.locator(box)
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


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1 suggestion, flèches pour choisir"), (3, "3 suggestions, flèches pour choisir")]
)
def test_how_many_proposals_there_are_is_said_in_the_right_number(open_page, number, said):
    page = open_page("asker")
    page.goto("/")
    rows = '<li role="option" aria-selected="false" data-url="/">Insertion</li>' * number
    page.route("**/suggestions/**", lambda route: route.fulfill(body=rows, content_type="text/html"))
    proposed(page, "insertion")
    expect(page.locator(".site-search [role=status]")).to_have_text(said)


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
    reader = page.locator("body").get_attribute("data-reader")
    assert page.evaluate(f"localStorage.getItem('entraide:recherches:{reader}')") == "[]"


def test_whoever_comes_next_on_the_same_computer_is_told_of_no_recent_search(open_page):
    page = open_page("asker")
    page.goto("/")
    page.locator(BOX).fill("clause insertion")
    page.locator(BOX).press("Enter")
    page.wait_for_url(re.compile("/recherche/"))
    page.context.clear_cookies()
    page.goto("/")
    page.locator(BOX).click()
    expect(page.get_by_role("option", name="clause insertion")).to_have_count(0)
    assert "clause insertion" in page.evaluate("JSON.stringify(localStorage)")


def test_without_script_the_box_is_a_plain_form(open_page):
    page = open_page("asker", java_script_enabled=False)
    page.goto("/")
    page.locator(BOX).fill("insertion")
    page.locator(BOX).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/recherche/?q=insertion" in page.url


def results_page(open_page, screen: dict, **options):
    """Reached as one does where the header has no box."""
    page = open_page("asker", viewport=screen, **options)
    page.goto("/questions/")
    expect(page.locator(BOX)).to_be_hidden()
    page.locator("a[data-search]").click()
    page.wait_for_url(re.compile("/recherche/"))
    expect(page.locator(PAGE_BOX)).to_be_focused()
    return page


@on_narrow_screens
def test_the_page_of_results_proposes_where_the_header_has_no_box(open_page, screen):
    page = results_page(open_page, screen)
    field, options = proposed(page, "insertion", PAGE_BOX)
    expect(field).to_have_attribute("aria-expanded", "true")
    assert_accessible(page, "box of the results, open")
    assert_no_sideways_scroll(page, "box of the results, open")
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_value("insertion")
    field.press("ArrowDown")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    address = options.first.get_attribute("data-url")
    field.press("Enter")
    page.wait_for_url(re.compile(re.escape(address)))


@on_narrow_screens
def test_the_shortcut_goes_to_the_box_that_is_shown(open_page, screen):
    page = results_page(open_page, screen)
    page.locator(PAGE_BOX).blur()
    page.keyboard.press("/")
    expect(page.locator(PAGE_BOX)).to_be_focused()
    expect(page.locator(PAGE_BOX)).to_have_value("")


@on_narrow_screens
def test_the_page_of_results_recalls_recent_searches_when_asked(open_page, screen):
    page = results_page(open_page, screen)
    page.locator(PAGE_BOX).fill("clause insertion")
    page.locator(PAGE_BOX).press("Enter")
    page.wait_for_url(re.compile("q=clause"))
    page.goto("/recherche/")
    field = page.locator(PAGE_BOX)
    expect(field).to_have_attribute("role", "combobox")
    expect(field).to_be_focused()
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options).to_have_count(0)
    field.click()
    expect(options.first).to_have_text("clause insertion")
    assert_accessible(page, "box of the results, recent searches")
    field.press("Escape")
    expect(options).to_have_count(0)
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(re.compile("q=clause"))
    expect(field).to_have_value("clause insertion")


def test_the_two_boxes_of_a_wide_page_share_no_id(open_page):
    page = open_page("asker")
    page.goto("/recherche/?q=insertion")
    lists = []
    for box in (BOX, PAGE_BOX):
        field = page.locator(box)
        field.fill("")
        field, options = proposed(page, "insertion", box)
        expect(page.get_by_role("listbox", name="Suggestions")).to_have_count(1)
        mine = field.get_attribute("aria-controls")
        assert options.first.get_attribute("id") == f"{mine}-1"
        lists.append(mine)
        ids = page.evaluate("[...document.querySelectorAll('main [id], header [id]')].map(({ id }) => id)")
        assert len(ids) == len(set(ids))
        assert_accessible(page, f"two boxes, {box} open")
    assert lists[0] != lists[1]


@on_narrow_screens
def test_without_script_the_box_of_the_results_is_a_plain_form(open_page, screen):
    page = results_page(open_page, screen, java_script_enabled=False)
    page.locator(PAGE_BOX).fill("insertion")
    page.locator(PAGE_BOX).press("Enter")
    page.wait_for_url(re.compile("q=insertion"))
    expect(page.locator(PAGE_BOX)).to_have_value("insertion")
