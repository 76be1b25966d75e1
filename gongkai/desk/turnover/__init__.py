"""Screens of what is turned over between the hotline, requests and the petition office."""
