"""Options, as the API shows them."""
