// What a person sees on the page, as far as cases ask for it; tests/h5 reads the same off the phone's screen.

const shown = element => element !== null && element.style.display !== 'none' && element.style.opacity !== '0'
const texts = (root, selector) => [...root.querySelectorAll(selector)].filter(shown).map(each => each.textContent)

const LOOK = {
  title: () => document.title,
  toast: () => overlay('.taro__toast', element => element.querySelector('div p:last-child').textContent),
  modal: () =>
    overlay('.taro__modal', element => ({
      title: element.querySelector('.taro-modal__title').textContent,
      content: element.querySelector('.taro-modal__text').textContent,
      buttons: texts(element, '.taro-model__btn'),
    })),
  'action sheet': () => overlay('.taro__actionSheet', element => texts(element, '.taro-actionsheet__cell')),
  'tab bar': () => [...document.querySelectorAll('taro-tabbar .weui-tabbar__item')].map(item => item.textContent.trim()),
  'scroll top': () => Math.round(scroller()?.scrollTop ?? 0),
}

export function seen(what) {
  return LOOK[what]()
}

function overlay(selector, told) {
  const element = document.querySelector(selector)
  return shown(element) ? told(element) : null
}

function scroller() {
  return [...document.querySelectorAll('.taro_page')].filter(page => !page.classList.contains('taro_page_shade')).pop()
}
