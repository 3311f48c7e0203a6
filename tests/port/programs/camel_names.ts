//: getUserInfo({"userId": 7, "nickName": "n"})
export function getUserInfo(userInfo: { userId: number; nickName: string }) {
  const userId = userInfo.userId
  const user_id = userId + 1
  const nickName = userInfo.nickName
  const getHTTPUrl = () => `${userId}/${user_id}/${nickName}`
  return { userId, nickName, url: getHTTPUrl() }
}
