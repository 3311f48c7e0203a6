# Runs on: weapp, alipay, qq, tt, h5, rn, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    text = Taro.arrayBufferToBase64(bytes([11, 22, 33]))
    print(text, Taro.base64ToArrayBuffer(text))


taropy.run(main)
