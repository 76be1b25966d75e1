"""What sign-in asks for: passwords (`passwords`), addresses of the staff side (`networks`)."""

from gongkai.accounts.rules.networks import inside, network_in
from gongkai.accounts.rules.passwords import NEEDED, has_expired, is_common, kinds_in

__all__ = ["NEEDED", "has_expired", "inside", "is_common", "kinds_in", "network_in"]
