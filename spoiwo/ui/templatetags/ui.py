"""The parts of a page as template tags, and how values are written: `{% load ui %}`.

Everything escapes by default. README.md of the room shows each tag in use.
"""

from functools import cache

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils.encoding import escape_uri_path
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import gettext as _

from spoiwo.doors import once
from spoiwo.kernel import money, polish
from spoiwo.kernel.precision import Precision
from spoiwo.ui import conflict, fields, text
from spoiwo.ui.icons import ICONS

register = template.Library()

TONES = {"good": "check", "warn": "warning", "bad": "warning", "info": "pen", "calm": "dot"}
NOTE_ICONS = {"good": "check", "warn": "warning", "bad": "warning", "info": "info"}
SOURCE_CLASSES = {"own", "state", "pfron", "eu", "gap"}
PAGE_PARAMETERS = ("page", "strona")  # a list in a new order begins with its first page


# Values


@register.filter
def zl(gr: int | None) -> str:
    """Whole grosze in a sentence: "9 025 049,77 zł"; None is "no amount"."""
    return _("no amount") if gr is None or gr == "" else money.zl(gr)


@register.filter
def zl_table(gr: int | None, none: str = "") -> str:
    """Whole grosze in a table, without the unit; None is a muted dash, or the words with `:"words"`."""
    if gr is not None and gr != "":
        return money.zl(gr, unit=False)
    if none == "words":
        return format_html('<span class="sp-none">{}</span>', _("no amount"))
    return format_html(
        '<span class="sp-none"><span aria-hidden="true">–</span><span class="hid">{}</span></span>',
        _("no amount"),
    )


@register.filter
def percent(value) -> str:
    """A share in percent, given as Decimal or text with a point ("11.68"): "11,68 %"."""
    return text.written_share(value)


@register.filter
def on_day(value, style: str = "") -> str:
    """A day: "24 września 2026"; `:"table"` gives "4.10.2019", `:"short"` "24 września"."""
    return text.written_day(value, style)


@register.filter
def at_time(value, style: str = "") -> str:
    """A moment in the office's zone: "24 września 2026, 11.02"; `:"table"` gives "24.09.2026, 11.02"."""
    return text.written_moment(value, style)


@register.filter(is_safe=True)
def nbsp(value) -> str:
    """Polish typography: one-letter words and units never part from what follows or precedes them."""
    join = text.keep_together_in_html if hasattr(value, "__html__") else text.keep_together
    return join(str(value))


@register.filter
def counted(number, noun) -> str:
    """A number with its Polish noun: "9 organizacji"; `noun` is a kernel Noun or a mapping of its forms."""
    if not isinstance(noun, polish.Noun):
        noun = polish.Noun(**{key: form or None for key, form in noun.items() if key != "code"})
    return polish.counted(number, noun, precision=Precision.EXACT)


@register.filter
def fingerprint(value: str, groups: int = 0) -> str:
    """A SHA-256 in groups of four: "4f2a 91c7 0be3 …"; with a number, only that many groups."""
    parts = [value[i : i + 4] for i in range(0, len(value), 4)]
    shown = parts[: int(groups)] if groups else parts
    return text.NBSP.join(shown) if groups else " ".join(shown)


# Small marks


@register.simple_tag
def icon(name: str) -> str:
    """An icon beside a word; hidden from screen readers."""
    return _drawn(name)


