"""Let who is a care officer today run the protected cases of the units they belong to.

Why: from now on the role opens a unit only where the membership says so (`cares`); until now it opened every unit of
its holder, and the work of today must not stop. Who keeps the accounts of a unit then takes it from plain members.
Size: some dozens of memberships, under a second. Way back: reversible, the column goes and the role counts as before.
"""

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

KINDS = ["pcpr"]  # those that gave the role when this was written
ROLE = "powiat_care_officer"


def let_care(apps, _schema_editor) -> None:
    """Mark the memberships of holders of the role, in force today or later."""
    today = timezone.localdate()
    not_over = (Q(until=None) | Q(until__gte=today)) & (Q(taken_on=None) | Q(taken_on__gt=today))
    held = apps.get_model("access", "RoleAssignment").objects.filter(not_over, role=ROLE, user=OuterRef("user"))
    memberships = apps.get_model("organisations", "Membership").objects
    memberships.filter(Exists(held), organisation__kind__in=KINDS).update(cares=True)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_accounts_of_trust"),
        ("organisations", "0003_invitations_to_organisations"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="cares",
            field=models.BooleanField(default=False, verbose_name="runs protected cases of this organisation"),
        ),
        migrations.RunPython(let_care, migrations.RunPython.noop),
    ]
