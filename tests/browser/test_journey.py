"""What the product is for, lived in a browser: sign up, ask, be answered, accept; and who may not see sees nothing."""

import email
import io
import re
import time
from email import policy
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .support import editor_of, fill_sign_in, paste

# What Word puts on the clipboard for a small table: its namespaces, its classes, its inline styles.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name="Generator" content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm;} --></style></head>
<body lang="FR" style="tab-interval:35.4pt"><!--StartFragment-->
<p class="MsoNormal"><b><span style="font-size:12.0pt">Répartition des lots</span></b><o:p></o:p></p>
<table class="MsoTableGrid" border="1" cellspacing="0" cellpadding="0" style="border-collapse:collapse;mso-yfti-tbllook:1184">
 <tr style="mso-yfti-irow:0;mso-yfti-firstrow:yes">
  <td width="200" valign="top" style="width:150.0pt;border:solid windowtext 1.0pt;padding:0cm 5.4pt"><p class="MsoNormal">Lot<o:p></o:p></p></td>
  <td width="200" valign="top" style="width:150.0pt;border:solid windowtext 1.0pt"><p class="MsoNormal">Surface<o:p></o:p></p></td>
 </tr>
 <tr style="mso-yfti-irow:1;mso-yfti-lastrow:yes">
  <td width="200" style="border:solid windowtext 1.0pt"><p class="MsoNormal">Écoles<o:p></o:p></p></td>
  <td width="200" style="border:solid windowtext 1.0pt"><p class="MsoNormal"><i>12&nbsp;400 m²</i><o:p></o:p></p></td>
 </tr>
</table><p class="MsoNormal"><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>"""  # noqa: E501  as Word writes it
MARKDOWN = "Un texte en **Markdown**.\n\n| Lot | Part |\n| --- | --- |\n| Écoles | 20 |"
PRIVATE = "Groupe restauration durable"


def picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (320, 180), (96, 160, 128)).save(drawn, "PNG")
    return drawn.getvalue()


def code_sent_to(site, address: str) -> str:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for path in sorted(site.mail_dir.glob("*.eml"), reverse=True):
            message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
            if message["To"] == address:
                text = message.get_body(("plain",)).get_content()
                found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,5})\s*$", text, re.MULTILINE)
                assert found, text
                return found[1]
        time.sleep(0.2)
    raise AssertionError(f"no mail for {address}")


def sign_up(page: Page, site, *, script: bool) -> str:
    address = f"aude-{uuid4().hex[:8]}@mairie-essai.example"
    page.goto("/compte/signup/")
    page.get_by_label("Prénom").fill("Aude")
    page.get_by_label("Nom", exact=True).fill("Kermarrec")
    page.get_by_label(re.compile("Adresse électronique")).fill(address)
    page.get_by_label(re.compile("je la propose")).check()
    page.get_by_label("Nom de l’organisation", exact=True).fill(f"Commune d’essai {address[5:13]}")
    page.locator('[name="organisation_kind"]').select_option("local")
    page.locator('[name="territory"]').select_option(index=3)
    page.locator('[name="password1"]').fill("un marché de papier recyclé")
    page.locator('[name="password2"]').fill("un marché de papier recyclé")
    page.get_by_label(re.compile("charte de la communauté")).check()
    page.locator("main form").first.get_by_role("button", name="Créer mon compte").last.click()
    page.get_by_label("Code", exact=True).fill(code_sent_to(site, address))
    page.get_by_role("button", name="Confirmer").click()
    if script:
        expect(page.get_by_role("link", name=re.compile("^Notifications"))).to_be_visible()
    return address


def ask(page: Page, title: str, *, space: str = "") -> str:
    """With a picture and a table of Word; gives back the thread's address."""
    page.goto("/questions/poser/")
    page.locator('[name="title"]').fill(title)
    area = editor_of(page, "body")
    area.focus()
    page.keyboard.type("Nous refaisons notre marché de nettoyage. Voici les lots.")
    page.keyboard.press("Enter")
    paste(area, WORD)
    expect(area.locator("table")).to_be_visible()
    expect(area.locator("td, th", has_text="Surface")).to_be_visible()
    page.keyboard.press("Control+End")
    page.locator(".editor:has([name=body]) input[type=file]").set_input_files(
        {"name": "plan.png", "mimeType": "image/png", "buffer": picture()}
    )
    expect(area.get_by_role("img", name="plan.png")).to_be_visible()
    if space:
        page.locator('[name="space"]').select_option(label=space)
    page.locator(".form-actions").get_by_role("button", name="Publier la question").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title.rstrip(" ?"))
    return page.url.split("#")[0].split("?")[0]


def answer(page: Page, url: str, text: str) -> None:
    page.goto(url)
    area = editor_of(page, "body")
    area.focus()
    page.keyboard.type(text)
    page.locator("#repondre .cluster").get_by_role("button", name="Publier la réponse").click()
    expect(page.locator(".answer", has_text=text)).to_be_visible()


def test_a_newcomer_signs_up_by_code_and_asks_with_a_picture_and_a_table_of_word(open_page, site):
    page = open_page()
    sign_up(page, site, script=True)
    title = f"Comment répartir les lots de nettoyage {uuid4().hex[:8]} ?"
    ask(page, title)
    post = page.locator("#question .prose").first
    expect(post.locator("table")).to_contain_text("12 400 m²")
    assert post.locator("img").evaluate("image => image.complete && image.naturalWidth") == 320
    assert "Mso" not in post.inner_html()


