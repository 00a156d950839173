"""Options: what portfolios hold of them, chains, surfaces and strategies."""
