"""The strategy's pages in the menu."""

from django.utils.translation import gettext_lazy as _

from spoiwo.ui.menu import DATA, MONEY, register_footer, register_public, register_staff

register_public(_("Strategies"), "strategy:strategies", 30, under=("strategy:*",))
register_staff(
    MONEY,
    _("Strategy"),
    "strategy_office:now",
    "tree",
    10,
    permission="strategy.view_office",
    under=("strategy_office:*",),
)
register_staff(
    MONEY,
    _("Changes of the strategy"),
    "updating:versions",
    "pen",
    14,
    permission="strategy.view_office",
    under=("updating:*",),
)
register_footer(DATA, _("Consultations"), "consultations:consultations", 15)
register_staff(
    MONEY,
    _("Indicators"),
    "indicators:indicators",
    "scales",
    12,
    permission="strategy.view_office",
    under=("indicators:*",),
)
register_footer(DATA, _("How we judge"), "strategy:how-we-judge", 25)
register_staff(
    MONEY, _("Legal year"), "duties:list", "calendar", 60, permission="strategy.view_office", under=("duties:*",)
)
