"""Screens of accounts, posts, imports and campaigns."""
