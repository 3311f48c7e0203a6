//: size({"size": null})
//: size({})
//: size({"size": 0})
export function size(options: any) {
  const { size = 10 } = options
  return size
}
