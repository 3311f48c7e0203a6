# Runs on: weapp, alipay, h5, harmony-hybrid
from taropy import Taro

Taro.phone.system.set_permission("camera", "denied")
print("the camera is", Taro.getAppAuthorizeSetting().cameraAuthorized)
