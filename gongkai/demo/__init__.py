"""The reference county's year 2020, made up record by record to the published sums.

Every record here is invented and marked as a demonstration; only what they add
up to is what 靖安县 published for 2020 (`reference/`).
"""
