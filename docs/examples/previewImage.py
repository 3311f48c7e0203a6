# Runs on: weapp, alipay, swan, qq, tt, jd, h5, rn, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    pages = ["https://example.com/1.jpg", "https://example.com/2.jpg"]
    await Taro.previewImage(urls=pages, current=pages[1])
    preview = Taro.phone.media.preview
    print("in front:", preview.urls[preview.current])
    Taro.phone.media.close_preview()


taropy.run(main)
