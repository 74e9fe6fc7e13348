"""Whole files or none, under names that say what they are; nothing given out is ever replaced."""
