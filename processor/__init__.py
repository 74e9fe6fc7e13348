"""SECOR Processor: employers' papers in, provable letters and certificates out."""
