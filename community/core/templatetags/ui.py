"""Tags and filters of the interface kit. Dates and numbers follow French typography."""

import json
import re
from functools import lru_cache
from html import escape
from weakref import WeakSet

from django import template
from django.core.signals import setting_changed
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from community.core import ui
from community.core.clock import Clock

register = template.Library()


@lru_cache(maxsize=256)
def icon(name):
    """One symbol of the sprite, decorative: the words beside it, or an aria-label, carry the meaning."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("icons/sprite.svg"),
        name,
    )


@setting_changed.connect
def _forget_icons(*, setting, **kwargs):
    if setting in {"STATIC_URL", "STORAGES"}:
        icon.cache_clear()


class IconNode(template.Node):
    def __init__(self, name):
        self.name = name

    def render(self, context):
        return icon(self.name.resolve(context))


@register.tag("icon")
def icon_tag(parser, token):
    """{% icon "bell" %}: drawn when the template is read, unless the name is the page's to say."""
    _tag, given = token.split_contents()
    name = parser.compile_filter(given)
    return IconNode(name) if name.is_var else template.base.TextNode(icon(name.resolve({})))


@register.filter
def person_initials(name):
    """First letters of the first and last words: « Nadia Ferrand » gives NF."""
    return ui.initials(name)


@register.filter
def hue(number):
    """One of the kit's six avatar colours, the same each time for the same number."""
    return ui.hue(number)


@register.filter
def number(value):
    """1612 becomes 1 612, with narrow no-break spaces."""
    return ui.number(value)


@register.filter(is_safe=True)
@template.defaultfilters.stringfilter
def typo(text):
    """No-break spaces where French typography wants them; the words are left alone."""
    return ui.typography(text)


@register.simple_tag
def count_label(count, singular, plural):
    """« 0 réponse », « 1 réponse », « 2 réponses »: in French, zero is singular."""
    count = count or 0
    return f"{ui.number(count)}\u00a0{plural if count > 1 else singular}"


@register.simple_tag
def moment(value, style="long"):
    """A moment in the current time zone, as `Clock.moment` tells it."""
    return Clock().moment(value, style) if value else ""


@register.filter
def day_words(value):
    """« 1er novembre 2026 », for a sentence and for mails."""
    return ui.day_words(value) if value else ""


@register.simple_tag
def day(value, style="weekday"):
    """A day, as `Clock.day` tells it. Accepts a date or a moment."""
    return Clock().day(value, style) if value else ""


_BLANK_LINES = re.compile(r"\s*\n\s*")


class ConstantNode(template.Node):
    MAX_KEPT = 64

    def __init__(self, nodelist, values):
        self.nodelist = nodelist
        self.values = values
        self.kept = {}

    def render(self, context):
        values = {name: value.resolve(context) for name, value in self.values.items()}
        key = (get_language(), *values.values())
        html = self.kept.get(key)
        if html is None:
            if len(self.kept) >= self.MAX_KEPT:
                self.kept.clear()
            html = _BLANK_LINES.sub("\n", self.nodelist.render(context.new(values)))
            self.kept[key] = html
            _constants.add(self)
        return html


_constants: WeakSet[ConstantNode] = WeakSet()


@setting_changed.connect
def _forget_constants(**kwargs):
    for node in _constants:
        node.kept.clear()


@register.tag
def constant(parser, token):
    """
    {% constant entries=site.nav %}…{% endconstant %}: what every page repeats, rendered once a process for each
    language and each of the values given, which are few and hashable. It sees those values and nothing else of the
    page, so that nothing of one reader can be kept for another.
    """
    values = template.base.token_kwargs(token.split_contents()[1:], parser)
    nodelist = parser.parse(("endconstant",))
    parser.delete_first_token()
    return ConstantNode(nodelist, values)


# As Django's json_script: what could close the element or open a comment.
_JSON_ESCAPES = ((">", "\\u003E"), ("<", "\\u003C"), ("&", "\\u0026"))


