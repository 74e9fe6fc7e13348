"""The degradation twin: papers of made-up employers, written, sent and received, with known truth (scans.md 0)."""
