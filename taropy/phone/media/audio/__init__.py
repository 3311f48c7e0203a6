"""The phone's sound: the rooms `phone.audio`, what is played, and `phone.microphone`, what is recorded."""
