"""Risk, as the API shows it."""
