"""The search of the public site: what fills its index, what is asked, what is shown."""
