"""What scripts add to a thread and to its comments: a window to report, members to mention."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from .support import assert_accessible


def test_a_report_opens_in_a_window_and_goes(open_page, seeded):
    page = open_page("outsider")
    page.goto(seeded["thread"]["url"])
    link = page.get_by_role("link", name="Signaler").first
    link.click()
    window = page.get_by_role("dialog", name="Signaler un contenu")
    expect(window).to_be_visible()
    assert_accessible(page, "window of a report")
    page.keyboard.press("Escape")
    expect(window).to_be_hidden()
    expect(link).to_be_focused()
    link.click()
    window.get_by_role("link", name="Annuler").click()
    expect(window).to_be_hidden()
    assert page.url.endswith(seeded["thread"]["url"])
    link.click()
    window.get_by_role("radio").first.check()
    window.get_by_role("button", name="Envoyer à l’équipe").click()
    expect(page.get_by_text("Signalement envoyé")).to_be_visible()


def test_a_report_without_script_is_a_page(open_page, seeded):
    page = open_page("asker", java_script_enabled=False)
    page.goto(seeded["thread"]["url"])
    page.get_by_role("link", name="Signaler").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Signaler un contenu")


def test_a_member_is_mentioned_in_a_comment(open_page, seeded):
    page = open_page("asker")
    page.goto(reverse("answer_comment", args=[seeded["thread"]["answers"][2]]))
    field = page.get_by_label("Commentaire")
    field.focus()
    page.keyboard.type("Qu’en dit @Karim")
    expect(page.get_by_role("option", name=re.compile("Karim Benali"))).to_be_visible()
    assert_accessible(page, "members to mention")
    page.keyboard.press("Enter")
    page.keyboard.type("?")
    expect(field).to_have_value(re.compile(r"^Qu’en dit @\[Karim Benali\]\(membre:[\w-]+\) \?$"))
    page.get_by_role("button", name="Publier le commentaire").click()
    expect(page.locator(".comments a.mention", has_text="@Karim Benali").first).to_be_visible()
