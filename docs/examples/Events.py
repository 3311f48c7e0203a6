# Runs on: every platform
from taropy import Taro

cart = Taro.Events()
cart.once("full", lambda count: print("the cart is full:", count))
cart.trigger("full", 20)
cart.trigger("full", 21)
