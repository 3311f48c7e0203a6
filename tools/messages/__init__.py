"""Makes taropy/port/data/messages.json: the texts with which calls fail, as far as anything here says so."""
