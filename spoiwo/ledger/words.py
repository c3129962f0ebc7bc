"""The ledger's deeds in the words of the screen."""

from django.utils.translation import gettext_lazy as _

from spoiwo.audit.words import register

register(
    {
        "ledger.year_opened": _("Year opened"),
        "ledger.package_read": _("Package read in"),
        "ledger.entry_entered": _("Line entered"),
        "ledger.entry_imported": _("Line read in from a package"),
        "ledger.entry_changed": _("Line changed"),
        "ledger.entry_checked": _("Line checked"),
        "ledger.declaredtotal_imported": _("Declared total read in"),
        "ledger.declaredtotal_changed": _("Declared total changed"),
        "ledger.document_imported": _("Document read in"),
        "ledger.document_changed": _("Document changed"),
        "ledger.source_imported": _("Source of money read in"),
        "ledger.source_changed": _("Source of money changed"),
        "ledger.tag_imported": _("Cross-cut read in"),
        "ledger.tag_changed": _("Cross-cut changed"),
        "ledger.difference_accepted": _("Difference accepted"),
        "ledger.difference_explained": _("Difference explained"),
        "ledger.settlement_withdrawn": _("Answer withdrawn"),
        "ledger.draft_shown": _("Draft shown to the public"),
        "ledger.draft_hidden": _("Draft hidden from the public"),
        "strategy.strategy_imported": _("Strategy read in"),
        "strategy.strategy_changed": _("Strategy changed"),
        "strategy.programme_imported": _("Programme read in"),
        "strategy.programme_changed": _("Programme changed"),
        "strategy.task_imported": _("Task read in"),
        "strategy.task_changed": _("Task changed"),
        "strategy.unit_imported": _("Unit of measure read in"),
        "strategy.unit_changed": _("Unit of measure changed"),
        "strategy.measure_imported": _("Measure read in"),
        "strategy.measure_changed": _("Measure changed"),
        "strategy.result_imported": _("Result read in"),
        "strategy.result_changed": _("Result changed"),
        "strategy.activity_imported": _("Event read in"),
        "strategy.activity_changed": _("Event changed"),
        "organisations.organisation_imported": _("Institution read in"),
        "organisations.organisation_changed": _("Institution changed"),
        "organisations.member_added": _("Person tied to an institution"),
        "places.register_read": _("Register of places read in"),
        "places.unit_ended": _("Place ended"),
        "places.unit_began": _("Place began"),
        "places.unit_changed": _("Place changed"),
        "places.unit_corrected": _("Place corrected"),
        "places.former_code": _("Former code of a place added"),
        "access.account_opened": _("Account opened"),
        "access.role_given": _("Role given"),
    }
)
