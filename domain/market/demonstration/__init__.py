"""The prices of the demonstration: what they are, and how they are loaded."""
