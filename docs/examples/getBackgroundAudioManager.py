# Runs on: weapp, alipay, swan, qq, tt
import taropy
from taropy import Taro


class Player:
    """Plays no sound: what stands in for a native player until the simulated phone has one."""

    title = src = ""
    paused = True

    def onPlay(self, listener):
        self.listener = listener

    def play(self):
        self.paused = False
        self.listener()


class Native:
    """A native object is any object that has the platform's native functions."""

    player = Player()

    def getBackgroundAudioManager(self):
        return self.player


taropy.use(Taro.getEnv().lower(), native=Native())

audio = Taro.getBackgroundAudioManager()
audio.onPlay(lambda *_: print("now playing", audio.title))
audio.title = "Rain on leaves"
audio.src = "https://example.com/rain.mp3"
audio.play()
print("paused" if audio.paused else "playing")
