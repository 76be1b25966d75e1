"""Screens of letters for officials, in Wagtail's admin."""
