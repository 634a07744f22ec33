"""later: keep a thought and bring it back at a random moment of its window."""

__version__ = "0.1.0"
