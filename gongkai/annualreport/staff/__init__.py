"""Screens of the yearly report in Wagtail's admin, for units, the county office, its leader."""
