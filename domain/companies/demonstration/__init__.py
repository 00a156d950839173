"""The figures of the demonstration's companies: what they are, where each comes from, and how they are read."""
