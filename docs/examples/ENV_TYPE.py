# Runs on: every platform
from taropy import Taro

BROWSERS = {Taro.ENV_TYPE.WEB, Taro.ENV_TYPE.HARMONYHYBRID}
print("a web page" if Taro.getEnv() in BROWSERS else "no web page")
