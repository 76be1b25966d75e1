"""Screens of policy documents for officials, in Wagtail's admin."""
