"""Makes docs/vendors: where it is written how the phone behaves on each platform, function by function."""
