# Runs on: every platform
from taropy import Taro

if Taro.getEnv() == Taro.ENV_TYPE.WEAPP:
    print("in WeChat")
else:
    print("in", Taro.getEnv())
