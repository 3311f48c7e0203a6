//: grade(95)
//: grade(75)
//: grade(10)
export const grade = (n: number) => (n > 90 ? 'A' : n > 60 ? 'B' : 'C')
