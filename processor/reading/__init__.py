"""Pages in, documents of readings out; values in, values out, nothing opened and nothing guessed."""
