# Runs on: weapp, alipay, swan, qq, tt, jd, h5, rn, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    pages = ["https://example.com/1.jpg", "https://example.com/2.jpg"]
    shown = Taro.previewImage(urls=pages, current=pages[1])
    preview = Taro.phone.media.preview
    print("in front:", preview.urls[preview.current])
    Taro.phone.media.close_preview()
    await shown  # on rn only when it is closed, elsewhere as soon as it is shown


taropy.run(main)
