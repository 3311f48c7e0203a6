"""Native objects that are no phone: what taropy runs over where there is a real platform."""
