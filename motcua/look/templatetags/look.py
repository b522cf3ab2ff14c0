"""The components: few, each with one way to write it. The gallery (/giao-dien/) shows them all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from motcua.look import formats, signatures
from motcua.look.due_dates import Told
from motcua.look.months import WEEK, Month
from motcua.messaging import queries as messaging

register = template.Library()

register.filter("vn_date", formats.date_text)
register.filter("vn_moment", formats.moment_text)
register.filter("vn_datetime", formats.datetime_text)
register.filter("vn_weekday", formats.weekday_text)
register.filter("vn_number", formats.number_text)
register.filter("vn_money", formats.money_text)
register.filter("vn_percent", formats.percent_text)

PART = "look/parts/{}.html"
CURSORS = ("after", "before")
"""The query parameters of a keyset page; whatever changes the list drops them."""


def _part(part: str, /, **context: Any) -> SafeString:
    return render_to_string(PART.format(part), context)


def _query(context: Context) -> QueryDict:
    request: HttpRequest | None = context.get("request")
    return request.GET.copy() if request else QueryDict(mutable=True)


def _address(query: QueryDict) -> str:
    return f"?{query.urlencode()}" if query else "?"


# Acting


@register.simple_tag
def button(
    text: str,
    *,
    kind: str = "primary",
    href: str = "",
    name: str = "",
    value: str = "",
    small: bool = False,
    explain: str = "",
    disabled: bool = False,
) -> SafeString:
    """A button of the enclosing form, or a link that looks like one (`href`).

    `kind`: primary, secondary, danger, quiet. `explain` says under it what pressing it will do.
    """
    return _part("button", **locals())


@register.inclusion_tag(PART.format("search"))
def search_box(
    action: str, *, value: str = "", placeholder: str = "", label: str = "Tìm", big: bool = False
) -> dict[str, Any]:
    """A search form (GET, parameter `q`); the key "/" goes to it."""
    return locals()


@register.inclusion_tag(PART.format("post_switcher"), takes_context=True)
def post_switcher(
    context: Context, posts: Sequence[tuple[Any, str]], current: Any, action: str
) -> dict[str, Any]:
    """The post an officer acts in: (id, label) pairs; sends `post` to `action`."""
    return {
        "posts": posts,
        "current": current,
        "action": action,
        "csrf_token": context.get("csrf_token"),
        "next": context["request"].get_full_path() if context.get("request") else "",
    }


# Forms

_CLASSES: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (forms.CheckboxSelectMultiple, "choices", "checkboxes"),
    (forms.RadioSelect, "choices", "radios"),
    (forms.CheckboxInput, "single", ""),
    (forms.FileInput, "upload", ""),
    (forms.Textarea, "plain", "govuk-textarea"),
    (forms.Select, "plain", "govuk-select"),
    (forms.Widget, "plain", "govuk-input"),
)
_WIDTHS = {"": "", "xs": " govuk-input--width-5", "s": " govuk-input--width-10"} | {
    "m": " govuk-input--width-20",
    "l": " govuk-!-width-two-thirds",
}


@register.simple_tag
def field(
    bound: BoundField, *, hint: str = "", label: str = "", width: str = "", optional: bool = True
) -> SafeString:
    """One field of a Django form with its label, hint and error, whatever its widget.

    `width`: xs, s, m, l or full. A field that may stay empty says so unless `optional` is false.
    """
    widget = bound.field.widget
    if widget.is_hidden:
        return bound.as_widget()
    shape, css = next((s, c) for kind, s, c in _CLASSES if isinstance(widget, kind))
    hint = hint or str(bound.help_text or "")
    ids = [f"{bound.auto_id}-hint"] * bool(hint) + [f"{bound.auto_id}-error"] * bool(bound.errors)
    attrs: dict[str, Any] = {"aria-describedby": " ".join(ids)} if ids else {}
    if shape == "plain":
        wrong = f" {css}--error" if bound.errors else ""
        attrs["class"] = f"{css}{wrong}{_WIDTHS[width]} {widget.attrs.get('class', '')}".strip()
    elif shape == "single":
        attrs["class"] = "govuk-checkboxes__input"
    elif shape == "upload":
        attrs |= {"class": "govuk-file-upload", "x-on:change": "chosen"}
    return _part(
        f"field_{shape}",
        bound=bound,
        control=bound.as_widget(attrs=attrs) if shape != "choices" else "",
        label=label or bound.label,
        hint=hint,
        group=css,
        describedby=attrs.get("aria-describedby", ""),
        optional=optional and not bound.field.required,
    )


@register.simple_tag
def error_summary(form: forms.BaseForm, *others: str, focus: bool = True) -> SafeString:
    """All that is wrong with a form sent, at the top, each leading to its field; `others` beside.

    Takes the keyboard's focus when the page opens, unless told not to.
    """
    found: list[tuple[str, str]] = [(text, "") for text in (*form.non_field_errors(), *others)]
    for bound in form:
        grouped = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
        target = f"#{bound.auto_id}{'_0' if grouped else ''}"
        found += [(f"{str(bound.label).rstrip('.')}: {text}", target) for text in bound.errors]
    return _part("error_summary", errors=found, focus=focus) if found else SafeString("")


@register.simple_block_tag(takes_context=True)
def filter_bar(
    context: Context, content: str, *, title: str = "Lọc danh sách", keep: str = ""
) -> SafeString:
    """A GET form of filters, open when any is set; `keep` names parameters to carry along."""
    query = _query(context)
    kept = {name: query.get(name) for name in keep.split() if query.get(name)}
    live = any(v for n, v in query.items() if n not in {*kept, *CURSORS, "sort"})
    return _part("filter_bar", content=content, title=title, kept=kept, live=live)


# Reading


@register.simple_block_tag
def table(content: str, *, caption: str = "", cards: bool = False) -> SafeString:
    """A dense table around its `thead`/`tbody`; scrolls in its own frame.

    `cards`: on a phone each row becomes a card (give cells `data-label`).
    """
    return _part("table", content=content, caption=caption, cards=cards)


@register.inclusion_tag(PART.format("sort"), takes_context=True)
def sort(context: Context, text: str, key: str, *, numeric: bool = False) -> dict[str, Any]:
    """A column head that sorts by `key` (parameter `sort`, with "-" for downwards)."""
    query = _query(context)
    now = query.get("sort", "")
    for name in CURSORS:
        query.pop(name, None)
    query["sort"] = f"-{key}" if now == key else key
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    return {"text": text, "href": _address(query), "direction": direction, "numeric": numeric}


@register.inclusion_tag(PART.format("pager"), takes_context=True)
def pager(
    context: Context, *, next: str | None = None, previous: str | None = None, text: str = ""
) -> dict[str, Any]:
    """Links of a keyset page: the cursors go into `after` and `before`, the rest of the query stays."""
    links = {}
    for name, cursor in (("after", next), ("before", previous)):
        query = _query(context)
        for old in CURSORS:
            query.pop(old, None)
        if cursor:
            query[name] = cursor
            links[name] = _address(query)
    return {"next": links.get("after"), "previous": links.get("before"), "text": text}


@register.simple_tag
def status(text: str, tone: str = "") -> SafeString:
    """A short status word. `tone`: info, good, warn, bad or none."""
    return _part("status", text=text, tone=tone)


@register.simple_tag
def signed(verdict: str | None) -> SafeString:
    """What is said beside a file of its digital signatures; nothing beside one that has none."""
    return _part("status", **signatures.beside(verdict)) if verdict else SafeString("")


@register.simple_tag
def due(
    due_at: datetime | None,
    now: datetime,
    *,
    finished_at: datetime | None = None,
    paused: bool = False,
    working_days: int | None = None,
    what: str = "Hẹn trả",
) -> SafeString:
    """How a due date stands now: colour, sign and words (formats.due says the rule)."""
    said = formats.due(
        due_at, now, finished_at=finished_at, paused=paused, working_days=working_days, what=what
    )
    return _part("due", due=said)


@register.simple_tag
def answer_by(by: datetime, now: datetime) -> SafeString:
    """Until when the desk answers what was filed online; past it, by the hour, it says so."""
    moment = formats.moment_text(by)
    if now > by:
        return status(f"Quá giờ trả lời {moment}", "bad")
    return status(
        f"Trả lời trước {moment}", "info" if formats.day(by) > formats.day(now) else "warn"
    )


@register.simple_tag
def timeline(events: Iterable[Any]) -> SafeString:
    """What happened, in the order given: `title`, `by`, `at`, `detail`, `tone` of each."""
    return _part("timeline", events=events)


@register.simple_tag
def figure(
    value: int | float | Decimal | str | None,
    label: str,
    *,
    href: str = "",
    note: str = "",
    tone: str = "",
) -> SafeString:
    """A number that opens what it counted. `tone`: good, warn, bad or none."""
    shown = value if isinstance(value, str) else formats.number_text(value)
    return _part("figure", value=shown, label=label, href=href, note=note, tone=tone)


@register.simple_tag
def bars(rows: Iterable[Sequence[Any]], *, top: float | None = None, unit: str = "") -> SafeString:
    """A small bar chart: (label, value[, tone]) rows, the longest bar being `top` or the largest."""
    listed = [(*row, "")[:3] for row in rows]
    most = top or max((float(value) for _, value, _ in listed), default=0.0) or 1.0
    drawn = [
        {
            "label": label,
            "value": f"{formats.number_text(value, 0 if value == int(value) else 1)}{unit}",
            "width": f"{100 * float(value) / most:.2f}",
            "tone": tone,
        }
        for label, value, tone in listed
    ]
    return _part("bars", rows=drawn)


@register.simple_tag
def month_grid(shown: Iterable[Month], *, small: bool = False) -> SafeString:
    """Months as tables of weeks, each day with its words and, for who does not see, its sentence.

    `small`: a year at a glance, the days' words only said.
    """
    return _part("month_grid", months=shown, week=WEEK, small=small)


@register.simple_tag
def why_due(told: Told | None) -> SafeString:
    """A due date explained (look.due_dates.told): a sentence, the days as a picture, each stretch."""
    return _part("why_due", told=told) if told else SafeString("")


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A list of terms and what they are; holds `fact` blocks."""
    return _part("facts", content=content)


