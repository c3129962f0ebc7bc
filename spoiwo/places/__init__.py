"""Places: voivodeship, powiat, gmina (TERYT)."""
