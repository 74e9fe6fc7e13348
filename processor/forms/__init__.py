"""The declared forms, and the loader of their TOML."""
