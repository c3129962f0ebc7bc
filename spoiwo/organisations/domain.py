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
