"""Screens of disclosure upon request for officials, inside Wagtail's admin."""
