"""Readings -> entries that are never overwritten, and the dossiers that follow from them as of a day.

Knows the model and the checks; what needs a language (lemmas, who speaks for whom) is handed in as a function.
"""
