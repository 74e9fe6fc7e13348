"""What the office knows, kept: the only place where SQL is spoken."""
