# Runs on: every platform
from taropy import Taro

for schema in ("checkSession", "request.object.method.GET", "showToast.object.image"):
    print(schema, Taro.canIUse(schema))
