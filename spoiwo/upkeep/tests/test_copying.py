"""Addresses of pages and the places of their files."""

import pytest

from spoiwo.upkeep.domain.copying import address_of, addresses_in, addresses_in_styles, file_of, inside, led_inside


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/pomoc/", "pomoc/index.html"),
        ("/en/", "en/index.html"),
        ("/wydatki/2019/?program=2014-P2", "wydatki/2019/index@program=2014-P2.html"),
        ("/wydatki/2019/?q=%C5%BC", "wydatki/2019/index@q=%C5%BC.html"),
        ("/programy/%C5%BCycie/", "programy/życie/index.html"),
        ("/../etc/passwd", None),
        ("/a/%2e%2e/b/", None),
        ("/a%2Fb/", None),
        ("/a//b/", None),
        ("/a\\b/", None),
        ("/a/?q=a/b", None),
        ("/a/?q=a\u00a0b", None),
        ("/a/?q=" + "x" * 120, None),
    ],
)
def test_a_page_lies_in_a_file_of_its_own_or_in_none(address, file):
    assert file_of(address) == file


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/pomoc/#tel", "/pomoc/"),
        ("?rok=2018", "/strategie/x/?rok=2018"),
        ("#main", "/strategie/x/"),
        ("../", "/strategie/"),
        ("https://example.org/", None),
        ("//example.org/a", None),
        ("mailto:a@b.example", None),
        ("tel:+48", None),
    ],
)
def test_an_address_is_read_from_where_it_stands(address, expected):
    assert inside(address, "/strategie/x/") == expected


def test_a_file_has_an_address_that_leads_to_it():
    assert address_of("index@q=%C5%BC&a=1.html") == "/index@q=%25C5%25BC&a=1.html"
    assert address_of("programy/życie/index.html") == "/programy/%C5%BCycie/index.html"


def test_links_are_led_inside_and_everything_else_stays():
    html = (
        '<a href="/a/?x=1&amp;y=2#z">a</a> <a href="#main">b</a> <a href="https://example.org/">c</a>'
        '<form action="/szukaj/"><svg><a xlink:href="/a/"></a></svg> data-href="/a/"'
    )
    led = led_inside(html, "/", {"/a/?x=1&y=2": "/a/index@x=1&y=2.html", "/a/": "/a/", "/szukaj/": "/kopia/"}.get)
    assert led == (
        '<a href="/a/index@x=1&amp;y=2.html#z">a</a> <a href="#main">b</a> <a href="https://example.org/">c</a>'
        '<form action="/kopia/"><svg><a xlink:href="/a/"></a></svg> data-href="/a/"'
    )
    assert list(addresses_in(html)) == ["/a/?x=1&y=2#z", "#main", "https://example.org/", "/szukaj/", "/a/"]


def test_style_sheets_name_files():
    css = "@font-face{src:url('../fonts/a.woff2')} b{background:url(c.svg)} d{background:url(data:image/png;x)}"
    assert list(addresses_in_styles(css)) == ["../fonts/a.woff2", "c.svg"]
