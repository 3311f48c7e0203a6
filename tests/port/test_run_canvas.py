"""A JavaScript program draws on canvases, and reads their pixels."""

from __future__ import annotations

from engines import Run
from skia_needed import needs_skia

pytestmark = needs_skia

PROGRAM = """
import Taro from '@tarojs/taro'

export async function main() {
  const canvas = Taro.createOffscreenCanvas({ type: '2d', width: 4, height: 4 })
  const context = canvas.getContext('2d')
  context.fillStyle = 'red'
  context.setLineDash([4, 4])
  context.fillRect(0, 0, 2, 2)
  const saved = await Taro.canvasToTempFilePath({ canvas, destWidth: 4, destHeight: 4 })
  const image = canvas.createImage()
  await new Promise(resolve => { image.onload = resolve; image.src = saved.tempFilePath })
  context.drawImage(image, 2, 2)
  const { data } = context.getImageData(1, 1, 2, 2)
  return [context.fillStyle, image.width, data instanceof Uint8ClampedArray, [...data]]
}
"""


def test_pixels_are_numbers_in_an_array_of_their_own(ran: Run) -> None:
    red, nothing = [255, 0, 0, 255], [0, 0, 0, 0]
    assert ran(PROGRAM, name="main.js").value == ["#ff0000", 4, True, [*red, *nothing, *nothing, *red]]
