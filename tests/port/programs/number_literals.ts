//: all()
export function all() {
  return [1_000, 0xff, 0b101, 0o17, 1e3, 1.5e-7, 0.1 + 0.2, 1e21, 123456789012345680000]
}
