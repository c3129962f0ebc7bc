"""The guide to the year package in Polish Markdown, written from the schema: docs/pakiet-roku.md."""

from spoiwo.ledger.domain.schema import TABLES
from spoiwo.ledger.domain.schema.model import Column, Kind, Table

KIND_NAMES = {
    Kind.CODE: "kod",
    Kind.LINE: "tekst",
    Kind.TEXT: "tekst, także w kilku wierszach",
    Kind.STATEMENT: "zdanie",
    Kind.INTEGER: "liczba całkowita",
    Kind.NUMBER: "liczba",
    Kind.AMOUNT: "kwota",
    Kind.DATE: "data",
    Kind.YES_NO: "`tak` albo `nie` (`yes`, `no`)",
    Kind.PLACE: "kod TERYT",
}
OPENING = """\
# Pakiet roku

<!-- Ten plik powstaje z opisu tabel w programie: python -m spoiwo.ledger.domain.schema.guide -->

Pakiet roku to dane, z których powstaje sprawozdanie za jeden rok: plan, kwoty, sumy podane w dokumentach, wyniki,
wydarzenia, wartości wskaźników oraz to, do czego się odwołują: strategia z celami, programy i zadania. Przyjmujemy
go w dwóch postaciach o tej samej treści:

- **skoroszyt XLSX**: jeden arkusz na tabelę; pusty wzór z listami do wyboru pobierzesz w programie;
- **Data Package**: folder albo archiwum ZIP z plikiem `datapackage.json` i plikami CSV, jeden na tabelę.

Tabele i kolumny mają nazwę angielską i polską. W obu postaciach można użyć jednej albo drugiej; tak samo przy
wartościach z listy. Wielkość liter w nazwach nie ma znaczenia.

## Jak wpisywać

- **Kwota**: złote z groszami, np. `9 025 049,77`, `9025049,77` albo `36 000`. Najwyżej dwa miejsca po
  przecinku i bez minusa; „zł” na końcu nie przeszkadza. Zwrot to kwota dodatnia z rodzajem `zwrot`. Minus na
  początku ma tylko zmiana planu, która plan zmniejsza.
- **Data**: `2019-12-31` albo `31.12.2019`; w skoroszycie także zwykła komórka z datą.
- **Kod**: litery bez znaków polskich, cyfry, łącznik i podkreślenie; zaczyna się literą albo cyfrą. Wielkość
  liter nie odróżnia dwóch kodów.
- **Lista w jednej komórce**: wartości rozdzielone średnikiem, np. `ngo; seniorzy`.
- **Kod TERYT**: województwo ma 2 cyfry, powiat 4, gmina 7. Zero na początku musi zostać, więc w skoroszycie
  wpisuj kod jako tekst.
- **Brak kwoty to nie zero**: gdy kwoty nie podano, nie wpisuj jej wcale.
- **Czego w pakiecie nie ma**, o tym pakiet nic nie mówi: brak tabeli, wiersza albo nieobowiązkowej kolumny nie
  usuwa i nie zmienia niczego, co już wczytano. Pusta komórka w kolumnie, która jest, znaczy „nie ma”.
- **CSV**: kodowanie UTF-8, przecinek między polami, nagłówek w pierwszym wierszu.
- **Skoroszyt**: nagłówki w pierwszym niepustym wierszu, bez scalonych komórek oraz bez ukrytych wierszy i
  kolumn z treścią, bez makr i połączeń z innymi plikami. Formuła jest przyjmowana z wynikiem, jaki ma
  zapisany w pliku.
- **Puste wiersze** są pomijane; wiersze po nich są czytane.

Program wymienia wszystkie usterki naraz, każdą z plikiem, arkuszem, wierszem i kolumną. Pakiet z usterką nie
zmienia niczego.

## Plan, zaangażowanie i wypłaty

Wiersze tabeli Plan i Kwoty, które mają wspólny program, zadanie, źródło, rozdział i paragraf, należą do siebie.
Plan to plan ze zmianami; zaangażowanie od razu zmniejsza to, co zostało; wypłata, która wskazuje zaangażowanie,
już nie, a wypłata bez niego zmniejsza. Suma wypłat i zwolnień nie przekracza zaangażowania, a suma zwrotów
wypłaty. W roku, który pilnuje planu (kolumna „Pilnuje planu” tabeli Rok), wydatki i zaangażowanie razem nie
przekraczają planu. Miesiąca, który zamknięto w programie, pakiet już nie zmienia; wiersz bez daty należy do
grudnia.

## Wartości wskaźników

Wskaźnik, którego wartości „Jak sumować” nazywa ilorazem, ma w każdym wierszu licznik i mianownik; każdy inny samą
wartość. Wartości się nie nadpisuje: gdy w ponownie wczytanym pakiecie liczba jest inna, dawna zostaje jako
poprawiona. Poprawkę można też podać wprost, w nowym wierszu z kolumną „Poprawia”.

## Zdanie z liczbą

Wynik opisuje zdanie. W miejsce znaczników program wstawia liczby w poprawnej formie:

| Znacznik | Wynik |
|---|---|
| `{n}` | liczba z jednostką: „9 organizacji pozarządowych” |
| `{n:acc}` | to samo w bierniku: „1 organizację” |
| `{n:gen}` | w dopełniaczu |
| `{n:loc}` | w miejscowniku: „52 gminach” |
| `{n?odbyło się\\|odbyły się\\|odbyło się}` | słowo zależne od liczby: jeden, kilka, wiele |
| `{inny-klucz}`, `{inny-klucz:loc}` | liczba z innego wyniku, o podanym kluczu |
| `{people}` | liczba osób z kolumny Osoby: „429 osób” |

## Tabele
"""
LIMITS = """\
## Granice

Plik ma najwyżej 50 MB, archiwum po rozpakowaniu 200 MB i 2000 plików. Tabela ma najwyżej 200 000 wierszy
i 200 kolumn, a cały pakiet 1 500 000 wypełnionych komórek.
"""


