"""Screens of proactive disclosure for officials."""
