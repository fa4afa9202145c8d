"""Chinese news articles → clean text → observations → tables → charts → reports.

Importing the package does nothing; each module says in its header what it turns into what.
"""
