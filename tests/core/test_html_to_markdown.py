import html
import re
from collections import Counter

import pytest

from community.core.html_to_markdown import html_to_markdown
from community.core.richtext import render
from tests.support.cost import LINEAR, growth
from tests.support.hostile import TEXTS, assert_harmless_html, pathological


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("<p>Un <b>mot</b> <i>ici</i></p><p>Deux</p>", "Un **mot** *ici*\n\nDeux"),
        ("<b> gras </b>mot", "**gras** mot"),
        ("mot<b>« x »</b>mot", "mot« x »mot"),
        ("<h2>Titre</h2>texte", "## Titre\n\ntexte"),
        ("un<br>deux", "un  \ndeux"),
        ("<hr>", "---"),
        ("<ul><li>un</li><li>deux<ul><li>trois</li></ul></li></ul>", "- un\n- deux\n  - trois"),
        ('<ol start="3"><li>x</li><li>y</li></ol>', "3. x\n4. y"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre><code>a &lt; b\n  c\n</code></pre>", "```\na < b\n  c\n```"),
        ("<code>a`b</code>", "``a`b``"),
        ('<a href="https://a.fr/x(1)">lien</a>', "[lien](https://a.fr/x%281%29)"),
        ('<a href="https://a.fr/b_c">https://a.fr/b_c</a>', "<https://a.fr/b_c>"),
        ('<a href="javascript:x">mots</a>', "mots"),
        ('Merci !<a href="/g">guide</a>', "Merci \\![guide](/g)"),
        ('<img src="https://a.fr/x.png" alt="Photo">', "[Photo](https://a.fr/x.png)"),
        (
            "<table><tr><th>A</th><th>B|C</th></tr><tr><td>1<br>2</td></tr></table>",
            "| A | B\\|C |\n| --- | --- |\n| 1 2 |  |",
        ),
        ("<table><tr><td>seul</td></tr></table>", "seul"),
        ("m<sup>2</sup>, 1<sup>er</sup>", "m², 1er"),
        ("1. pas une liste<br># ni un titre", "1\\. pas une liste  \n\\# ni un titre"),
        ("<script>x</script><style>y</style>z", "z"),
        ("&lt;b&gt; &amp;amp; snake_case _x_", "\\<b> \\&amp; snake_case \\_x\\_"),
        ('<b style="font-weight:normal">mots</b>', "mots"),
    ],
)
def test_html_becomes_our_markdown(source, markdown):
    assert html_to_markdown(source) == markdown


def test_lists_pasted_from_word_are_lists():
    source = (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>·<span>&nbsp; </span>"
        "</span><![endif]>Un<o:p></o:p></p><p style='mso-list:l0 level2 lfo1'>o&nbsp;&nbsp;Deux</p>"
    )
    assert html_to_markdown(source) == "- Un\n  - Deux"


WORD_TABLE = """<table class=MsoTableGrid border=1><thead><tr><td width=100><p class=MsoNormal><b>Lot</b></p></td>
<td><p>Montant</p></td></tr></thead><tr><td><p>1</p></td><td colspan=2><p>40&nbsp;000 €</p></td></tr></table>"""


def test_a_table_pasted_from_word_is_a_table():
    page = render(html_to_markdown(WORD_TABLE)).html
    assert page.count("<tr>") == 2
    assert '<th scope="col"><strong>Lot</strong></th>' in page


@pytest.mark.parametrize(
    "source",
    [
        WORD_TABLE,
        "<p>Les *étoiles*, _traits_ [entre] (parenthèses) ~~barré~~ `code` #1 + 2 - 3 = 4 | 5 \\ 6 ! @ ^ &amp; 7</p>",
        "<ol><li><p>un</p><p>suite</p><pre>code\n\n  suite</pre></li><li>deux</li></ol>",
        "<div>nu<div>dans<blockquote>cité<ul><li>a<ol><li>b</li></ol></li></ul></blockquote></div>fin</div>",
        "<dl><dt>Terme</dt><dd>Sens</dd></dl><table><caption>Légende</caption><tr><td>a</td><td>b</td></tr></table>",
        "<b>a,</b><b>b,</b><i>c,</i>d <b><i>e</i></b> <a href='/x'><b>f</b> [g]</a>",
        "&amp;lt; &nbsp; &eacute; &#8217; &copy; 5&nbsp;%",
        "<p>- tiret</p><p>+ plus</p><p>&gt; plus grand</p><p>===</p><p>12) douze</p>",
        "<h1>a</h1><h6>b</h6><hr>c<br><br>d",
    ],
)
def test_rendering_the_markdown_gives_back_every_word(source):
    words = re.findall(r"\w+", html.unescape(re.sub(r"<[^<>]*>", " ", source)))
    read = re.findall(r"\w+", render(html_to_markdown(source)).text)
    assert Counter(words) - Counter(read) == Counter()


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:30]))
def test_hostile_html_comes_out_harmless(text):
    assert_harmless_html(render(html_to_markdown(text)).html)


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<blockquote>",
        "<ul><li>",
        "<b>",
        "<table><tr><td>",
        "<a href=x>y</a>",
        "<b>a</b>",
        "a<br>",
        "<",
        "<p>a",
        "`",
    ],
)
def test_the_cost_is_proportional_to_the_length(piece):
    assert growth(html_to_markdown, piece * 1_000, piece * 4_000) < LINEAR


def test_depth_is_capped_without_losing_words():
    assert "profond" in html_to_markdown("<div>" * 5_000 + "profond")
    assert html_to_markdown("<blockquote>" * 100 + "profond").count(">") <= 30


@pytest.mark.parametrize("name", ["cells", "openings", "angles"])
def test_pathological_shapes_are_survived(name):
    html_to_markdown(pathological(50_000)[name])
