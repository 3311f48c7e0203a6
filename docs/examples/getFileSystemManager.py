# Runs on: weapp, alipay, swan, tt, qq, jd
import taropy
from taropy import Taro


async def main():
    files = Taro.getFileSystemManager()
    notes = f"{Taro.env.USER_DATA_PATH}/notes"
    files.mkdirSync(notes, True)
    files.writeFileSync(f"{notes}/today.txt", "Water the plants", "utf8")
    files.appendFileSync(f"{notes}/today.txt", ", call Mum")

    res = await files.readFile(filePath=f"{notes}/today.txt", encoding="utf8")
    print(res.data)
    found, status = await files.readdir(dirPath=notes), await files.stat(path=f"{notes}/today.txt")
    print(found.files, status.stats.size, "bytes")

    try:
        files.readFileSync(f"{notes}/tomorrow.txt")
    except taropy.TaroError as error:
        print(error.errMsg)


taropy.run(main)
