# Runs on: weapp, alipay, swan, qq, tt, jd
import taropy
from taropy import Taro


class Native:
    """Has one canvas: what stands in for a native object until the simulated phone can draw."""

    def canvasToTempFilePath(self, options, component=None):
        if options["canvasId"] != "poster":
            options["fail"]({"errMsg": "canvasToTempFilePath:fail canvas is empty"})
        else:
            options["success"]({"tempFilePath": f"wxfile://tmp_poster.{options.get('fileType', 'png')}"})


taropy.use(Taro.getEnv().lower(), native=Native())


async def main():
    saved = await Taro.canvasToTempFilePath(canvasId="poster", fileType="jpg", quality=0.8)
    print("saved as", saved.tempFilePath)
    print(await Taro.canvasToTempFilePath(canvasId="nothing").catch(lambda error: error.errMsg))


taropy.run(main)
