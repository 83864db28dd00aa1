"""The engine: it builds the course from `source/` and grades what comes back."""

__version__ = "0.1.0"
