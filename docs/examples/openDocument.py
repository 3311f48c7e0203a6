# Runs on: weapp, alipay, swan, tt, qq, jd
import taropy
from taropy import Taro


async def main():
    folder, files = Taro.env.USER_DATA_PATH, Taro.getFileSystemManager()
    files.writeFileSync(f"{folder}/report.pdf", b"%PDF-1.7 ...")
    files.writeFileSync(f"{folder}/notes.txt", "Water the plants")

    await Taro.openDocument(filePath=f"{folder}/report.pdf", showMenu=True)
    print([document.type for document in Taro.phone.files.opened])

    try:
        await Taro.openDocument(filePath=f"{folder}/notes.txt")
    except taropy.TaroError as error:
        print(error.errMsg)


taropy.run(main)
