"""Native objects that reach real platforms: each folder is a host, and is imported when a program asks for it."""
