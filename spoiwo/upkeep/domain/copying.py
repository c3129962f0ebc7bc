"""Pages as files: where a page lies, which addresses it names, and the same page with its links led inside the copy."""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from urllib.parse import quote, unquote, urljoin, urlsplit

NOT_HERE = "kopia/"  # the page that says: this is not in the copy
LONGEST_QUERY = 120
_NAMED = re.compile(r'(\s(?:xlink:)?(?:href|src|action)=")([^"]*)(")')
_IN_STYLES = re.compile(r"""url\(\s*['"]?([^'")]+)['"]?\s*\)""")
_PLAIN_QUERY = re.compile(r"[A-Za-z0-9=&%._~+-]+")


def addresses_in(html: str) -> Iterator[str]:
    """Every address that a page names, as a browser reads it."""
    for _before, value, _after in _NAMED.findall(html):
        yield unescape(value)


def addresses_in_styles(css: str) -> Iterator[str]:
    """Every file that a style sheet asks for."""
    for value in _IN_STYLES.findall(css):
        if not value.startswith("data:"):
            yield value


def inside(address: str, here: str) -> str | None:
    """The address within this site, without its fragment, seen from the page `here`; None when it leads elsewhere."""
    whole = urlsplit(urljoin(f"http://x{here}", address.strip()))
    if whole.scheme != "http" or whole.netloc != "x":
        return None
    return whole.path + (f"?{whole.query}" if whole.query else "")


def file_of(address: str) -> str | None:
    """Where a page lies: "/a/" in a/index.html, "/a/?b=1" in a/index@b=1.html; None when it cannot be kept."""
    path, _sep, query = address.partition("?")
    parts = [unquote(part) for part in path.strip("/").split("/")] if path.strip("/") else []
    if any(part in {"", ".", ".."} or set("\0\\/") & set(part) for part in parts):
        return None
    if query and (len(query) > LONGEST_QUERY or not _PLAIN_QUERY.fullmatch(query)):
        return None
    name = f"index@{query}.html" if query else "index.html"
    return "/".join([*parts, name])


def address_of(file: str) -> str:
    """The address of a file of the copy; a sign of its name that means something in an address is written in code."""
    return "/" + quote(file, safe="/@=&+~")


def led_inside(html: str, here: str, place: Callable[[str], str]) -> str:
    """The page with every address of this site replaced by where `place` says it lies now; the rest as it was."""

    def replaced(found: re.Match) -> str:
        before, value, after = found.groups()
        address = unescape(value)
        target = inside(address, here)
        if target is None or address.startswith("#"):
            return found.group()
        _rest, mark, fragment = address.partition("#")
        return f"{before}{escape(place(target) + mark + fragment)}{after}"

    return _NAMED.sub(replaced, html)
