export default definePageConfig({ navigationBarTitleText: 'Teas', enablePullDownRefresh: true })
