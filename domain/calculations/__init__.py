"""Calculations that were made: what of, by which engine, how long it took, and what came of it."""
