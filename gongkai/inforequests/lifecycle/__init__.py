"""How a request lives: its channels, its acts, its table of states, and what is refused."""
