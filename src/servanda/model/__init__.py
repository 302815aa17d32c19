"""What travels: spans, reports, readings and their records. Imports nothing of ours; reads and prints nothing."""
