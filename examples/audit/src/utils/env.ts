export const isWeapp = process.env.TARO_ENV === 'weapp'
