# Runs on: weapp, alipay, qq
from taropy import Taro

app = Taro.getAccountInfoSync().miniProgram
print(app.appId, app.envVersion)
