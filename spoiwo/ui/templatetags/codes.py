"""Drawn codes and values for scripts: `{% load codes %}`."""

import json
from itertools import groupby

import qrcode
from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def qr(text: str, label: str) -> str:
    """A QR code as a drawing of the page itself, so that no policy has to allow pictures from elsewhere."""
    drawn = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    drawn.add_data(text)
    rows = drawn.get_matrix()
    path = "".join(_dark(row, y) for y, row in enumerate(rows))
    return format_html(
        '<svg class="sp-qr" viewBox="0 0 {0} {0}" width="240" height="240" role="img" aria-label="{1}">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path fill="#000" d="{2}"/></svg>',
        len(rows),
        label,
        path,
    )


def _dark(row: list[bool], y: int) -> str:
    """The dark runs of one row."""
    parts, x = [], 0
    for dark, run in groupby(row):
        n = len(list(run))
        if dark:
            parts.append(f"M{x} {y}h{n}v1h-{n}z")
        x += n
    return "".join(parts)


@register.filter
def as_json(value) -> str:
    """A value for a script, to stand in an attribute (escaped there as any text)."""
    return json.dumps(value, cls=DjangoJSONEncoder)
