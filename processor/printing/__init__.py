"""Letters and blank forms become PDF bytes: typeset, filled, finished. Opens our own PDFs only."""
