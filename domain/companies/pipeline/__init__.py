"""How a file of companies' figures becomes known: read, checked, corrected, let through a gate, published."""
