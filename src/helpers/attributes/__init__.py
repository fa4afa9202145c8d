"""A figure's kind is known → its other attributes, one module an attribute, each with its reason.

Each module has one function `find_…` that fills the figure's field and notes why; extract.py calls them in
the order in which they lean on one another: the period needs the status, the basis the period.
"""
