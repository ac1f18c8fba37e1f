import html
import re

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from community.core.richtext import MAX_MARKDOWN, MarkdownTooLong, render
from tests.support.cost import LINEAR, growth
from tests.support.hostile import TEXTS, HarmfulHtml, assert_harmless_html, pathological

TOKEN = "abcdefghijklmnopqrstuvwx"


def test_a_post_keeps_its_structure():
    rendered = render("# Titre\n\nUn **mot** et *un autre*.\n\n- un\n- deux\n\n> cité\n\n`code`\n\n~~ôté~~")
    assert rendered.html == (
        "<h3>Titre</h3>\n<p>Un <strong>mot</strong> et <em>un autre</em>.</p>\n"
        "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>\n"
        "<blockquote>\n<p>cité</p>\n</blockquote>\n<p><code>code</code></p>\n<p><s>ôté</s></p>"
    )
    assert rendered.text == "Titre\nUn mot et un autre.\nun\ndeux\ncité\ncode\nôté"


@pytest.mark.parametrize(("mark", "tag"), [("#", "h3"), ("##", "h4"), ("###", "h5"), ("####", "h6"), ("######", "h6")])
def test_headings_leave_the_first_two_levels_to_the_page(mark, tag):
    assert render(f"{mark} Titre").html == f"<{tag}>Titre</{tag}>"


def test_a_line_end_is_a_line_end():
    assert render("un\ndeux").html == "<p>un<br>\ndeux</p>"


def test_a_table_can_be_scrolled_and_says_what_its_columns_are():
    page = render("| Lot | Heures | |\n|---|---:|---|\n| 1 | 400 | x |").html
    assert '<div class="table-scroll" role="group" tabindex="0" aria-label="Tableau"><table class="data-table">' in page
    assert '<th scope="col">Lot</th>' in page
    assert '<th class="numeric" scope="col">Heures</th>' in page
    assert '<td class="numeric">400</td>' in page
    assert page.count("<th ") == 2, "a heading without words is a plain cell"
    assert "style" not in page


def test_a_table_wider_than_any_screen_stays_text():
    rendered = render("|a" * 50 + "|\n" + "|-" * 50 + "|\n|mot|")
    assert "<table" not in rendered.html
    assert "mot" in rendered.text


def test_raw_html_is_text():
    assert render("<b>gras</b> &lt;").html == "<p>&lt;b&gt;gras&lt;/b&gt; &lt;</p>"


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:30]))
def test_hostile_text_comes_out_harmless(text):
    assert_harmless_html(render(text).html)


@given(st.text(alphabet=st.sampled_from("[]()<>!*_`~|-#:\\&;\"'= \n\tahttps://javascript:onx.é@"), max_size=200))
@hypothesis_settings(max_examples=150, deadline=None)
def test_any_text_comes_out_harmless_and_always_the_same(text):
    rendered = render(text)
    assert_harmless_html(rendered.html)
    assert render(text) == rendered


@pytest.mark.parametrize(
    "fragment",
    [
        "<script>x</script>",
        '<a href="javascript:x">x</a>',
        '<a href="jav\tascript:x">x</a>',
        '<img src="https://evil.example/x.png">',
        '<p onclick="x">x</p>',
        '<p style="color:red">x</p>',
        "a\u202eb",
    ],
)
def test_the_judge_of_harm_can_say_no(fragment):
    with pytest.raises(HarmfulHtml):
        assert_harmless_html(fragment)


@pytest.mark.parametrize("name", pathological(100))
def test_the_cost_is_proportional_to_the_length(name):
    small, large = pathological(1_500)[name], pathological(6_000)[name]
    assert growth(render, small[:1_500], large[:6_000]) < LINEAR


@pytest.mark.parametrize("name", ["table to complete", "wide table", "narrow table", "openings"])
def test_a_page_is_not_much_heavier_than_its_text(name):
    text = pathological(20_000)[name][:20_000]
    assert len(render(text).html) < 12 * len(text)


@pytest.mark.parametrize("text", ["> " * 40 + "profond", "- " * 40 + "profond", "[" * 300 + "profond" + "](/a)" * 300])
def test_depth_is_capped_without_losing_words(text):
    rendered = render(text)
    assert "profond" in rendered.text
    assert rendered.html.count("<blockquote>") <= 8
    assert rendered.html.count("<ul>") <= 12


def test_a_text_beyond_the_cap_is_refused():
    render("a" * MAX_MARKDOWN)
    with pytest.raises(MarkdownTooLong):
        render("a" * (MAX_MARKDOWN + 1))


