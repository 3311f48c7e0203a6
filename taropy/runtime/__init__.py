"""What happens when a program calls `Taro.x`."""
