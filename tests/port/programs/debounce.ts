//: run()
export function debounce(work: Function, delay = 2) {
  let timer: any = null
  return function (...args: any[]) {
    if (timer) clearTimeout(timer)
    timer = setTimeout(() => {
      timer = null
      work(...args)
    }, delay)
  }
}
export function run() {
  return new Promise((resolve) => {
    const later = debounce((text: string) => {
      console.log('worked', text)
      resolve(text)
    })
    later('a')
    later('b')
  })
}