def test_the_asker_is_told_of_an_answer_accepts_it_and_a_third_finds_nothing_anywhere(open_page):
    word = f"zostère{uuid4().hex[:8]}"
    title = f"Quels lots pour le nettoyage des locaux {word} ?"
    asker, helper, outsider = open_page("asker"), open_page("helper"), open_page("outsider")
    url = ask(asker, title, space=PRIVATE)
    answer(helper, url, f"Un lot par bâtiment, comme pour {word} l’an passé.")

    bell = asker.get_by_role("link", name=re.compile("^Notifications"))
    for _attempt in range(20):
        asker.goto("/notifications/")
        if asker.locator("main section", has_text=word).count():
            break
        time.sleep(0.5)
    expect(bell).to_have_attribute("aria-label", re.compile(r"Notifications, \d+ non lue"))
    asker.locator("main section", has_text=word).locator("li a").first.click()
    asker.locator(".answer", has_text=word).get_by_role("button", name="Retenir").click()
    expect(asker.locator('.answer[data-state="accepted"]')).to_contain_text(word)
    expect(asker.locator("#question .status", has_text="Résolue")).to_be_visible()

    assert_finds_nothing(outsider, url, word, profile_of(helper))
    assert_finds_nothing(open_page(), url, word, profile_of(helper))


def profile_of(page: Page) -> str:
    page.goto("/membres/moi/")
    return page.url


def assert_finds_nothing(page: Page, url: str, word: str, profile: str) -> None:
    assert page.goto(url).status == 404
    hidden = page.locator("main").inner_text()
    assert page.goto(re.sub(r"/questions/\d+/", "/questions/987654321/", url)).status == 404
    assert page.locator("main").inner_text() == hidden, "forbidden must look like absent"
    for address in ("/", "/questions/", "/espaces/", "/notifications/", profile):
        page.goto(address)
        assert word not in page.content(), address
        assert PRIVATE not in page.content(), address
    page.goto("/questions/")
    search = page.get_by_role("combobox", name="Rechercher sur Entraide")
    search.fill(word)
    search.press("Enter")
    page.wait_for_url(re.compile(r"\?.*q="))
    expect(page.locator(".empty-state")).to_be_visible()
    assert page.locator(".question-row").count() == 0
    assert word not in page.request.get("/questions/flux/").text()


@pytest.fixture
def plain(open_page):
    """A browser without JavaScript."""
    return lambda who="": open_page(who, java_script_enabled=False)


def test_everything_works_without_javascript(plain, site):
    newcomer, helper = plain(), plain("helper")
    sign_up(newcomer, site, script=False)
    word = uuid4().hex[:8]
    newcomer.goto("/questions/")
    newcomer.locator("main").get_by_role("link", name="Poser une question").first.click()
    newcomer.locator('[name="title"]').fill(f"Comment suivre un marché sans script {word} ?")
    newcomer.locator('[name="body"]').fill(
        "Un texte en **Markdown**.\n\n| Lot | Part |\n| --- | --- |\n| Écoles | 20 |"
    )
    newcomer.locator('[name="files"]').set_input_files(
        {"name": "plan.png", "mimeType": "image/png", "buffer": picture()}
    )
    newcomer.get_by_role("button", name="Aperçu").click()
    expect(newcomer.locator("main table").first).to_contain_text("Écoles")
    newcomer.locator(".form-actions").get_by_role("button", name="Publier la question").click()
    expect(newcomer.locator("#question .prose").first.locator("strong")).to_have_text("Markdown")
    expect(newcomer.locator("#question .prose").first.locator("img")).to_have_count(1)
    url = newcomer.url

    helper.goto("/questions/")
    helper.get_by_role("link", name=re.compile(word)).first.click()
    helper.locator("#question .vote").get_by_role("button", name="Utile").click()
    expect(helper.locator("#question .vote button")).to_have_attribute("aria-pressed", "true")
    helper.locator('#repondre [name="body"]').fill(f"Une réponse tapée sans script, {word}.")
    helper.locator("#repondre .cluster").get_by_role("button", name="Publier la réponse").click()
    expect(helper.locator(".answer", has_text=word)).to_be_visible()

    newcomer.goto(url)
    reply = newcomer.locator(".answer", has_text=word)
    reply.locator(".vote").get_by_role("button", name="Utile").click()
    expect(newcomer.locator(".answer", has_text=word).locator(".vote output")).to_have_text("1")
    newcomer.locator(".answer", has_text=word).get_by_role("button", name="Retenir").click()
    expect(newcomer.locator('.answer[data-state="accepted"]')).to_contain_text(word)
    newcomer.goto("/compte/logout/")
    newcomer.locator("main form").get_by_role("button").first.click()
    expect(newcomer.get_by_role("link", name="Se connecter").first).to_be_visible()
    newcomer.goto(url)
    expect(newcomer.locator('.answer[data-state="accepted"]')).to_contain_text(word)


def test_a_wrong_password_says_so_and_a_right_one_enters(open_page, seeded):
    page = open_page()
    page.goto("/compte/login/?next=/favoris/")
    person = seeded["people"]["newcomer"]
    fill_sign_in(page, person["email"], "pas le bon mot de passe")
    expect(page.get_by_role("alert").or_(page.locator(".error-summary, .field-error")).first).to_be_visible()
    fill_sign_in(page, person["email"], seeded["password"])
    page.wait_for_url("**/favoris/")
