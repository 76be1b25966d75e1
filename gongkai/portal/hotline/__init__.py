"""The hotline to the public: a matter told online and followed, orders published without names."""
