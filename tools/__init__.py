"""Development tools: what is generated in this repository is generated here."""
