"""What the rooms above put into the shell: menu entries, footer links, the office, the person.

A room registers in its `AppConfig.ready()`; addresses are resolved only when a page is made.
Registering the same address in the same place again replaces the entry, so `ready()` may run twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise

# Groups of the staff menu and columns of the footer, so that rooms use the same word.
MONEY = _("Strategy and money")
REGION = _("Region")
ACTIONS = _("Actions")
UPKEEP = _("Housekeeping")
THIS_SITE = _("This site")
DATA = _("Data")
CONTACT = _("Contact")


@dataclass(frozen=True)
class Entry:
    """One link of the shell.

    `under` names further views that belong to it: a full name ("ledger:entry") or a whole
    room ("ledger:*"); on those pages the entry is shown as the current section.
    `count` tells how many things wait there; it is asked once per page, None or 0 shows nothing.
    """

    label: Label
    url_name: str
    order: int
    group: Label = ""
    icon: str = ""
    permission: str | None = None
    under: tuple[str, ...] = ()
    count: Callable | None = None

    def stands_for(self, view_name: str) -> str:
        """How the entry relates to the view on screen: "page", "true" (its section) or ""."""
        if not view_name:
            return ""
        if view_name == self.url_name:
            return "page"
        return "true" if any(_covers(pattern, view_name) for pattern in self.under) else ""


@dataclass
class Registry:
    """All that rooms have registered; tests put an empty one in its place."""

    public: dict[str, Entry] = field(default_factory=dict)
    staff: dict[str, Entry] = field(default_factory=dict)
    footer: dict[str, Entry] = field(default_factory=dict)
    office: Callable[[], dict] | None = None
    person: Callable[[object], dict] | None = None


registry = Registry()


def register_public(label: Label, url_name: str, order: int, *, under: tuple[str, ...] = ()) -> None:
    """Put a link into the public menu."""
    registry.public[url_name] = Entry(label, url_name, order, under=under)


def register_staff(
    group: Label,
    label: Label,
    url_name: str,
    icon: str,
    order: int,
    permission: str | None = None,
    *,
    under: tuple[str, ...] = (),
    count: Callable | None = None,
) -> None:
    """Put a link into the staff menu; with a permission, only for those who hold it.

    Groups follow the smallest `order` of their entries; an empty group stands first, without a heading.
    """
    registry.staff[url_name] = Entry(label, url_name, order, group, icon, permission, under, count)


def register_footer(column: Label, label: Label, url_name: str, order: int) -> None:
    """Put a link into a column of the public footer."""
    registry.footer[url_name] = Entry(label, url_name, order, group=column)


def register_office(facts: Callable[[], dict]) -> None:
    """Say whose pages these are: dict(office, assembly, address, invented), optionally `short`."""
    registry.office = facts


def register_person(facts: Callable[[object], dict]) -> None:
    """Say how a signed-in user is shown: dict(name, role)."""
    registry.person = facts


def in_order(entries) -> list[Entry]:
    """Entries by their order; equal orders by address, so that the menu never jumps."""
    return sorted(entries, key=lambda entry: (entry.order, entry.url_name))


def grouped(entries) -> list[tuple[Label, list[Entry]]]:
    """Entries under their groups; a group comes where its first entry would."""
    groups: dict[str, tuple[Label, list[Entry]]] = {}
    for entry in in_order(entries):
        groups.setdefault(str(entry.group), (entry.group, []))[1].append(entry)
    return sorted(groups.values(), key=lambda pair: bool(str(pair[0])))


def without_repeats(entries: list[tuple[Entry, str]]) -> list[tuple[Entry, str]]:
    """At most one current entry: the page itself wins over a section, an earlier section over a later."""
    best = next((entry for entry, state in entries if state == "page"), None)
    best = best or next((entry for entry, state in entries if state), None)
    return [(entry, state if entry is best else "") for entry, state in entries]


def _covers(pattern: str, view_name: str) -> bool:
    return view_name.startswith(pattern[:-1]) if pattern.endswith("*") else view_name == pattern
