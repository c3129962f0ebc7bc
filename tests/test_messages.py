"""The Polish catalogue: every message of code and templates is there, in Polish that fits the house, and is shown."""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import trans_real

from spoiwo.access.models import Role
from spoiwo.ledger.domain.schema import TABLES
from spoiwo.ledger.services.years import find_year, show_before_final
from spoiwo.reports.services.versions import finalise
from spoiwo.ui.text import keep_together
from tests.imported import EXAMPLES, imported
from tests.matrix.addresses import doors
from tests.test_doors import WITHOUT_A_PAGE
from tests.tree import ROOT, modules, relative, templates
from tests.visitors import person, text_of, visitor

PO = ROOT / "spoiwo" / "config" / "locale" / "pl" / "LC_MESSAGES" / "django.po"
CATALOGUE = polib.pofile(str(PO))
PLURAL = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
POLISH_LETTERS = re.compile("[ąćęłńóśźż]", re.IGNORECASE)
CURRENCY = re.compile(r"\bzł(?:ot[ye])?\b")  # the Polish currency has no English name; grosz needs no letter of ours
PLACEHOLDER = re.compile(r"%\(\w+\)[-\d]*[a-z]|%%|\{\w*\}|%[sd]")
BORROWED = ROOT / "spoiwo" / "config" / "borrowed.py"
# English on purpose: what stands in the first row of a CSV file, beside its Polish name.
NAMES_OF_CSV = {word for table in TABLES for word in (table.name, *(column.name for column in table.columns))}
POLISH_TOO = {"Status"}  # stands in the Polish files of reports
# What the editor of this house crosses out, and what stands there instead.
CROSSED_OUT = {
    r"!": "a full stop",
    r"[\"“]|'\w+'|\w'": "„ ”",
    r"\.\.\.": "…",
    r"(?<=\s)-(?=\s)|\d-\d": "–",
    r"/-?(?:[aą]|na|łe?ś|lub)\b(?!-)|\((?:a|-?na)\)": "a neutral turn",
    r"\braport": "sprawozdanie",
    r"\bszkic": "projekt",
    r"\bproszę\b": "the imperative alone",
    r"\bniepoprawn|\bnieprawidłow|\bbłędn": "what happened and what to do",
    r"\bprzemocy? w rodzinie\b": "przemoc domowa, przemoc w domu",
    r"\bofiar|\bsprawc": "osoba doznająca, osoba stosująca przemoc",
}


