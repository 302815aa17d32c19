"""A reading or a dossier -> what people see: cards in plain words, coloured text for a terminal, HTML for a notebook.

Knows the model and the names in the tables of the world; reads nothing, decides nothing, writes to no stream.
"""
