"""Where findings come from: sites seen from outside (outside*), other chapters from inside."""
