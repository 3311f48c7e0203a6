// Draws each drawing on a canvas of its own, and all of them on one sheet, whose data URL is then the page's text.
//
// GIVEN, set before this, is {drawings: [[name, text], …], font: url, size, columns}.

const made = (width, height, draw) => {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  draw(canvas.getContext('2d'))
  return canvas
}

const tile = made(16, 16, (pen) => {
  pen.fillStyle = '#f97316'
  pen.fillRect(0, 0, 16, 16)
  pen.fillStyle = '#1d4ed8'
  pen.fillRect(2, 2, 6, 6)
  pen.clearRect(10, 10, 4, 4)
})

const photo = made(60, 60, (pen) => {
  for (let down = 0; down < 6; down += 1) {
    for (let across = 0; across < 6; across += 1) {
      pen.fillStyle = `rgb(${across * 50}, ${down * 50}, ${(across + down) % 2 ? 200 : 60})`
      pen.fillRect(across * 10, down * 10, 10, 10)
    }
  }
})

const around = {
  pi: Math.PI,
  tile,
  photo,
  newPath: (path) => (path ? new Path2D(path) : new Path2D()),
  matrix: (a, b, c, d, e, f) => ({ a, b, c, d, e, f }),
  choose: (whether, one, other) => (whether ? one : other),
}

const draw = (text, size) =>
  made(size, size, (ctx) => {
    const names = { ...around, ctx, canvas: ctx.canvas }
    new Function(...Object.keys(names), `var g, p, q\n${text}`)(...Object.values(names))
  })

const record = async () => {
  const { drawings, font, size, columns } = GIVEN
  const face = new FontFace('Shapes', `url(${font})`)
  document.fonts.add(await face.load())
  const rows = Math.ceil(drawings.length / columns)
  const sheet = made(size * columns, size * rows, (pen) => {
    drawings.forEach(([name, text], at) => {
      try {
        const pixels = draw(text, size).getContext('2d').getImageData(0, 0, size, size)
        pen.putImageData(pixels, (at % columns) * size, Math.floor(at / columns) * size)
      } catch (error) {
        throw new Error(`${name}: ${error.message}`)
      }
    })
  })
  return sheet.toDataURL()
}

record().then(
  (url) => { document.body.textContent = `DRAWN ${url} END` },
  (error) => { document.body.textContent = `FAILED ${error.message} END` },
)
