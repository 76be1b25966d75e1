"""Screens of error reports and solicitations."""
