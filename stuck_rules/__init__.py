"""Hold code to the lessons of a team's getting-stuck log."""

__version__ = "0.1.0"