class TestLinks:
    @pytest.mark.parametrize(
        ("markdown", "href"),
        [
            ("[x](https://a.fr/b?c=d&e)", "https://a.fr/b?c=d&e"),
            ("[x](mailto:a@b.fr)", "mailto:a@b.fr"),
            ("[x](/questions/1/#r2)", "/questions/1/#r2"),
            ("[x](//a.fr/b)", "https://a.fr/b"),
            ("[x](www.exemple.fr/page)", "https://www.exemple.fr/page"),
            ("<https://a.fr>", "https://a.fr"),
        ],
    )
    def test_a_link_leads_where_it_says(self, markdown, href):
        found = re.search(r'<a href="([^"]*)" rel="nofollow ugc noopener">', render(markdown).html)
        assert html.unescape(found[1]) == href

    @pytest.mark.parametrize("href", ["ftp://a.fr", "tel:0123", "intent:x", "page.html", "membre:../x"])
    def test_any_other_address_leaves_only_words(self, href):
        assert render(f"[mots]({href})").html == "<p>mots</p>"

    @pytest.mark.parametrize(
        ("text", "address", "after"),
        [
            ("voir https://a.fr/b_c_d.", "https://a.fr/b_c_d", "."),
            ("(http://a.fr/x_(y))", "http://a.fr/x_(y)", ")"),
            ("« https://a.fr » !", "https://a.fr", " » !"),
            ("**https://a.fr**", "https://a.fr", "</strong>"),
            ("https://a.fr/?a=1&b=2, puis", "https://a.fr/?a=1&b=2", ", puis"),
        ],
    )
    def test_a_bare_address_becomes_a_link_without_its_punctuation(self, text, address, after):
        page = html.unescape(render(text).html)
        assert f'<a href="{address}" rel="nofollow ugc noopener">{address}</a>{after}' in page

    @pytest.mark.parametrize("text", ["xhttp://a.fr", "`http://a.fr`", "http://", "www.a.fr", "a@b.fr"])
    def test_what_only_looks_like_an_address_is_left_alone(self, text):
        assert "<a " not in render(text).html

    def test_addresses_of_this_site_are_references_once_each(self, settings):
        text = f"[a](/questions/1/) {settings.BASE_URL}/questions/2/?x=1#r3 [b](/questions/1/) https://ailleurs.fr/q"
        assert render(text).references == ("/questions/1/", "/questions/2/?x=1#r3")

    def test_a_site_whose_name_begins_like_ours_is_another_site(self, settings):
        assert render(f"[a]({settings.BASE_URL}.evil.example/questions/1/)").references == ()


class TestPictures:
    def test_our_attachments_are_shown(self, settings):
        for source in (f"/fichiers/{TOKEN}/plan.png", f"{settings.BASE_URL}/fichiers/{TOKEN}/plan.png"):
            rendered = render(f"![Le plan]({source})")
            assert f'<img src="/fichiers/{TOKEN}/plan.png" alt="Le plan" loading="lazy"' in rendered.html
            assert rendered.attachments == (TOKEN,)
            assert rendered.references == ()

    def test_a_picture_from_elsewhere_becomes_a_link(self):
        rendered = render("![Photo](https://evil.example/x.png)")
        assert "<img" not in rendered.html
        assert '<a href="https://evil.example/x.png" rel="nofollow ugc noopener">Photo</a>' in rendered.html
        assert rendered.text == "Photo"

    def test_a_picture_from_elsewhere_inside_a_link_becomes_its_words(self):
        page = render("[![Photo](https://evil.example/x.png)](https://a.fr)").html
        assert page == '<p><a href="https://a.fr" rel="nofollow ugc noopener">Photo</a></p>'

    def test_a_linked_document_is_an_attachment_too(self):
        assert render(f"[CCTP](/fichiers/{TOKEN}/cctp.pdf)").attachments == (TOKEN,)


class TestMentions:
    def test_a_mention_leads_to_the_profile(self):
        rendered = render("Bonjour @[Jeanne Thévenot](membre:a1-B_2), merci")
        assert '<a href="/membres/a1-B_2/" class="mention" rel="nofollow ugc noopener">@Jeanne' in rendered.html
        assert rendered.mentions == ("a1-B_2",)
        assert rendered.text == "Bonjour @Jeanne Thévenot, merci"

    def test_each_member_is_mentioned_once(self):
        assert render("@[A](membre:a) @[B](membre:b) @[A](membre:a)").mentions == ("a", "b")

    def test_code_mentions_nobody(self):
        assert render("`@[A](membre:a)`").mentions == ()

    @pytest.mark.parametrize(
        "text",
        [
            "[Préfet](membre:a)",
            "@[Préfet](<membre:a>)",
            '@[Préfet](membre:a "titre")',
            "@[Préfet][r]\n\n[r]: membre:a",
            "@[Pré[f]et](membre:a)",
            "@[Préfet](membre&#58;a)",
            "<membre:a>",
        ],
    )
    def test_a_form_whose_name_could_not_be_checked_mentions_nobody(self, text):
        rendered = render(text)
        assert rendered.mentions == ()
        assert "/membres/" not in rendered.html

    def test_code_shows_a_mention_as_it_was_written(self):
        assert render("`@[A](membre:a)`").html == "<p><code>@[A](membre:a)</code></p>"
        assert render("```\n@[A](membre:a)\n```").text == "@[A](membre:a)"


class TestNames:
    @pytest.mark.parametrize("text", ["[](https://a.fr)", "[ ](https://a.fr)"])
    def test_a_link_without_words_shows_its_address(self, text):
        assert ">https://a.fr" in render(text).html

    def test_a_picture_without_words_says_so(self):
        assert 'alt="Image sans description"' in render(f"![](/fichiers/{TOKEN}/a.png)").html
