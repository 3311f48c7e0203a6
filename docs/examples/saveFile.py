# Runs on: weapp, alipay, swan, tt, qq, jd, rn, harmony, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    chosen = await Taro.chooseImage(count=1)
    # A temporary file is gone when the program is started anew; a saved one is still there.
    res = await Taro.saveFile(tempFilePath=chosen.tempFilePaths[0])

    for file in (await Taro.getSavedFileList()).fileList:
        print(file.filePath == res.savedFilePath, file.size > 0)
    await Taro.removeSavedFile(filePath=res.savedFilePath)


taropy.run(main)