def ids(entries):
    """Messages as keys: context, English, English of many."""
    return {(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in entries}


def polish(entry):
    """Every Polish form of a message."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def told(found):
    """Faults as a list to read when a test fails."""
    return [f"{entry.msgid!r}: {text!r}" for entry, text in found]


def calls_of(source):
    """Messages that Python code asks for, also inside f-strings: ((singular, plural), line); None: no literal."""
    for node in ast.walk(ast.parse(source)):
        name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
        if name in CALLS:
            words = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args[: CALLS[name]]]
            yield (*words, "")[:2], node.lineno


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """What makemessages finds, in a copy of the package so that no work file appears beside the templates."""
    if not shutil.which("xgettext"):
        pytest.skip("czy wszystkie komunikaty są w katalogu: brak programu xgettext z pakietu gettext")
    copy = tmp_path_factory.mktemp("messages")
    for path in [*modules(tests=False), *templates()]:
        target = copy / path.relative_to(ROOT / "spoiwo")
        if "tests" not in target.parts:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    (copy / "locale").mkdir()
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "pl", "--add-location", "file"]
    done = subprocess.run(command, cwd=copy, env=bare, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return polib.pofile(str(copy / "locale" / "pl" / "LC_MESSAGES" / "django.po"))


def test_the_catalogue_holds_every_message_and_no_other(collected):
    assert ids(collected) - ids(CATALOGUE) == set(), "run make messages"
    assert ids(CATALOGUE) - ids(collected) == set(), "run make messages"
    assert len(collected) > 500


def test_every_message_has_its_polish():
    assert [entry.msgid for entry in CATALOGUE if not all(polish(entry))] == []
    assert [entry.msgid for entry in CATALOGUE if entry.fuzzy or entry.obsolete] == []


def test_python_asks_only_for_messages_of_the_catalogue_and_names_them_in_full():
    known = {(english, many) for _context, english, many in ids(CATALOGUE)}
    missing = [
        f"{relative(path)}:{line} {words}"
        for path in modules(tests=False)
        for words, line in calls_of(path.read_text(encoding="utf-8"))
        if words not in known
    ]
    assert missing == [], "a literal that xgettext sees: not composed, not inside an f-string"


def test_the_search_in_python_sees_what_xgettext_overlooks():
    source = '_("a")\nf"{_(\'b\'):>9}"\ngettext(c)\nngettext("d", "e", n)'
    assert {words for words, _line in calls_of(source)} == {("a", ""), ("b", ""), (None, ""), ("d", "e")}


def test_three_forms_of_a_count_stand_where_polish_has_three():
    assert CATALOGUE.metadata["Plural-Forms"] == PLURAL
    counts = [entry for entry in CATALOGUE if entry.msgid_plural]
    assert [entry.msgid for entry in counts if set(entry.msgstr_plural) != {0, 1, 2}] == []
    assert len(counts) > 5


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *((1, "1 pozycja"), (2, "2 pozycje"), (4, "4 pozycje"), (5, "5 pozycji"), (0, "0 pozycji")),
        *((12, "12 pozycji"), (14, "14 pozycji"), (21, "21 pozycji"), (22, "22 pozycje"), (112, "112 pozycji")),
    ],
)
def test_a_number_chooses_its_form(number, words):
    with translation.override("pl"):
        shown = translation.ngettext("%(n)s line", "%(n)s lines", number) % {"n": number}
    assert shown.replace("\u00a0", " ") == words


def test_the_compiled_catalogue_is_that_of_the_text():
    compiled = polib.mofile(str(PO.with_suffix(".mo")))
    texts = {(entry.msgctxt, entry.msgid, entry.msgid_plural): polish(entry) for entry in CATALOGUE}
    assert {(entry.msgctxt, entry.msgid, entry.msgid_plural): polish(entry) for entry in compiled} == texts
    assert compiled.metadata["Plural-Forms"] == PLURAL


def test_placeholders_are_the_same_in_polish():
    found = []
    for entry in CATALOGUE:
        expected = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        found += [(entry, text) for text in polish(entry) if sorted(PLACEHOLDER.findall(text)) != expected]
    assert told(found) == []


def test_a_sentence_stays_a_sentence():
    ends = (".", "…", ":", "?")
    found = [
        (entry, text)
        for entry in CATALOGUE
        for text in polish(entry)
        if (entry.msgid[-1] in ends and text[-1] != entry.msgid[-1]) or text[:1].isspace() or "  " in text
    ]
    assert [fault for fault in told(found) if "Hello from" not in fault] == []


def test_messages_are_english_in_code():
    english = [text for entry in CATALOGUE for text in (entry.msgid, entry.msgid_plural)]
    assert [text for text in english if POLISH_LETTERS.search(CURRENCY.sub("", text))] == []
    assert not POLISH_LETTERS.search(CURRENCY.sub("", "Every złoty, in złote, 5 zł"))
    assert POLISH_LETTERS.search(CURRENCY.sub("", "Złotówka"))


def test_one_letter_words_and_units_keep_to_what_follows():
    found = [(entry, text) for entry in CATALOGUE for text in polish(entry) if keep_together(text) != text]
    assert told(found) == []


@pytest.mark.parametrize("slip", CROSSED_OUT)
def test_polish_is_that_of_the_house(slip):
    found = [
        (entry, text)
        for entry in CATALOGUE
        for text in polish(entry)
        if re.search(slip, PLACEHOLDER.sub("x", text), re.IGNORECASE)
    ]
    assert told(found) == [], f"rather {CROSSED_OUT[slip]}"


def test_what_is_borrowed_is_still_a_message_of_django_or_allauth():
    import allauth
    import django

    theirs = set()
    for package in (django, allauth):
        for file in Path(package.__file__).parent.rglob("locale/pl/LC_MESSAGES/django.mo"):
            with file.open("rb") as source:
                keys = gettext.GNUTranslations(source)._catalog
            theirs |= {key[0] if isinstance(key, tuple) else key for key in keys}
    ours = {words[0] for words, _line in calls_of(BORROWED.read_text(encoding="utf-8"))}
    assert ours - theirs == set()
    assert len(ours) > 5


# The pages: what a person sees, with every message that has no Polish marked


class Words(HTMLParser):
    """The words of a page in Polish: its texts, and the attributes that are read aloud."""

    def __init__(self, html):
        super().__init__()
        self.texts, self.silent = [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self.silent = tag in {"script", "style", "code"} or facts.get("lang", "pl") != "pl"
        self.texts += [text for name, text in attrs if name in {"aria-label", "title", "alt", "placeholder"}]

    def handle_endtag(self, tag):
        self.silent = False

    def handle_data(self, data):
        if not self.silent:
            self.texts.append(data)


def words_of(html):
    """The texts of a page without blanks around them."""
    return {" ".join(text.split()) for text in Words(html).texts if text and text.strip()}


def english_in(texts):
    """Messages that stand on a page in English."""
    both = {text for entry in CATALOGUE for text in polish(entry)} | POLISH_TOO
    alone = {entry.msgid for entry in CATALOGUE if not entry.msgid_plural and entry.msgid not in entry.msgstr} - both
    parts = {max(PLACEHOLDER.split(text), key=len).strip(" .,;:()") for text in alone}
    long = {part for part in parts if part.count(" ") >= 2 and len(part) >= 12}
    whole = " | ".join(texts)
    return {text for text in texts if text.rstrip(":") in alone or text in alone} | {p for p in long if p in whole}


@pytest.fixture
def marked(monkeypatch):
    """Polish that shows ⟦a message⟧ which neither we nor Django nor allauth have put into Polish."""
    now = trans_real.translation("pl")
    catalogue, plain, many = now._catalog, now.gettext, now.ngettext
    missing = []

    def one(message):
        if message in catalogue or (message, now.plural(1)) in catalogue:
            return plain(message)
        missing.append(message)
        return f"⟦{message.rpartition(chr(4))[2]}⟧"

    def counted(singular, plural, number):
        try:
            catalogue.plural(singular, number)
        except KeyError:
            missing.append(singular)
            return f"⟦{plural}⟧"
        return many(singular, plural, number)

    monkeypatch.setattr(now, "gettext", one)
    monkeypatch.setattr(now, "ngettext", counted)
    with translation.override("pl"):
        yield missing


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """2017 final and 2019 open, shown to the public; the pk of one line of 2019."""
    with django_db_blocker.unblock(), imported(EXAMPLES / "lubuskie-2017", EXAMPLES / "lubuskie-2019"):
        finalise(year=find_year(2017), by=None, now=timezone.localtime())
        show_before_final(year=find_year(2019), shown=True, by=None)
        yield str(find_year(2019).entries.first().pk)


def pages(client, house, *, public):
    """Every page that this visitor can open: (address, HTML); also pages that refuse, and forms with errors."""
    for door in doors():
        if door.name in WITHOUT_A_PAGE or door.operations or (door.who.kind == "public") is not public:
            continue
        name, path = door.name, door.address(house)
        answers = [client.get(path)]
        if name != "account_logout" and b"<form" in answers[0].content:
            answers.append(client.post(path))
        for response in answers:
            if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
                yield path, text_of(response)


def english_on(found):
    """Pages with what is not in Polish: marked messages and English words of the catalogue."""
    faults = {}
    for path, html in found:
        texts = words_of(html)
        named = NAMES_OF_CSV if path == "/pakiet-roku/" else set()
        if wrong := {text for text in texts if "⟦" in text} | english_in(texts - named):
            faults[path] = sorted(wrong)
    return faults


@pytest.mark.once
@pytest.mark.django_db
def test_every_public_page_is_in_polish(marked, house):
    found = [*pages(visitor(), house, public=True), ("/nie-ma/", text_of(visitor().get("/nie-ma/")))]
    found += [(page, render_to_string(page)) for page in ("400.html", "500.html", "403_csrf.html")]
    assert english_on(found) == {}
    assert marked == []
    assert len(found) > 20


@pytest.mark.once
@pytest.mark.django_db
def test_every_page_of_the_office_is_in_polish(marked, house):
    director = visitor(person(Role.DIRECTOR, Role.TREASURER, Role.ADMINISTRATOR))
    found = [*pages(director, house, public=False), *pages(visitor(Role.NGO_REPORTER), house, public=False)]
    assert english_on(found) == {}
    assert marked == []
    assert len(found) > 20


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<p>Sign in</p>", {"Sign in"}),
        ('<a aria-label="Sign in:">Zaloguj się</a>', {"Sign in:"}),
        ("<p>Zaloguj się</p><code>Sign in</code>", set()),
        ('<a lang="pl">Polski</a> <a lang="en">English</a>', set()),
        ("<p>83,00 zł does not add up yet (x); we say so openly.</p>", {"does not add up", "does not add up yet"}),
    ],
)
def test_the_search_for_english_finds(html, seen):
    assert english_in(words_of(html)) == seen


def test_a_message_without_polish_is_marked(marked):
    assert translation.gettext("Nobody has translated this") == "⟦Nobody has translated this⟧"
    assert translation.ngettext("one thing", "things", 5) == "⟦things⟧"
    assert marked == ["Nobody has translated this", "one thing"]
    assert translation.gettext("Sign in") == "Zaloguj się"
