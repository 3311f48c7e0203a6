"""The cloud's database: its query language, and where its records are."""
