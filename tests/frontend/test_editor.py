"""The rich text editor: what is typed, pasted and kept, judged by the server's own renderer."""

import re

import pytest
from playwright.sync_api import expect

from community.core.richtext.renderer import render

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style></head><body>
<!--StartFragment--><h1 style='margin:0'>Lots</h1>
<p class=MsoNormal>Texte <b>gras</b>, <span style='font-style:italic'>italique</span>,
<a href="https://exemple.fr/x_y">lien</a><script>alert(1)</script><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>premier</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;</span></span><![endif]>dessous</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>second</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp;</span></span><![endif]>un</p>
<table style='border:none'><tr><td style='width:9pt'><p>Lot</p></td><td colspan=2><p>Montant | HT</p></td></tr>
<tr><td rowspan=2><p>A</p></td><td><p>10</p><p>20</p></td><td><ul><li>x</li><li>y</li></ul></td></tr>
<tr><td>b</td><td>c</td></tr></table><img src="file:///c:/x.png" onerror="alert(2)"><!--EndFragment--></body></html>"""

FROM_WORD = """# Lots

Texte **gras**, *italique*, [lien](https://exemple.fr/x_y)

- premier
  - dessous
- second

1. un

| Lot | Montant \\| HT |  |
| --- | --- | --- |
| A | 10 20 | x y |
|  | b | c |"""

TEXTS = {
    "lines": "un\ndeux\n\ntrois",
    "emphasis": "du **gras**, de l’*italique*, du ~~barré~~, du `code` et **tout *à la fois***, fin",
    "headings": "# Un\n\n## Deux\n\ntexte",
    "lists": "- a\n  - b\n    - c\n- d\n\n3. trois\n4. quatre\n\nfin",
    "quote": "> cité\n>\n> — [Nadia](/questions/1/#r2)\n\nréponse",
    "table": "| a | b |\n| --- | --- |\n| 1 | **2** |\n| 3 \\| 4 |  |\n\nfin",
    "code block": "```python\nx = '*'\n```\n\nfin",
    "links": "[mot](https://exemple.fr/a_(b)) et https://exemple.fr/c_d_e puis <https://exemple.fr>",
    "mention": "Merci @[Nadège\\_Roy](membre:Xy_9) pour tout",
    "file": "![un plan](/fichiers/abcdefghijklmnopqrstuv/plan.png) [note](/fichiers/abcdefghijklmnopqrstuv/note.pdf)",
    "rule": "avant\n\n---\n\naprès",
}

LITERAL = [
    "2 * 3 * 4, snake_case, [x], <b>gras</b>",
    "&amp; &copy; R&D",
    "# pas un titre",
    "- pas une liste",
    "1) ni celle-ci",
    "1. ni celle-là",
    "> ni une citation",
    "a | b | c",
    "~~~",
    "=== ---",
    "\\*",
]


@pytest.mark.parametrize("markdown", TEXTS.values(), ids=TEXTS.keys())
def test_a_stored_text_means_the_same_once_edited(editor, markdown):
    editor.open(markdown).type_at_end("!")
    assert render(editor.sent).html == render(f"{markdown}!").html


def test_the_variables_of_a_clause_stay_as_they_were_typed(editor):
    text = "Sous {delai_de_remise} jours, {part_bio} % : *{a_b}*."
    editor.open(text).type_at_end("!")
    assert editor.sent == f"{text}!"
    editor.open().type_at_end("{taux_2027}")
    assert editor.sent == "{taux_2027}"


def test_opening_a_text_does_not_rewrite_it(editor):
    markdown = "* puce à l’ancienne\n\n__gras__\n\n| a |\n|---|\n| b |"
    assert editor.open(markdown).sent == markdown


@pytest.mark.parametrize("text", LITERAL)
def test_what_is_typed_is_shown_as_it_was_typed(editor, text):
    editor.open().type_at_end(text)
    assert render(editor.sent).text.strip() == text


@pytest.mark.parametrize("text", ["- tiret", "1) un", "# dièse", "> chevron", "==="])
def test_a_line_after_a_line_end_stays_text(editor, text):
    editor.open().type_at_end("avant")
    editor.page.keyboard.press("Shift+Enter")
    editor.page.keyboard.insert_text(text)
    assert re.fullmatch(r"<p>avant<br ?/?>\n?.*</p>", render(editor.sent).html, re.DOTALL)


def test_a_paste_from_word_keeps_headings_lists_tables_and_links(editor):
    editor.open().paste(WORD)
    assert editor.sent == FROM_WORD


def test_a_paste_from_an_online_document_is_not_all_bold(editor):
    editor.open().paste('<b style="font-weight:normal"><p><span style="font-weight:700">gras</span> net</p></b>')
    assert editor.sent == "**gras** net"


def test_a_script_link_is_not_pasted(editor):
    editor.open().paste('<p><a href="javascript:alert(1)">mot</a></p>')
    assert "javascript" not in editor.sent


def test_a_file_is_sent_and_written_at_the_cursor(editor):
    editor.open("Voici ")
    editor.type_at_end("le plan : ")
    editor.page.set_input_files("input[type=file]", [{"name": "plan.png", "mimeType": "image/png", "buffer": b"x"}])
    expect(editor.area.locator("img[alt=plan]")).to_be_visible()
    assert editor.sent.endswith("![plan](/fichiers/abc/plan.png)")


def test_a_refused_file_says_why(editor):
    editor.upload = (415, {"error": "Ce type de fichier n’est pas accepté."})
    editor.open()
    editor.page.set_input_files("input[type=file]", [{"name": "a.exe", "mimeType": "text/plain", "buffer": b"x"}])
    expect(editor.page.get_by_role("alert").filter(has_text="Ce type de fichier")).to_be_visible()
    assert editor.sent == ""


def test_a_member_is_mentioned_with_the_keyboard_alone(editor):
    editor.open().area.focus()
    editor.page.keyboard.type("Merci @Na")
    expect(editor.page.get_by_role("option")).to_have_count(2)
    editor.page.keyboard.press("ArrowDown")
    editor.page.keyboard.press("Enter")
    assert editor.sent.startswith("Merci @[Nadège\\_Roy](membre:Xy_9)")


def test_a_plain_field_takes_mentions_with_the_keyboard_alone(editor):
    field = editor.open().page.get_by_label("Commentaire")
    field.focus()
    editor.page.keyboard.type("Voir (@Na")
    expect(editor.page.get_by_role("option")).to_have_count(2)
    editor.page.keyboard.press("ArrowDown")
    editor.page.keyboard.press("Enter")
    editor.page.keyboard.type("aussi)")
    expect(field).to_have_value("Voir (@[Nadège\\_Roy](membre:Xy_9) aussi)")
    expect(editor.page.get_by_role("option")).to_have_count(0)


def test_escape_closes_the_members_of_a_plain_field_and_keeps_the_words(editor):
    field = editor.open().page.get_by_label("Commentaire")
    field.focus()
    editor.page.keyboard.type("@Na")
    expect(editor.page.get_by_role("option")).to_have_count(2)
    editor.page.keyboard.press("Escape")
    expect(editor.page.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("@Na")


def test_escape_then_tab_leaves_the_text_even_from_a_list(editor):
    editor.open().area.focus()
    editor.page.keyboard.type("- a")
    editor.page.keyboard.press("Escape")
    editor.page.keyboard.press("Tab")
    expect(editor.page.locator("#publier")).to_be_focused()


def test_arrows_move_in_the_toolbar_and_enter_acts(editor):
    editor.open().type_at_end("mot")
    editor.page.keyboard.press("Control+a")
    editor.page.locator("[data-command=markdown]").focus()
    editor.page.keyboard.press("Home")
    editor.page.keyboard.press("Enter")
    assert editor.sent == "**mot**"
    expect(editor.page.get_by_role("button", name="Gras")).to_have_attribute("aria-pressed", "true")


def test_the_text_has_the_name_and_the_hint_of_its_field(editor):
    area = editor.open().page.get_by_role("textbox", name="Votre situation")
    expect(area).to_have_accessible_description(re.compile("Ce qui vous bloque"))


def test_markdown_can_be_written_by_hand_and_read_back(editor):
    editor.open("mot")
    editor.page.get_by_role("button", name="Markdown").click()
    editor.page.locator("textarea[name=body]").fill("**mot**")
    editor.page.get_by_role("button", name="Markdown").click()
    expect(editor.area.locator("strong")).to_have_text("mot")


def test_the_textarea_stays_when_the_editor_cannot_load(editor):
    editor.open("gardé", broken=True)
    expect(editor.page.locator("textarea[name=body]")).to_be_visible()
    expect(editor.page.get_by_role("toolbar")).to_be_hidden()
    assert editor.sent == "gardé"


def test_a_required_field_does_not_block_the_form_without_a_word(editor):
    editor.open().page.click("#publier")
    editor.page.wait_for_url("**/publier")
