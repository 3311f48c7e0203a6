//: mount({"items": []})
//: update({"items": ["a", "b"]})
//: pick()
//: update({"items": []})
import { Fragment, memo, useContext, createContext, useMemo, useState } from 'react'
import { Text, View } from '@tarojs/components'

const Theme = createContext('light')

function EarlyReturns({ items }: { items: string[] }) {
  const theme = useContext(Theme)
  const [picked, setPicked] = useState<string>()
  const longest = useMemo(() => items.reduce((a, b) => (b.length > a.length ? b : a), ''), [items])
  const pick = () => setPicked(items[items.length - 1])
  console.log('render', items.length, picked || 'none', theme)
  if (!items.length) return null
  const row = <Text>{longest}</Text>
  return (
    <Fragment>
      {row}
      {items.map(each => (each === picked ? <View key={each} onClick={pick}>{each}</View> : <View key={each} onTap={pick} />))}
    </Fragment>
  )
}

export default memo(EarlyReturns)
