"""Screens of reconsiderations and suits for officials, inside Wagtail's admin."""
