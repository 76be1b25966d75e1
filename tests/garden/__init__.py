"""A garden of faults for the inspector: sites on loopback, and what is wrong with each page.

Planted and frozen before the checks of issue 6 were written (law.md 4 and 5.1; see README.md).
"""
