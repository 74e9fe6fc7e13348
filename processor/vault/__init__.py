"""Copies of an office on another disk: a folder each, whole or not there, with the hash of every file."""
