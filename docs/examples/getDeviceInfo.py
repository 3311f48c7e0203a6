# Runs on: weapp, h5, harmony-hybrid
from taropy import Taro

device = Taro.getDeviceInfo()
print(device.brand, device.model, device.system)
