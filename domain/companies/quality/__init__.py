"""What can be wrong with a table of company metrics, one file a check."""
