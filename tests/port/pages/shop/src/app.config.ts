export default defineAppConfig({
  pages: ['pages/home/index', 'pages/tea/index', 'pages/mine/index'],
  window: { navigationBarTitleText: 'Tea shop' },
})
