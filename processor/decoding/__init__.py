"""From lattices to texts: what a field's kind allows, and how surely it was written."""

from processor.decoding.decode import Guess, decode

__all__ = ["Guess", "decode"]
