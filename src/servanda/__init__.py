"""Servanda: news reports read into records, each field tied to the words that say it."""
