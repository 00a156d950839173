"""Companies: the metrics of each, where they come from, and whether they can be believed."""
