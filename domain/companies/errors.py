"""Why something about companies fails."""


class Overtaken(Exception):
    """What is known of companies has changed since a publication was prepared: prepare it again."""