@cache
def _drawn(name: str) -> str:
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"no icon {name!r}; there are {', '.join(ICONS)}")
    return format_html(
        '<svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag
def status_tag(tone: str, word: str, icon: str = "") -> str:
    """A status: shape, word and colour. Tones: good, warn, bad, info, calm."""
    return format_html(
        '<strong class="govuk-tag sp-tag sp-tag--{}">{}{}</strong>', tone, _drawn(icon or TONES[tone]), word
    )


@register.simple_tag
def source(name: str, kind: str, nowrap: bool = False, short: str = "") -> str:
    """A source of money: a dot in the colour of its class (own, state, pfron, eu) and its name.

    Several sources of one class share the colour, so the name is never left out; an unknown class is
    grey. `short` is the name shown on telephones.
    """
    shown = (
        format_html('<span class="d-only">{}</span><span class="m-only">{}</span>', name, short)
        if short and short != name
        else name
    )
    return format_html(
        '<span class="src{}"><svg viewBox="0 0 11 11" aria-hidden="true" focusable="false">'
        '<rect class="{}" width="11" height="11" rx="3"/></svg><span>{}</span></span>',
        " nowrap" if nowrap else "",
        kind if kind in SOURCE_CLASSES else "other",
        shown,
    )


@register.simple_tag
def figure_link(shown, url: str = "", css: str = "sp-figure") -> str:
    """A published figure: a link to what it is made of. Without an address only the figure."""
    if not url:
        return conditional_escape(shown)
    return format_html('<a class="{}" href="{}">{}</a>', css, url, shown)


@register.simple_tag
def amount(gr: int | None, url: str = "", none: str = "") -> str:
    """A cell of a money table: the amount without the unit, linked to its records."""
    shown = zl_table(gr, none)
    return figure_link(shown, url) if gr is not None else shown


@register.simple_tag
def moment(value, style: str = "") -> str:
    """A day or a moment inside <time>, with the machine's form beside."""
    return format_html('<time datetime="{}">{}</time>', text.iso(value), text.written_moment(value, style))


@register.simple_tag
def change(before, after) -> str:
    """Before and after in one place; said in words to who does not see the strike."""
    return format_html(
        '<span class="sp-change"><span class="hid">{} </span><del>{}</del>{}'
        '<span class="hid"> {} </span><ins>{}</ins></span>',
        _("before:"),
        before,
        _drawn("arrow"),
        _("after:"),
        after,
    )


# Parts with a template


@register.inclusion_tag("ui/parts/logo.html")
def logo(uid: str) -> dict:
    """The sign with the name; `uid` keeps the id of its clip apart when it stands twice on a page."""
    return {"uid": uid}


@register.inclusion_tag("ui/parts/breadcrumbs.html")
def breadcrumbs(*steps) -> dict:
    """Where one is: label and address in turns, the page itself last without one; or a list of pairs."""
    if len(steps) == 1 and isinstance(steps[0], (list, tuple)):
        return {"steps": [(pair[0], pair[1] if len(pair) > 1 else "") for pair in steps[0]]}
    padded = [*steps, ""] if len(steps) % 2 else list(steps)
    return {"steps": list(zip(padded[::2], padded[1::2], strict=True))}


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(*forms) -> dict:
    """What is to be put right, each with a link to its field; nothing for a form without errors."""
    return {"problems": [p for form in forms if form.is_bound for p in fields.problems(form)]}


@register.inclusion_tag("ui/parts/field.html")
def field(bound, **options) -> dict:
    """One field with label, hint, error and control.

    Options: label, hint, prefix, suffix, width (2, 3, 4, 5, 10, 20, 30), rows, compact.
    """
    return fields.described(bound, **options)


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(items) -> dict:
    """What happened, the newest first: items with `when`, `title` and optional `text`, `by`, `done`."""
    return {"items": items}


@register.inclusion_tag("ui/parts/kv.html")
def kv(pairs) -> dict:
    """Terms and values: pairs (term, value)."""
    return {"pairs": pairs}


@register.inclusion_tag("ui/parts/downloads.html")
def downloads(files) -> dict:
    """Files to take: items with `label`, `url`, optional `size` in bytes, `icon`, `note`."""
    return {"files": files}


@register.inclusion_tag("ui/parts/empty.html")
def empty_state(title: str, say: str = "", action: str = "", url: str = "", level: int = 3) -> dict:
    """Nothing here: what it means, and what to do."""
    return {"title": title, "say": say, "action": action, "url": url, "level": level}


@register.inclusion_tag("ui/parts/pagination.html", takes_context=True)
def pagination(context, page: Page, parameter: str = "page") -> dict:
    """Pages of a list; keeps the filter and the order of the address."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": [{"number": n, "url": _with(context, parameter, n) if isinstance(n, int) else ""} for n in numbers],
        "previous": _with(context, parameter, page.number - 1) if page.has_previous() else "",
        "next": _with(context, parameter, page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("ui/parts/sort_head.html", takes_context=True)
def sort_head(context, column: str, label: str, default: str = "", num: bool = False) -> dict:
    """The head of a column that sorts: `?sort=date`, then `?sort=-date`. `default` is the list's own order."""
    chosen = context["request"].GET.get("sort") or default
    state = {column: "ascending", f"-{column}": "descending"}.get(chosen, "")
    turned = f"-{column}" if state == "ascending" else column
    return {
        "label": label,
        "num": num,
        "state": state,
        "url": _with(context, "sort", turned, drop=PAGE_PARAMETERS),
    }


def _with(context, parameter: str, value, drop: tuple[str, ...] = ()) -> str:
    """This page's address with one parameter changed and some left out."""
    query = context["request"].GET.copy()
    query[parameter] = value
    for name in drop:
        query.pop(name, None)
    return f"{escape_uri_path(context['request'].path)}?{query.urlencode()}"


# Parts around a piece of the page


@register.simple_block_tag
def panel(content, title="", note="", link="", url="", tone="", foot="", level=2, flush=False, uid="") -> str:
    """One thing with a heading. `flush` for a table or list that reaches the edges; tones: bad, warn."""
    facts = {"title": title, "note": note, "link": link, "url": url, "tone": tone, "foot": foot}
    return render_to_string(
        "ui/parts/panel.html", {**facts, "content": content, "level": level, "flush": flush, "uid": uid}
    )


@register.simple_block_tag
def notice(content, tone="info", title="", level=2) -> str:
    """A notice inside a page: info, good, warn or bad."""
    return render_to_string("ui/parts/notice.html", {"content": content, "tone": tone, "title": title, "level": level})


@register.simple_block_tag
def buttons(content) -> str:
    """The row of buttons that ends a form or a card."""
    return format_html('<div class="sp-buttons">{}</div>', content)


@register.simple_block_tag
def fold(content, title="", note="", tone="", tag="", level=2, opened=False) -> str:
    """A long list that opens: heading and count first."""
    facts = {"title": title, "note": note, "tone": tone, "tag": tag, "level": level, "opened": opened}
    return render_to_string("ui/parts/fold.html", {**facts, "content": content})


@register.inclusion_tag("ui/parts/filter_bar.html", takes_context=True)
def filter_bar(context, form, label: str = "", target: str = "", keep: str = "sort") -> dict:
    """A GET form above a list, in one row; with `target` ("#rows") htmx swaps the rows as it changes.

    `keep` names parameters of the address (words apart) that a new filter leaves as they are.
    """
    request = context["request"]
    filled = any(request.GET.get(form[name].html_name) for name in form.fields)
    return {
        "fields": [fields.described(bound, compact=True) for bound in form.visible_fields()],
        "hidden": form.hidden_fields(),
        "kept": [(name, request.GET[name]) for name in keep.split() if request.GET.get(name)],
        "label": label,
        "target": target,
        "path": request.path,
        "filled": filled,
    }


# Forms that are sent


@register.simple_tag(takes_context=True)
def sent_once(context, address: str = "") -> str:
    """The key of a form that creates (`@once`); `address` when the form goes elsewhere than to its own page."""
    key = once.new_key(context["request"], address)
    return format_html('<input type="hidden" name="{}" value="{}">', once.FIELD, key)


@register.simple_tag
def seen(form) -> str:
    """What the person saw when a form that changes was opened (`@changes`): the version, and the values, signed."""
    fields_ = [(conflict.SEEN, conflict.seen_version(form)), (conflict.OPENED, conflict.opened(form))]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields_)
