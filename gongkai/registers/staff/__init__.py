"""Screens of the registers for officials, in Wagtail's admin."""
