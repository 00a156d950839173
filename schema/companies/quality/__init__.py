"""How files of figures become known, as administrators see it."""
