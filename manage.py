#!/usr/bin/env python
"""Django's usual door; `gongkai` is the same with a shorter name."""

from gongkai.config.cli import main

if __name__ == "__main__":
    main()
