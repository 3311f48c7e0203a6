# Runs on: weapp, alipay, swan, qq, tt, jd, harmony
from taropy import Taro

animation = Taro.createAnimation(duration=300, timingFunction="ease")
animation.opacity(0.5).translate(0, 40).step()
animation.opacity(1).step({"delay": 100})

# What the page's `animation` property takes. A step keeps what it does not change.
for action in animation.export()["actions"]:
    print([animate["type"] for animate in action["animates"]], action["option"]["transition"])
