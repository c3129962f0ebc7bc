"""The strategy's pages in the menu."""

from django.utils.translation import gettext_lazy as _

from spoiwo.ui.menu import register_public

register_public(_("Strategies"), "strategy:strategies", 30, under=("strategy:*",))
