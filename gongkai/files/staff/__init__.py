"""Screens of files; chapters include files/panel.html and answer for access."""