def guide() -> str:
    """The whole guide."""
    return OPENING + "\n" + "\n".join(_table(table) for table in TABLES) + "\n" + LIMITS


def _table(table: Table) -> str:
    """One table with its columns."""
    remarks = [table.help]
    if table.optional:
        remarks.append("Tabela nieobowiązkowa.")
    if table.only_row:
        remarks.append("Dokładnie jeden wiersz.")
    rows = "\n".join(_column(column) for column in table.columns)
    lists = "".join(_choices(column) for column in table.columns if column.choices)
    return (
        f"### {table.label} (`{table.name}`)\n\n{' '.join(remarks)}\n\n"
        f"| Kolumna | Nazwa angielska | Wymagana | Rodzaj | Opis |\n|---|---|---|---|---|\n{rows}\n{lists}"
    )


def _column(column: Column) -> str:
    """One row of the table of columns."""
    required = "tak" if column.required else "nie"
    return f"| {column.label} | `{column.name}` | {required} | {_kind(column)} | {column.help} |"


def _kind(column: Column) -> str:
    """What a cell holds, in words."""
    many = "lista: " if column.many else ""
    if column.kind is Kind.REFERENCE:
        label, by_code = next((table.label, table.key == "code") for table in TABLES if table.name == column.refers_to)
        return f"{many}{'kod' if by_code else 'klucz'} z tabeli {label}"
    if column.kind is Kind.CHOICE:
        return "wartość z listy"
    if column.kind is Kind.DIGITS:
        return f"{column.longest} cyfry" if column.longest < 5 else f"{column.longest} cyfr"
    text = column.kind in {Kind.CODE, Kind.LINE, Kind.TEXT, Kind.STATEMENT}
    return f"{many}{KIND_NAMES[column.kind]}" + (f", do {column.longest} znaków" if text else "")


def _choices(column: Column) -> str:
    """The values of a list."""
    values = ", ".join(f"`{code}` ({label})" for code, label in column.choices.items())
    return f"\n{column.label}: {values}.\n"


if __name__ == "__main__":
    print(guide(), end="")
