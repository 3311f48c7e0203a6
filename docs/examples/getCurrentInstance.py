# Runs on: every platform
from taropy import Taro

instance = Taro.getCurrentInstance()
print(instance.router.params if instance.router else "no page is open")
