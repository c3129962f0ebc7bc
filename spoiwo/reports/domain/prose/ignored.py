"""Numbers that claim nothing: days, years, acts, ordinals, names of programmes, addresses, signs of cases.

Each pattern says what it passes over; the text has plain spaces by then. What two readings fit is compared,
not passed over: a mark too many costs a look, a false figure in a report costs more.
"""

import re

_MONTH = (
    "(?:stycz(?:eń|nia|niu)|lut(?:y|ego|ym)|mar(?:zec|ca|cu)|kwie(?:cień|tnia|tniu)|maj(?:a|u)?|czerw(?:iec|ca|cu)"
    "|lip(?:iec|ca|cu)|sierp(?:ień|nia|niu)|wrze(?:sień|śnia|śniu)|październik(?:a|u)?|listopad(?:a|zie)?"
    "|grud(?:zień|nia|niu))"
)
_YEAR = r"(?:19|20)\d\d"
_JOIN = r"(?:\s?[–-]\s?|, | i | oraz | do | lub |/)"
_LIST = rf"\d+[a-z]?(?:\.\d+)*\.?(?:{_JOIN}\d+[a-z]?(?:\.\d+)*){{0,12}}"
_CASES = r"(?:a|u|owi|em|ie|y|ów|om|ami|ach)?"
_NAMED = (  # what is told by its number: "program 3", "celu operacyjnym nr 2", "zadania 3 i 4"
    rf"(?:program{_CASES}|projekt{_CASES}|cel(?:u|em|e|ów|ach)?|zadani(?:e|a|u|em|ach)|działani(?:e|a|u|em|ach)"
    r"|priorytet(?:u|em|y|ów|ach|cie)?|kierun(?:ek|ku|ki)|etap(?:u|ie|em)?|faz(?:a|y|ie)|moduł(?:u|em)?"
    r"|wskaźnik(?:a|u|iem)?|tabel(?:a|i|ę|ą)|rys(?:unek|unku|\.)|wykres(?:u|ie)?|wersj(?:a|i|ę|ą)|część|części"
    r"|załącznik(?:a|u|iem|i)?|zał\.|rozdzia(?:ł|łu|le)|dzia(?:ł|łu|le)|paragraf(?:u|ie)?|zadań)"
)
_KINDS = r"(?: (?:operacyjn|strategiczn|szczegółow|głównego|główn)\w*)?"
_THINGS = r"(?:organizacj|osób|osoby|zł|mln|tys|gmin|powiat|szkole|konferencj|instytucj|uczestni|wniosk|umów|%)"

_PATTERNS = (
    # days and hours
    rf"\b\d{{1,2}}(?:{_JOIN}\d{{1,2}}){{0,6}} {_MONTH}(?: {_YEAR})?\b(?: r\.| roku)?",
    rf"\b\d{{1,2}} {_MONTH} {_JOIN}",
    r"\b\d{1,2}\.\d{1,2}\.\d{2,4}\b(?: r\.| roku)?",
    r"\b\d{4}-\d{2}-\d{2}\b",
    r"\b\d{1,2}:\d{2}\b|\bgodz(?:\.|inie|iny) \d{1,2}(?:[.:]\d{2})?(?:\s?[–-]\s?\d{1,2}(?:[.:]\d{2})?)?",
    # years: with their word, in pairs, in brackets, or alone where nothing is counted
    rf"\b(?:rok(?:u|iem)?|lat(?:a|ach|ami)?) {_YEAR}(?:{_JOIN}{_YEAR}){{0,6}}",
    rf"\b{_YEAR}(?:\s?[–/-]\s?{_YEAR}|[–/-]\d\d)\b",
    rf"\b{_YEAR}(?: r\.| roku| rok)",
    rf"(?<![\d,]){_YEAR}(?![\d,.]\d|\d)(?! ?(?:zł|gr\b|%|proc|tys|mln|mld|os[oó]b|{_THINGS}))",
    rf"\b{_MONTH} {_YEAR}\b",
    # acts, resolutions, papers
    r"\b(?:art|ust|pkt|poz|par|lit|zd|tiret|str|s|tab|zał|sygn|lp)\. ?" + _LIST,
    r"§+ ?" + _LIST,
    r"\bpkt " + _LIST,
    r"\b(?:nr|numer|numerem|numerze|NIP|REGON|KRS|PESEL)\b:? ?[\w./-]{0,40}\d[\w./-]*",
    r"\b[A-ZŁŚŻ][\w.]{0,30}(?:[./-]\w{1,30}){0,8}[./-]\d[\w./-]*",  # ROPS.0122.3.2019, MPiPS-03, POWR.02.08, COVID-19
    r"\b[IVXLCDM]+/\d+(?:/\d+)*\b",
    r"\b\d+(?:/\d+)+\b",
    r"(?<!\d )\b\d+(?:\.\d+)+\b(?!,\d| ?zł)",  # 2.1, 1.2.3
    r"\b[A-Za-z]+\d+\w*\b|\b\d+(?!zł|gr\b|tys|mln|mld)[A-Za-zĄ-ż]+\w*\b",  # P2, 12a
    # ordinals and adjectives made of numbers
    r"\b\d+\.(?= [a-ząćęłńóśźż])",
    r"(?m)^ *\d+[.)](?=\s)",
    r"\b\d+-(?:[a-ząćęłńóśźż]+)",
    r"\b\d+\+",
    # ages and spans of time
    r"\b\d+(?:\s?[–-]\s?\d+)? (?:lat\b|lata\b|r\.ż\.|roku życia|rok życia|miesi[ąę]c\w*|tygodni\w*|dni\b)",
    # what has a number for a name
    rf"\b(?i:{_NAMED}){_KINDS}(?: nr)? (?!\d[\d ,]*{_THINGS}|\d[\d ]*,\d){_LIST}\b(?! (?:{_THINGS}))",
    # addresses, telephones, post codes
    r"\b(?:ul|al|pl|os|m|lok)\. ?[^.;,()\d]{0,40}\d+[a-zA-Z]?(?:[/–-]\d+[a-zA-Z]?)?(?: m\. ?\d+)?",
    r"\b(?:tel|fax|faks|kom)\.?:? ?\+?[\d ()-]{6,}\d",
    r"\+\d\d[\d ]{7,}",
    r"\b\d{2}-\d{3}\b",
)
_IGNORED = [re.compile(pattern) for pattern in _PATTERNS]


def spans(text: str) -> list[tuple[int, int]]:
    """The places of a text whose numbers are not compared, in order and apart."""
    apart: list[tuple[int, int]] = []
    for first, last in sorted(found.span() for pattern in _IGNORED for found in pattern.finditer(text)):
        if apart and first < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(last, apart[-1][1]))
        else:
            apart.append((first, last))
    return apart
