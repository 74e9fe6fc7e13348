"""What a program asks, as dated data, and the verdicts."""
