"""Rows for tests: the least that the database takes, every name invented; a test adds what it is about.

Numbers have four digits, so that rows sorted by a code stand in the order in which they were made.
"""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from spoiwo.access.models import Role, RoleAssignment, User
from spoiwo.ledger.models import (
    BudgetCode,
    DeclaredTotal,
    Document,
    Entry,
    EntryKind,
    FiscalYear,
    PlanEntry,
    PublishedFigure,
    Source,
    Tag,
)
from spoiwo.organisations.models import Membership, Organisation
from spoiwo.reports.models import Report
from spoiwo.strategy.models import (
    Activity,
    Duty,
    Goal,
    Indicator,
    IndicatorDefinition,
    IndicatorValue,
    Measure,
    Programme,
    Result,
    Strategy,
    Target,
    Task,
    Unit,
)

REGION = "08"
LONG_AGO = date(2017, 1, 1)
PASSWORD = "zmyslone-haslo-1"


class UserFactory(DjangoModelFactory):
    """A person; `roles=[Role.DIRECTOR]` are held since long ago."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"osoba{n:04}@przyklad.example")
    full_name = factory.Sequence(lambda n: f"Osoba Zmyślona {n:04}")

    @factory.post_generation
    def roles(self, create: bool, roles: list[Role] | None, **facts: object) -> None:
        """Roles in force today."""
        for role in roles or ():
            RoleAssignment.objects.create(user=self, role=role, since=LONG_AGO)

    @factory.post_generation
    def password(self, create: bool, password: str | None, **facts: object) -> None:
        """A password that the person can sign in with."""
        if password:
            self.set_password(password)
            self.save(update_fields=["password"])


class OrganisationFactory(DjangoModelFactory):
    """An organisation of the region."""

    class Meta:
        model = Organisation

    region = REGION
    code = factory.Sequence(lambda n: f"org-{n:04}")
    name = factory.Sequence(lambda n: f"Organizacja zmyślona {n:04}")
    kind = "ngo"


class StrategyFactory(DjangoModelFactory):
    """A strategy of 2014-2020."""

    class Meta:
        model = Strategy

    region = REGION
    code = factory.Sequence(lambda n: f"strategia-{n:04}")
    name = factory.Sequence(lambda n: f"Strategia zmyślona {n:04}")
    short_name = factory.Sequence(lambda n: f"Strategia {n:04}")
    from_year, to_year = 2014, 2020


class ProgrammeFactory(DjangoModelFactory):
    """A programme without a period of its own."""

    class Meta:
        model = Programme
        skip_postgeneration_save = True

    region = factory.SelfAttribute("strategy.region")
    strategy = factory.SubFactory(StrategyFactory)
    code = factory.Sequence(lambda n: f"P{n:04}")
    name = factory.Sequence(lambda n: f"Program zmyślony {n:04}")
    short_name = factory.Sequence(lambda n: f"Program {n:04}")
    kind = "programme"

    @factory.post_generation
    def predecessors(self, create: bool, rows: list[Programme] | None, **facts: object) -> None:
        """The programmes that this one continues."""
        self.predecessors.set(rows or [])


class TaskFactory(DjangoModelFactory):
    """A task outside programmes, without a beginning or an end."""

    class Meta:
        model = Task

    region = REGION
    code = factory.Sequence(lambda n: f"zadanie-{n:04}")
    name = factory.Sequence(lambda n: f"Zadanie zmyślone {n:04}")
    kind = "task"


class YearFactory(DjangoModelFactory):
    """The year 2019 of the region."""

    class Meta:
        model = FiscalYear

    region = factory.SelfAttribute("strategy.region")
    year = 2019
    title = factory.LazyAttribute(lambda row: f"Sprawozdanie za {row.year}")
    strategy = factory.SubFactory(StrategyFactory)


class SourceFactory(DjangoModelFactory):
    """A source of money; the class is "own" unless the code is one of the four classes."""

    class Meta:
        model = Source
        django_get_or_create = ("region", "code")

    region = REGION
    code = "own"
    name = factory.LazyAttribute(lambda row: f"Źródło {row.code}")
    short_name = factory.LazyAttribute(lambda row: row.code)
    source_class = factory.LazyAttribute(lambda row: row.code if row.code in {"own", "state", "pfron", "eu"} else "own")


class DocumentFactory(DjangoModelFactory):
    """A note."""

    class Meta:
        model = Document

    year = factory.SubFactory(YearFactory)
    code = factory.Sequence(lambda n: f"nota-{n:04}")
    name = factory.Sequence(lambda n: f"Nota zmyślona {n:04}")
    kind = "note"


class TagFactory(DjangoModelFactory):
    """A cross-cut."""

    class Meta:
        model = Tag

    region = REGION
    code = factory.Sequence(lambda n: f"przekroj-{n:04}")
    name = factory.Sequence(lambda n: f"Przekrój zmyślony {n:04}")


class EntryFactory(DjangoModelFactory):
    """A payment of 100,00 zł of own funds outside programmes; `amount_gr` carries the sign."""

    class Meta:
        model = Entry
        skip_postgeneration_save = True

    year = factory.SubFactory(YearFactory)
    key = factory.Sequence(lambda n: f"wpis-{n:04}")
    source = factory.SubFactory(SourceFactory, region=factory.SelfAttribute("..year.region"))
    amount_gr = 100_00
    kind = factory.LazyAttribute(lambda row: EntryKind.REFUND if row.amount_gr < 0 else EntryKind.PAYMENT)
    description = factory.Sequence(lambda n: f"Wydatek zmyślony {n:04}")
    document = factory.SubFactory(DocumentFactory, year=factory.SelfAttribute("..year"))

    @factory.post_generation
    def tags(self, create: bool, rows: list[Tag] | None, **facts: object) -> None:
        """Cross-cuts of the line."""
        self.tags.set(rows or [])


class DeclaredFactory(DjangoModelFactory):
    """An exact grand total of 100,00 zł."""

    class Meta:
        model = DeclaredTotal

    year = factory.SubFactory(YearFactory)
    key = factory.Sequence(lambda n: f"suma-{n:04}")
    scope, precision = "grand", "exact"
    amount_gr = 100_00
    document = factory.SubFactory(DocumentFactory, year=factory.SelfAttribute("..year"))


class UnitFactory(DjangoModelFactory):
    """Trainings."""

    class Meta:
        model = Unit
        django_get_or_create = ("region", "code")

    region = REGION
    code = "szkolenie"
    one, few, many, loc_one, loc_many = "szkolenie", "szkolenia", "szkoleń", "szkoleniu", "szkoleniach"


class MeasureFactory(DjangoModelFactory):
    """A count that adds up over results."""

    class Meta:
        model = Measure

    region = REGION
    code = factory.Sequence(lambda n: f"miara-{n:04}")
    name = factory.Sequence(lambda n: f"Miara zmyślona {n:04}")
    unit = factory.SubFactory(UnitFactory)


class ResultFactory(DjangoModelFactory):
    """A result of 2019 outside programmes: "Przeprowadzono 2 szkolenia."."""

    class Meta:
        model = Result

    region = REGION
    year = 2019
    key = factory.Sequence(lambda n: f"wynik-{n:04}")
    statement = "Przeprowadzono {n:acc}."
    value = 2
    unit = factory.SubFactory(UnitFactory)
    precision = "exact"


class ActivityFactory(DjangoModelFactory):
    """A conference of 2019."""

    class Meta:
        model = Activity

    region = REGION
    year = 2019
    key = factory.Sequence(lambda n: f"wydarzenie-{n:04}")
    name = factory.Sequence(lambda n: f"Konferencja zmyślona {n:04}")
    kind = "conference"


class ReportFactory(DjangoModelFactory):
    """A final version that holds nothing: for lists, not for reading."""

    class Meta:
        model = Report

    year = factory.SubFactory(YearFactory)
    version, content, records = 1, "{}", "{}"
    fingerprint = "0" * 64
    finalised_at = factory.LazyFunction(timezone.now)


class PlanEntryFactory(DjangoModelFactory):
    """A plan of 1000,00 zł of own funds outside programmes; `amount_gr` carries the sign."""

    class Meta:
        model = PlanEntry

    year = factory.SubFactory(YearFactory)
    key = factory.Sequence(lambda n: f"plan-{n:04}")
    kind = "plan"
    source = factory.SubFactory(SourceFactory, region=factory.SelfAttribute("..year.region"))
    amount_gr = 1000_00
    description = factory.Sequence(lambda n: f"Plan zmyślony {n:04}")
    document = factory.SubFactory(DocumentFactory, year=factory.SelfAttribute("..year"))


class GoalFactory(DjangoModelFactory):
    """A strategic goal."""

    class Meta:
        model = Goal

    region = factory.SelfAttribute("strategy.region")
    strategy = factory.SubFactory(StrategyFactory)
    code = factory.Sequence(lambda n: f"cel-{n:04}")
    name = factory.Sequence(lambda n: f"Cel zmyślony {n:04}")


class IndicatorFactory(DjangoModelFactory):
    """A yearly result indicator of a programme whose parts are added; give `programme=None` with a goal or a task."""

    class Meta:
        model = Indicator

    region = REGION
    code = factory.Sequence(lambda n: f"wskaznik-{n:04}")
    name = factory.Sequence(lambda n: f"Wskaźnik zmyślony {n:04}")
    programme = factory.SubFactory(ProgrammeFactory)
    kind, direction, aggregation, frequency = "result", "rise", "sum", "yearly"
    unit = factory.SubFactory(UnitFactory)
    source = "Dane zmyślone"


class DefinitionFactory(DjangoModelFactory):
    """The first meaning of an indicator, since 2014."""

    class Meta:
        model = IndicatorDefinition

    indicator = factory.SubFactory(IndicatorFactory)
    region = factory.SelfAttribute("indicator.region")
    key = factory.Sequence(lambda n: f"definicja-{n:04}")
    valid_from = date(2014, 1, 1)
    text = "Ile ich było."


class TargetFactory(DjangoModelFactory):
    """Ten in 2019."""

    class Meta:
        model = Target

    indicator = factory.SubFactory(IndicatorFactory)
    region = factory.SelfAttribute("indicator.region")
    key = factory.Sequence(lambda n: f"docelowa-{n:04}")
    year, value = 2019, 10


class IndicatorValueFactory(DjangoModelFactory):
    """Eight in the whole region and year 2019."""

    class Meta:
        model = IndicatorValue

    definition = factory.SubFactory(DefinitionFactory)
    indicator = factory.SelfAttribute("definition.indicator")
    region = factory.SelfAttribute("indicator.region")
    key = factory.Sequence(lambda n: f"wartosc-{n:04}")
    year, value = 2019, 8
    evidence = "Zestawienie zmyślone"


class PublishedFactory(DjangoModelFactory):
    """A published division of 100,00 zł of 2016."""

    class Meta:
        model = PublishedFigure

    region = REGION
    code = factory.Sequence(lambda n: f"kwota-{n:04}")
    year, kind = 2016, "pfron"
    title = factory.Sequence(lambda n: f"Podział zmyślony {n:04}")
    amount_gr = 100_00
    source_title = "Strona zmyślona"


class BudgetCodeFactory(DjangoModelFactory):
    """The chapter 85217, valid always."""

    class Meta:
        model = BudgetCode

    kind, code = "chapter", "85217"
    name = factory.LazyAttribute(lambda row: f"Kod {row.code}")


class DutyFactory(DjangoModelFactory):
    """A yearly duty of 30 June, since 2026."""

    class Meta:
        model = Duty

    code = factory.Sequence(lambda n: f"termin-{n:04}")
    name = factory.Sequence(lambda n: f"Obowiązek zmyślony {n:04}")
    recipient, basis = "Sejmik", "ustawa zmyślona, art. 1"
    month, day, valid_from_year = 6, 30, 2026


class MembershipFactory(DjangoModelFactory):
    """Somebody who has worked for an organisation since long ago."""

    class Meta:
        model = Membership

    organisation, user = factory.SubFactory(OrganisationFactory), factory.SubFactory(UserFactory)
    since = LONG_AGO
