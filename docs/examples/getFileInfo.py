# Runs on: weapp, alipay, swan, tt, qq, jd, rn, harmony, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    chosen = await Taro.chooseImage(count=1)
    info = await Taro.getFileInfo(filePath=chosen.tempFilePaths[0], digestAlgorithm="sha1")
    print(info.size > 0, len(info.digest), "digits")

    try:
        await Taro.getFileInfo(filePath="no/such/file")
    except taropy.TaroError as error:
        print(error.errMsg)


taropy.run(main)
