# Runs on: weapp, alipay, swan, qq, tt, jd, h5, harmony, harmony-hybrid
from taropy import Taro

animation = Taro.createAnimation(duration=300, timingFunction="ease")
animation.opacity(0.5).translate(0, 40).step()
animation.opacity(1).step({"delay": 100})

# What the `animation` property of a node takes; each platform has a form of its own.
print(animation.export())