@register.simple_tag
def linked_data(data: dict) -> str:
    """schema.org data: a block that browsers do not run, hence allowed by a policy without inline scripts."""
    text = json.dumps(data, ensure_ascii=False)
    for sign, escaped in _JSON_ESCAPES:
        text = text.replace(sign, escaped)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  escaped above


@register.simple_tag
def facet_options(options, name, kind=""):
    """The lines of a facet, as `components/facet.html` describes them: a list of filters has a hundred of them."""
    lines = []
    for option in options:
        checked = " checked" if option.get("checked") else ""
        disabled = " disabled" if option.get("disabled") else ""
        dress = ' class="theme"' if option.get("theme") else ""
        if option.get("family"):
            dress = f' class="family" data-family="{escape(option["family"])}"'
        count = option.get("count")
        figure = "" if count in (None, "") else f'<span class="fine">{ui.number(count)}</span>'
        value = escape(str(option["value"]))
        lines.append(
            f'<li><label><input type="{kind or "checkbox"}" name="{escape(name)}" value="{value}"'
            f"{checked}{disabled}><span{dress}>{escape(str(option['label']))}</span>{figure}</label></li>"
        )
    return mark_safe(f'<ul class="plain">{"".join(lines)}</ul>')  # noqa: S308  every typed word is escaped


@register.simple_tag
def tab_links(tabs):
    """The links of `components/tabs.html`."""
    links = []
    for tab in tabs:
        current = ' aria-current="page"' if tab.get("current") else ""
        count = tab.get("count")
        tone = "" if tab.get("loud") else ' data-tone="quiet"'
        figure = "" if count in (None, "") else f' <span class="count"{tone}>{ui.number(count)}</span>'
        links.append(f'<a href="{escape(tab["url"])}"{current}>{escape(str(tab["label"]))}{figure}</a>')
    return mark_safe("".join(links))  # noqa: S308  every typed word is escaped


@register.simple_tag
def select_options(options):
    """The lines of a list to choose from: {value, label, selected}."""
    lines = [
        f'<option value="{escape(str(option["value"]))}"{" selected" if option.get("selected") else ""}>'
        f"{escape(str(option['label']))}</option>"
        for option in options
    ]
    return mark_safe("".join(lines))  # noqa: S308  every typed word is escaped


CLASSLESS_WIDGETS = {"checkbox", "radio", "radioselect", "checkboxselectmultiple", "hidden"}


@register.simple_tag
def control(field, css_class="input", described_by="", size="", **attributes):
    """
    The widget of a bound field in the kit's dress: class, size, and the ids of its hint and of
    its error in aria-describedby. `described_by` adds the id of one more explanation. Extra
    attributes are given with underscores: data_counter_target="field".
    """
    attrs = {name.replace("_", "-"): value for name, value in attributes.items() if value != ""}
    if field.widget_type not in CLASSLESS_WIDGETS:
        own_class = field.field.widget.attrs.get("class", "")
        attrs["class"] = f"{css_class} {own_class}".strip()
        if size:
            attrs["data-size"] = size
    ids = [f"{field.auto_id}-aide"] if field.help_text else []
    ids += [described_by] if described_by else []
    ids += [f"{field.auto_id}-erreur"] if field.errors else []
    if ids:
        attrs["aria-describedby"] = " ".join(ids)
    return field.as_widget(attrs=attrs)


@register.simple_tag
def choices(field):
    """
    The options of a radio or checkbox field, with the hint and the disabled state the form gives
    in `field.choice_hints = {value: sentence}` and `field.disabled_choices = {value}`.
    """
    hints = getattr(field.field, "choice_hints", {})
    disabled = {str(value) for value in getattr(field.field, "disabled_choices", ())}
    options = []
    for widget in field.subwidgets:
        value = str(widget.data["value"])
        if value in disabled:
            widget.data["attrs"]["disabled"] = True
        options.append(
            {
                "tag": widget.tag(),
                "value": value,
                "label": widget.choice_label,
                "hint": hints.get(widget.data["value"], hints.get(value, "")),
            }
        )
    return options
