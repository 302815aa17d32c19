"""The same reading over millions of reports, on one machine."""
