"""What can stand behind a platform beside the simulated phone; each is imported when it is first asked for."""
