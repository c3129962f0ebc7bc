"""The face of the house: page shell, parts, form fields, icons, fonts. Knows no room above itself."""
