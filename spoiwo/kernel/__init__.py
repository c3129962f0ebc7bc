"""The ground floor: pure rules on money, precision, Polish numerals, fingerprints and TERYT codes."""
