"""Bluetooth: what a phone hears and connects to, what it offers to others, and beacons."""
