"""Screens of the chapter for officials."""
