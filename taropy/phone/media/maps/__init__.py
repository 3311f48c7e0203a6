"""The map component: what it shows, and what moves on it."""
