# Runs on: weapp
import taropy
from taropy import Taro
from taropy.phone import Plane, Viewpoint

# What is before the camera: the floor, seen from above.
Taro.phone.vision.viewpoint = Viewpoint(y=1.5, pitch=-45)
Taro.phone.vision.planes = [Plane(0, 0, -1.5, width=2, depth=2)]


async def main():
    session = Taro.createVKSession(version="v2", track={"plane": {"mode": 1}})
    session.on("addAnchors", lambda anchors: print("planes:", len(anchors)))
    status = await taropy.Promise(lambda resolve, reject: session.start(resolve))
    print("status:", status)
    frame = session.getVKFrame(360, 480)  # as a rule in a function for session.requestAnimationFrame
    if frame is not None:
        for hit in session.hitTest(0.5, 0.5):  # what is in the middle of the view
            print("the floor is at", [round(each, 2) for each in hit.transform[12:15]])


taropy.run(main)
