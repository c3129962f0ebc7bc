"""The table of headers as a page of documentation: `python -m spoiwo.access.headers_guide` (make docs)."""

import sys
from collections.abc import Iterator

from spoiwo.access.headers import ALWAYS, FILE, PAGE, PART, STORED_NOWHERE, TABLE, AnswerClass

HEAD = """# Nagłówki odpowiedzi

Strona powstaje z tablicy w `spoiwo/access/headers.py` (`make docs`). Każda odpowiedź ma dokładnie te nagłówki;
`make test` porównuje z tablicą całość nagłówków każdego adresu, każdej metody i każdej roli.

## W każdej odpowiedzi
"""
TRANSPORT = "`Strict-Transport-Security: max-age=31536000; includeSubDomains; preload` (tylko przez HTTPS)"
FOOT = f"""
Przeglądarka, która ma sesję, dostaje zamiast wartości z tablicy `Cache-Control: {STORED_NOWHERE}`, także w
odpowiedziach 304, 404, 405 i 500; nie dotyczy to plików stałych ani stanu działania. Na stronach konta `form-action`
dopuszcza też adres usługi logowania urzędu (`SPOIWO_OIDC_ISSUER`). Strona, o której część pyta htmx, dopisuje do
`Vary` nazwę `{PART}`. Pliki stałe z odciskiem w nazwie wolno przechowywać zawsze
(`max-age=315360000, public, immutable`), pozostałe przez minutę. Nagłówek `Server` nie podaje programu ani wersji;
`X-Powered-By` nie ma.
"""


def page() -> Iterator[str]:
    """The lines of the page."""
    yield HEAD
    yield from (f"- `{name}: {value}`" for name, value in ALWAYS.items())
    yield f"- {TRANSPORT}"
    yield "\n## Polityka treści (`Content-Security-Policy`)\n"
    yield f"- strona: `{PAGE}`"
    yield f"- plik: `{FILE}`"
    yield "\n## Klasy odpowiedzi\n"
    yield "| Klasa | Polityka treści | `Cache-Control` | `Vary` | Może też mieć |"
    yield "|---|---|---|---|---|"
    yield from map(_line, TABLE)
    yield FOOT


def _line(row: AnswerClass) -> str:
    policy = "strona" if row.policy == PAGE else "plik"
    kept = f"`{row.cache}`" if row.cache else "zależnie od nazwy"
    vary = f"`{row.vary}`" if row.vary else "–"
    return f"| {row.title} | {policy} | {kept} | {vary} | {', '.join(f'`{name}`' for name in sorted(row.may))} |"


if __name__ == "__main__":
    sys.stdout.write("\n".join(page()))
