"""A job that leaves one event in the log each time it is done: done twice, it shows."""
