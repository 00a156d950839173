"""Foliograph beside other GraphQL servers: the same data, documents, core and run."""
