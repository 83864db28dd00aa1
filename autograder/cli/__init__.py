"""The command `mml`: thin functions over the engine, one module for each kind of person."""

from autograder.cli.root import main

__all__ = ["main"]
