"""Screens of the hotline."""
