# Runs on: weapp, alipay, swan, qq, tt, jd, h5, rn, harmony-hybrid
import taropy
from taropy import Taro, TaroError


async def main():
    taken = await Taro.chooseImage(count=1, sourceType=["camera"])
    await Taro.saveImageToPhotosAlbum(filePath=taken.tempFilePaths[0])
    print(len(Taro.phone.media.album), "in the album")
    Taro.phone.permissions.deny("scope.writePhotosAlbum")
    try:
        await Taro.saveImageToPhotosAlbum(filePath=taken.tempFilePaths[0])
    except TaroError as error:
        print(error.errMsg)


taropy.run(main)
