"""Screens of the public site for officials, in Wagtail's admin."""
