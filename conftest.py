"""Settings of all tests: hypothesis measures no time; speed is for `make bench`."""

from hypothesis import settings

settings.register_profile("gongkai", deadline=None, print_blob=True)
settings.load_profile("gongkai")
