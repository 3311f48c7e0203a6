# Runs on: weapp, alipay, h5, harmony-hybrid
from taropy import Taro

Taro.phone.system.bluetooth = False
print("Bluetooth is on:", Taro.getSystemSetting().bluetoothEnabled)