@register.simple_block_tag
def fact(content: str, term: str) -> SafeString:
    """One term of `facts`."""
    return _part("fact", content=content, term=term)


# Saying


@register.simple_block_tag
def notice(content: str, title: str = "", *, tone: str = "info") -> SafeString:
    """Something to know before going on. `tone`: info, good, warn, bad."""
    return _part("notice", content=content, title=title, tone=tone)


@register.simple_block_tag
def confirmation(content: str, title: str, *, code: str = "") -> SafeString:
    """It is done: what was done, and the code to keep."""
    return _part("confirmation", content=content, title=title, code=code)


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """Nothing here, and what to do about it."""
    return _part("empty", content=content, title=title)


# Going about


@register.inclusion_tag(PART.format("nav_link"), takes_context=True)
def nav_link(
    context: Context,
    text: str,
    href: str,
    *,
    exact: bool = False,
    count: int | None = None,
    late: bool = False,
    side: bool = False,
) -> dict[str, Any]:
    """One link of a navigation; marked where the page's address begins with it (`exact`: is it)."""
    request = context.get("request")
    path = request.path if request else ""
    current = path == href if exact else bool(path) and path.startswith(href.split("?")[0])
    block = "mc-side" if side else "mc-nav"
    return {"text": text, "href": href, "current": current, "block": block} | {
        "count": None if count is None else formats.number_text(count),
        "late": late and bool(count),
    }


@register.inclusion_tag(PART.format("bell"), takes_context=True)
def bell(context: Context, href: str) -> dict[str, Any]:
    """The way to the notices, with how many await who acts (`unread` of the context)."""
    request = context.get("request")
    waiting = context["unread"]()
    count = f"{messaging.MOST - 1}+" if waiting >= messaging.MOST else waiting
    return {"href": href, "count": count, "current": request is not None and request.path == href}


@register.simple_tag
def tabs(items: Iterable[Sequence[Any]], current: str) -> SafeString:
    """Links over one matter: (label, href[, count]); `current` is the href being read."""
    listed = [(*item, None)[:3] for item in items]
    return _part("tabs", items=listed, current=current)


@register.simple_tag
def breadcrumb(*pairs: str) -> SafeString:
    """Where this page stands: text, href, text, href, …; the page itself is not named."""
    return _part("breadcrumb", links=list(zip(pairs[::2], pairs[1::2], strict=True)))


@register.simple_tag
def steps(items: Iterable[str], current: int) -> SafeString:
    """The stages of a task; `current` counts from 1, those before it are done."""
    listed = [
        (text, "done" if number < current else "now" if number == current else "")
        for number, text in enumerate(items, start=1)
    ]
    return _part("steps", items=listed)
