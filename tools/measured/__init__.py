"""What was measured of taro-h5 in a browser, as the source of what the phone does on h5."""
