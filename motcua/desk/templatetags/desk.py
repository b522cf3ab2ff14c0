"""What the desk's templates ask of the desk itself."""

from __future__ import annotations

from django import template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.safestring import SafeString

from motcua.desk import navigation
from motcua.desk.navigation import Group, Place

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_places(context: Context) -> list[Group]:
    """The side navigation of whoever is at the page."""
    return navigation.groups(context["actor"])


@register.inclusion_tag("desk/parts/keys.html", takes_context=True)
def keys(context: Context) -> dict[str, list[Place]]:
    """The list of shortcuts, shown by "?"."""
    return {"keyed": navigation.keyed(context["actor"])}


@register.simple_tag
def cell(bound: BoundField, label: str, row: int, size: int) -> SafeString:
    """One field in a cell of a table of forms, about `size` characters wide; its label is read aloud, the
    column's head is seen."""
    wrong = " govuk-input--error" if bound.errors else ""
    return bound.as_widget(
        attrs={
            "class": f"govuk-input{wrong} mc-cell",
            "aria-label": f"{label}, dòng {row}",
            "size": str(size),
        }
    )
