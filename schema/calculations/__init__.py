"""Calculations that were made, as the API shows them."""
