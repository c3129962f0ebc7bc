"""What the register holds about one person, for the file that is handed out on their request."""

from django.utils.translation import gettext_lazy as _

from spoiwo.persons.models import FIELDS, NAMES, Person
from spoiwo.persons.services.readings import readings_of
from spoiwo.vault.holdings import Asked, Holding, register_holding
from spoiwo.vault.services import open_values


def records_of(asked: Asked) -> list[dict]:
    """The records of a person of the register, opened and recorded; none for an erased one."""
    found = Person.objects.filter(subject=asked.subject, erased_on=None) if asked.subject else ()
    rows = []
    for person in found:
        values = open_values(person, list(NAMES), by=asked.by, purpose=asked.purpose, deed="persons.exported")
        rows.append(
            {_("case number"): person.case_number, _("unit"): person.unit.name}
            | {FIELDS[name]: values[name] for name in NAMES}
            | {
                FIELDS["basis"]: person.get_basis_display(),
                FIELDS["since"]: person.since,
                _("closed on"): person.closed_on,
                _("kept until"): person.keep_until,
                FIELDS["shielded"]: _("yes") if person.shielded else _("no"),
                _("papers"): [
                    f"{paper.get_kind_display()}, {paper.added_at:%Y-%m-%d}" for paper in person.papers.all()
                ],
            }
        )
    return rows


def looks_at(asked: Asked) -> list[dict]:
    """Who looked at the data, by role: what is said about staff is not the person's own data."""
    found = Person.objects.filter(subject=asked.subject) if asked.subject else ()
    return [
        {
            _("time"): row.at,
            _("role"): row.who,
            _("what"): row.what,
            _("for what"): row.purpose,
            _("fields"): row.fields,
        }
        for person in found
        for row in readings_of(person, with_names=False, many=10_000).rows
    ]


register_holding(Holding("persons", _("Protected register of persons"), records_of))
register_holding(Holding("persons_readings", _("Who looked at the data in the register"), looks_at))
