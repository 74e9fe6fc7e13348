"""How a file arrives: seen, still, claimed, kept; or refused in words."""
