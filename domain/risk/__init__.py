"""Risk of portfolios: measures, tails, contributions, factors, stress."""
