"""What of the phone is made from its rooms: which one answers what, and the phone's typed list of them."""
