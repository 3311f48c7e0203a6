# Runs on: weapp, alipay, swan, qq, tt, jd
import taropy
from taropy import Taro


async def main():
    Taro.phone.screen.draw('<canvas canvas-id="poster" id="poster" style="width: 100px; height: 50px"/>')
    context = Taro.createCanvasContext("poster")
    context.setFillStyle("#d97706")
    context.fillRect(10, 10, 80, 30)
    # What is saved before the callback may lack what draw is still drawing.
    await taropy.Promise(lambda resolve, reject: context.draw(False, lambda: resolve(None)))
    saved = await Taro.canvasToTempFilePath(canvasId="poster", fileType="jpg", quality=0.8)
    print("saved as", saved.tempFilePath)
    print(await Taro.canvasToTempFilePath(canvasId="nothing").catch(lambda error: error.errMsg))


taropy.run(main)
