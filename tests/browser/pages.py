"""Which pages are opened by whom, and which are not opened and why."""

PUBLIC = [
    "/", "/pomoc/", "/dostepnosc/", "/deklaracja-dostepnosci/", "/prywatnosc/", "/mapa-strony/", "/konto/zaloguj/",
    "/konto/haslo/przypomnij/", "/konto/nowe/", "/sprawozdania/", "/sprawozdania/2017/", "/sprawozdania/2019/",
    "/sprawozdania/2025/",
    "/sprawozdania/2017/wersje/1/", "/sprawozdania/2017/teraz/", "/sprawozdania/jak-liczymy/", "/pakiet-roku/",
    "/kwoty-ogloszone/",
    "/sprawozdania/2019/liczby/source.own.difference/", "/sprawozdania/2019/liczby/total.declared/",
    "/sprawozdania/2017/liczby/measure.ngo_cofinanced/", "/sprawozdania/2017/liczby/total.declared/",
    "/strategie/", "/strategie/2005-2013/", "/strategie/2014-2020/", "/strategie/2021-2030/", "/programy/2014-P2/",
    "/strategie/2014-2020/?rok=2018", "/programy/2014-P2/linia/", "/programy/2021-P3/", "/zadania/2021-p3-zaz/",
    "/wskazniki/", "/wskazniki/jak-oceniamy/", "/wskazniki/piecza-rodzinna/", "/wydatki/2019/?program=2014-P2",
    "/konsultacje/", "/nie-ma-takiej/", "/en/", "/en/sprawozdania/2019/", "/en/deklaracja-dostepnosci/",
]  # fmt: skip
DIRECTOR = [
    "/biuro/", "/biuro/lata/", "/biuro/terminy/", "/biuro/terminy/2026/ozps-sejmik/",
    "/biuro/terminy/2026/ozps-sejmik/zrobione/", "/biuro/rok/2019/opis/", "/biuro/rok/2019/opis/caly-rok/",
    "/biuro/pakiet/", "/biuro/rok/2019/", "/biuro/rok/2025/", "/biuro/rok/2025/?program=outside",
    "/biuro/rok/2025/?q=nic-takiego", "/biuro/rok/2019/wpisy/nowy/", "/biuro/rok/2019/uzgodnienie/",
    "/biuro/rok/2025/pliki/",
    "/biuro/strategia/", "/biuro/strategia/drzewo/2014-2020/", "/biuro/strategia/programy/2021-LPRES/",
    "/biuro/strategia/programy/2021-P3/", "/biuro/strategia/programy/2021-P3/zmien/",
    "/biuro/strategia/programy/2021-LPRES/nastepstwo/", "/biuro/strategia/zadania/2021-p3-zaz/",
    "/biuro/strategia/zadania/2021-p3-zaz/zmien/", "/biuro/strategia/zadania/2021-p3-zaz/zakoncz/",
    "/biuro/strategia/nowe-zadanie/?program=2021-P2", "/biuro/strategia/drzewo/2021-2030/nowy-cel/",
    "/biuro/strategia/drzewo/2021-2030/nowy-program/", "/biuro/strategia/cele/2021-C1/",
    "/biuro/strategia/cele/2021-C1/zmien/", "/biuro/rok/2025/wydatki/?program=2021-P3",
    "/biuro/wskazniki/", "/biuro/wskazniki/nowy/", "/biuro/wskazniki/piecza-rodzinna/",
    "/biuro/wskazniki/piecza-rodzinna/zmien/", "/biuro/wskazniki/piecza-rodzinna/definicja/",
    "/biuro/wskazniki/piecza-rodzinna/cel/", "/biuro/wskazniki/piecza-rodzinna/wartosc/",
    "/biuro/zmiany-strategii/", "/biuro/zmiany-strategii/nowy/2005-2013/",
    "/biuro/rok/2026/plan/", "/biuro/rok/2026/plan/linie/", "/biuro/rok/2026/plan/nowy/",
    "/biuro/rok/2026/plan/zmiana/", "/biuro/rok/2026/plan/zobowiazanie/", "/biuro/rok/2026/zamkniecie/",
    "/biuro/klasyfikacja/", "/biuro/pytania/", "/biuro/rok/2025/ksiegi/", "/biuro/rok/2025/dokumenty/",
    "/biuro/sprawozdania/", "/biuro/rok/2019/sprawozdanie/", "/biuro/rok/2017/sprawozdanie/", "/biuro/dziennik/",
    "/biuro/rok/2019/sprawozdanie/liczby/source.own.difference/", "/konto/haslo/zmiana/", "/en/biuro/rok/2019/",
]  # fmt: skip
ADMINISTRATOR = [
    "/biuro/listy/", "/biuro/listy/?state=sent",
    "/konto/", "/konto/nazwa/", "/konto/sesja/?dalej=/biuro/", "/konto/drugi-skladnik/",
    "/konto/drugi-skladnik/aplikacja/", "/konto/klucze/", "/konto/klucze/nowy/", "/biuro/konta/",
    "/biuro/konta/?q=nikt-taki", "/biuro/konta/3/", "/biuro/konta/3/rola/", "/biuro/konta/3/zamknij/",
    "/biuro/konta/zaproszenia/", "/biuro/konta/zaproszenia/nowe/", "/biuro/konta/zastepstwa/",
    "/biuro/konta/zastepstwa/nowe/", "/biuro/konta/organizacje/", "/biuro/konta/organizacje/1/",
    "/biuro/konta/organizacje/1/zapros/",
]  # fmt: skip
PROTECTION = [  # the data-protection officer's pages
    "/biuro/dziennik/", "/biuro/dziennik/?kind=readings", "/biuro/dziennik/przeglad/", "/biuro/dziennik/eksport/",
    "/biuro/ochrona-danych/", "/biuro/ochrona-danych/pola/", "/biuro/ochrona-danych/okresy/",
    "/biuro/ochrona-danych/usuniecia/", "/biuro/ochrona-danych/osoba/",
]  # fmt: skip
FOUND = {  # pages known by a number: the list, its first link of this shape, and what lies under it
    ("/biuro/rok/2019/", r"/biuro/rok/2019/wpisy/\d+/"): ("", "zmien/"),
    ("/biuro/rok/2026/?miesiac=9", r"/biuro/rok/2026/wpisy/\d+/"): ("", "zwrot/", "popraw/"),
    ("/biuro/rok/2026/plan/linie/?program=2021-P3&rodzaj=commitment", r"/biuro/rok/2026/plan/linie/\d+/"): (
        "", "zaplac/", "zwolnij/", "popraw/",
    ),
    ("/biuro/rok/2019/uzgodnienie/", r"/biuro/rok/2019/uzgodnienie/[^/]+/przyjmij/"): ("",),
    ("/biuro/rok/2019/uzgodnienie/", r"/biuro/rok/2019/uzgodnienie/[^/]+/wyjasnij/"): ("",),
    ("/biuro/rok/2025/dokumenty/", r"/biuro/rok/2025/dokumenty/\d+/"): ("",),
    ("/biuro/wskazniki/piecza-rodzinna/", r"/biuro/wskazniki/piecza-rodzinna/wartosc/\d+/"): ("",),
    ("/biuro/zmiany-strategii/", r"/biuro/zmiany-strategii/\d+/"): (
        "", "uwagi/", "wycofaj/", "sprawozdanie/", "przyjmij/",
    ),
}  # fmt: skip
ON_THE_WAY = {  # opened by a test below, because something has to be sent first
    "audit:review", "audit:review-hit",
    "consultations:consultation", "consultations:remark", "consultations:receipt", "updating:remark",
    "updating:element", "updating:element-new", "updating:consultation-new", "books:import", "books:mapping",
    "books:plan", "books:statement", "ledger:import-plan", "duties:change",
    "persons:person", "persons:open", "persons:address", "persons:change", "persons:change-address", "persons:readings",
    "persons:close", "persons:reopen", "persons:shield", "persons:caseworkers", "persons:paper-new", "persons:paper",
    "persons:export", "persons:erasure-ask", "persons:erasure", "persons:list", "persons:search", "persons:new",
}  # fmt: skip
FILES = {
    "books:paper", "exports:download", "indicators:export", "ledger:export", "plan:export", "published:file",
    "report-office:draft-file", "reports:download", "reports:version-download", "year-package:template",
    "vault:columns-csv", "vault:register-csv", "health:alive", "health:metrics", "health:ready",
}  # fmt: skip
ONLY_SENT = {  # a button of another page; there is nothing to open
    "account_end_one", "account_end_others", "account_forget_browser", "accounts:invitation-again",
    "accounts:invitation-withdraw", "accounts:substitution-end", "accounts:unlock", "mfa_login_webauthn",
    "account_logout", "persons:caseworker-end", "audit:review-sign", "doors:letter-again",
    "books:answer", "books:paper-new", "duties:undone", "ledger:entry-check", "ledger:visibility",
    "plan:close", "reports:chosen", "strategy_office:succession-remove", "updating:element-drop", "updating:write",
}  # fmt: skip
ALIKE = {  # another page of its kind is opened, some of them by tests/browser/test_accounts.py
    "account_invitation", "account_set_password", "accounts:factor-reset", "accounts:reopen", "accounts:role-take",
    "accounts:sessions-end", "mfa_authenticate", "mfa_deactivate_totp", "mfa_edit_webauthn",
    "mfa_generate_recovery_codes", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn",
    "mfa_view_recovery_codes", "openid_connect_callback", "openid_connect_login", "organisations:close",
    "organisations:caring",
    "socialaccount_connections", "socialaccount_login_cancelled", "socialaccount_login_error",
    "report-office:narrative", "reports:version-figure", "strategy_office:goal-end", "strategy_office:programme-end",
    "ledger:withdraw", "account_inactive", "account_reauthenticate", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
}  # fmt: skip
