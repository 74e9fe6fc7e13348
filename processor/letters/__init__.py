"""Which letter follows from the verdicts, and its words: values in, a `Letter` out, no page touched."""
