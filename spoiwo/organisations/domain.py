"""Which roles people of an organisation may hold, by its kind; other roles are given by the office alone."""

ROLES_OF_A_KIND: dict[str, tuple[str, ...]] = {
    "ngo": ("ngo_reporter",),
    "zaz": ("ngo_reporter",),
    "care_home": ("ngo_reporter",),
    "other": ("ngo_reporter",),
    "ops": ("gmina_reporter",),
    "cus": ("gmina_reporter",),
    "pcpr": ("powiat_reporter", "powiat_care_officer"),
    "assembly": ("councillor",),
}
# The role that works with protected cases; it counts only in organisations that the person runs them for.
CARE_ROLE = "powiat_care_officer"


def keeps_protected_cases(kind: str) -> bool:
    """Whether people of this kind of organisation may run protected cases."""
    return CARE_ROLE in ROLES_OF_A_KIND.get(kind, ())
