"""Whose paper it is, and what a clerk would notice about it."""
