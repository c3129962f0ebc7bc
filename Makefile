# Spoiwo: wszystkie polecenia. Samo `make` wypisuje je z opisem.
PORT ?= 8000
HOST = 127.0.0.1

.DEFAULT_GOAL := help
.PHONY: help setup run demo test lint checks bench docs declaration assets messages lock clean

help: ## wypisuje te polecenia
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

setup: ## przygotowuje środowisko .venv z zablokowanych wersji pakietów
	@scripts/setup.sh base

run: ## przygotowuje wszystko i uruchamia serwer (make run PORT=8001 HOST=0.0.0.0)
	@scripts/setup.sh base
	@scripts/run.sh "$(HOST)" "$(PORT)"

demo: ## wypełnia bazę danymi województwa pokazowego
	@scripts/setup.sh base
	@.venv/bin/spoiwo demo

test: ## sprawdza wszystko: lint, testy na SQLite i na PostgreSQL, testy w przeglądarce
	@scripts/test.sh

lint: ## sprawdza styl, granice pokoi, migracje, szablony, tajemnice i literówki
	@scripts/setup.sh dev
	@scripts/lint.sh

checks: ## długie dowody: ślady chronionych danych, awarie, dziennik, odtwarzanie, obciążenie
	@scripts/setup.sh dev
	@.venv/bin/python -m checks.run

bench: ## mierzy obiecane czasy na 20 tysiącach i na milionie wierszy
	@scripts/setup.sh dev
	@.venv/bin/python -m benchmarks.run
	@.venv/bin/python -m benchmarks.decade.run

docs: ## odświeża dokumentację tworzoną z kodu
	@scripts/setup.sh dev
	@scripts/docs.sh

declaration: ## bada strony programem axe i wpisuje wyniki do deklaracji dostępności
	@scripts/setup.sh dev
	@scripts/accessibility.sh

assets: ## buduje arkusze stylów i czcionki ze źródeł (wymaga Node.js)
	@scripts/setup.sh dev
	@scripts/assets.sh

messages: ## zbiera komunikaty do tłumaczenia i kompiluje polski katalog
	@scripts/setup.sh dev
	@scripts/messages.sh

lock: ## blokuje wersje pakietów (UPGRADE=1 bierze nowsze)
	@scripts/setup.sh dev
	@scripts/lock.sh

clean: ## usuwa środowisko i pliki pośrednie; danych w var nie rusza
	@rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks build
	@find spoiwo tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
